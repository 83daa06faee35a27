"""What farms arranged for children who come along, and what SENAF was told of their families.

Of a child nothing stands here: the family's own list has it, as the worker told it.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Row,
    Select,
    Table,
    Text,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PERSONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from app.storage.farms import farms
from app.storage.registrations import employer_registrations
from permits.audit import AuditEvent
from permits.people import PersonId
from recruitment.child_care import Arrangement, CareKind, Handover

care_arrangements = Table(
    "care_arrangements",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=OPERATIONAL),
    Column("farm", PG_UUID, ForeignKey("farms.id"), nullable=False, info=PSEUDONYMOUS),
    Column("kind", Text, nullable=False, info=OPERATIONAL),
    Column("places", Integer, nullable=False, info=OPERATIONAL),
    Column("held_at", Text, nullable=False, info=OPERATIONAL),
    Column("starts_on", Date, nullable=False, info=OPERATIONAL),
    Column("ends_on", Date, nullable=False, info=OPERATIONAL),
    Column("told_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("told_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
    Column("ended_on", Date, info=OPERATIONAL),
    CheckConstraint("kind IN ('child-care', 'school')", name="kind"),
    CheckConstraint("places BETWEEN 1 AND 500", name="places"),
    CheckConstraint("starts_on <= ends_on", name="days"),
    Index("ix_care_arrangements_farm", "farm"),
)

senaf_handovers = Table(
    "senaf_handovers",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("application", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("worker", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("children", Integer, nullable=False, info=PERSONAL),
    Column("made_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("made_at", DateTime(timezone=True), nullable=False, info=PERSONAL),
    # Who took it at SENAF, by name: the receipt of the paper.
    Column("received_by", Text, info=PERSONAL),
    Column("received_on", Date, info=PERSONAL),
    Column("noted_by", PG_UUID, info=PSEUDONYMOUS),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    CheckConstraint("children > 0", name="children"),
    CheckConstraint(
        "(received_by IS NULL) = (received_on IS NULL)"
        " AND (received_by IS NULL) = (noted_by IS NULL)",
        name="received_together",
    ),
    # One that nobody received is printed again, and is no other.
    Index(
        "uq_senaf_handovers_waiting",
        "application",
        unique=True,
        postgresql_where=text("received_on IS NULL"),
    ),
)


def add_arrangement(
    session: Session, told: Arrangement, by: PersonId, now: datetime, *, event: AuditEvent
) -> bool:
    """Write down what was arranged; False, and nothing logged, where one of this id stands."""
    return audit.add_once(
        session,
        care_arrangements,
        {
            "id": told.id,
            "farm": told.farm,
            "kind": told.kind.value,
            "places": told.places,
            "held_at": told.where,
            "starts_on": told.starts_on,
            "ends_on": told.ends_on,
            "told_by": by,
            "told_at": now,
        },
        event=event,
    )


def find_arrangement(session: Session, arrangement: UUID) -> Arrangement | None:
    """One of them."""
    row = session.execute(
        _arrangements().where(care_arrangements.c.id == arrangement)
    ).one_or_none()
    return _arrangement(row) if row is not None else None


def end_arrangement(
    session: Session, farm: UUID, arrangement: UUID, on: date, *, event: AuditEvent
) -> bool:
    """It counts no more from this day; False, and nothing logged, where it is over or another's."""
    table = care_arrangements.c
    ending = (
        update(care_arrangements)
        .where(table.id == arrangement, table.farm == farm, table.ended_on.is_(None))
        .values(ended_on=on)
        .returning(table.id)
    )
    return session.execute(audit.telling(ending, event)).first() is not None


def list_of_farm(session: Session, farm: UUID, since: date, limit: int = 50) -> list[Arrangement]:
    """What a farm arranged that ends after a day, the last told on top."""
    query = _arrangements().where(
        care_arrangements.c.farm == farm, care_arrangements.c.ends_on >= since
    )
    newest = query.order_by(care_arrangements.c.told_at.desc(), care_arrangements.c.id)
    return [_arrangement(row) for row in session.execute(newest.limit(limit))]


def list_of_employers(
    session: Session, some: Collection[UUID], since: date
) -> dict[UUID, list[Arrangement]]:
    """What is arranged on the farms of each of these employers and ends after a day."""
    found: dict[UUID, list[Arrangement]] = {}
    query = _arrangements().where(
        employer_registrations.c.employer.in_(some), care_arrangements.c.ends_on >= since
    )
    for row in session.execute(query.order_by(care_arrangements.c.told_at, care_arrangements.c.id)):
        found.setdefault(row.employer, []).append(_arrangement(row))
    return found


def add_handover(
    session: Session, handover: Handover, worker: PersonId, *, event: AuditEvent
) -> bool:
    """Remember that SENAF is told; False, and nothing logged, where one waits to be received."""
    return audit.add_once(
        session,
        senaf_handovers,
        {
            "id": handover.id,
            "application": handover.application,
            "worker": worker,
            "children": handover.children,
            "made_by": handover.made_by,
            "made_at": handover.made_at,
        },
        event=event,
    )


def note_received(
    session: Session, handover: UUID, by: str, on: date, noted_by: PersonId, *, event: AuditEvent
) -> bool:
    """Who took it at SENAF, and when; False, and nothing logged, where that stands already."""
    table = senaf_handovers.c
    noting = (
        update(senaf_handovers)
        .where(table.id == handover, table.received_on.is_(None))
        .values(received_by=by, received_on=on, noted_by=noted_by)
        .returning(table.id)
    )
    return session.execute(audit.telling(noting, event)).first() is not None


def list_handovers(session: Session, application: UUID) -> list[Handover]:
    """What SENAF was told of a family, the last on top."""
    table = senaf_handovers.c
    query = select(senaf_handovers).where(table.application == application)
    rows = session.execute(query.order_by(table.made_at.desc(), table.id))
    return [
        Handover(
            row.id,
            row.application,
            row.children,
            PersonId(row.made_by),
            row.made_at,
            row.received_by or "",
            row.received_on,
        )
        for row in rows
    ]


def _arrangements() -> Select[Any]:
    return (
        select(care_arrangements, farms.c.municipality, employer_registrations.c.employer)
        .join(farms, farms.c.id == care_arrangements.c.farm)
        .join(employer_registrations, employer_registrations.c.id == farms.c.registration)
    )


def _arrangement(row: Row[Any]) -> Arrangement:
    return Arrangement(
        row.id,
        row.farm,
        CareKind(row.kind),
        row.places,
        row.held_at,
        row.starts_on,
        row.ends_on,
        row.ended_on,
        row.municipality,
    )
