"""By how much the executive moved the shares of Art. 11 for an employer, until which day."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    insert,
    select,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.people import PersonId
from recruitment.ethics.facts import Waiver

share_waivers = Table(
    "share_waivers",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=OPERATIONAL),
    Column("employer", PG_UUID, ForeignKey("employers.id"), nullable=False, info=OPERATIONAL),
    Column("points", Integer, nullable=False, info=OPERATIONAL),
    Column("ends_on", Date, nullable=False, info=OPERATIONAL),
    Column("act", Text, nullable=False, info=OPERATIONAL),
    Column("recorded_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("recorded_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
    CheckConstraint("points BETWEEN 1 AND 90", name="points"),
    Index("ix_share_waivers_employer", "employer"),
)


def add_waiver(
    session: Session,
    identity: UUID,
    employer: UUID,
    waiver: Waiver,
    act: str,
    by: PersonId,
    now: datetime,
    *,
    event: AuditEvent,
) -> None:
    """Write a waiver down with the act that gives it."""
    adding = insert(share_waivers).values(
        id=identity,
        employer=employer,
        points=waiver.points,
        ends_on=waiver.ends_on,
        act=act,
        recorded_by=by,
        recorded_at=now,
    )
    session.execute(adding)
    audit.append(session, event)


def find_of_act(session: Session, employer: UUID, act: str) -> Waiver | None:
    """The waiver that an act gives an employer, where it was written down before."""
    query = select(share_waivers).where(
        share_waivers.c.employer == employer, share_waivers.c.act == act
    )
    row = session.execute(query.order_by(share_waivers.c.recorded_at).limit(1)).one_or_none()
    return Waiver(row.points, row.ends_on) if row else None


def list_waivers(session: Session, some: Collection[UUID], today: date) -> dict[UUID, list[Waiver]]:
    """The waivers of these employers that count on a day, the one that ends first on top."""
    query = select(share_waivers).where(
        share_waivers.c.employer.in_(some), share_waivers.c.ends_on >= today
    )
    found: dict[UUID, list[Waiver]] = {}
    for row in session.execute(query.order_by(share_waivers.c.ends_on, share_waivers.c.id)):
        found.setdefault(row.employer, []).append(Waiver(row.points, row.ends_on))
    return found
