"""Which recruiters and sub-agents an employer has named, since when and until when."""

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
    Index,
    Row,
    Table,
    Text,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PERSONAL, PSEUDONYMOUS, PUBLIC
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from recruitment.recruiters import LicenceKey, Mandate
from recruitment.registries import Registry

mandates = Table(
    "mandates",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=OPERATIONAL),
    Column("employer", PG_UUID, ForeignKey("employers.id"), nullable=False, info=PUBLIC),
    Column("registry", Text, nullable=False, info=PUBLIC),
    Column("licence", Text, nullable=False, info=PERSONAL),
    Column("under", PG_UUID, ForeignKey("mandates.id"), info=OPERATIONAL),
    Column("starts_on", Date, nullable=False, info=OPERATIONAL),
    Column("ends_on", Date, nullable=False, info=OPERATIONAL),
    Column("given_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("given_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
    Column("ended_on", Date, info=OPERATIONAL),
    CheckConstraint("starts_on <= ends_on", name="days"),
    CheckConstraint("under <> id", name="under_another"),
    Index("ix_mandates_employer", "employer"),
    Index("ix_mandates_licence", "registry", "licence"),
    Index("ix_mandates_under", "under"),
)


def add_mandate(
    session: Session,
    employer: UUID,
    mandate: Mandate,
    given_by: UUID,
    now: datetime,
    *,
    event: AuditEvent,
) -> None:
    """Write down whom an employer named."""
    session.execute(
        insert(mandates),
        {
            "id": mandate.id,
            "employer": employer,
            "registry": mandate.licence.registry.value,
            "licence": mandate.licence.number,
            "under": mandate.under,
            "starts_on": mandate.starts_on,
            "ends_on": mandate.ends_on,
            "given_by": given_by,
            "given_at": now,
        },
    )
    audit.append(session, event)


def end_mandate(
    session: Session, employer: UUID, mandate: UUID, on: date, *, event: AuditEvent
) -> bool:
    """It counts no more from this day; False where it ended, or is another employer's."""
    ending = (
        update(mandates)
        .where(mandates.c.id == mandate, mandates.c.employer == employer)
        .where(mandates.c.ended_on.is_(None))
        .values(ended_on=on)
        .returning(mandates.c.id)
    )
    return session.execute(audit.telling(ending, event)).first() is not None


def list_of_employer(session: Session, employer: UUID) -> list[Mandate]:
    """Every mandate of an employer, those over too, in the order of their coming."""
    query = select(mandates).where(mandates.c.employer == employer)
    rows = session.execute(query.order_by(mandates.c.given_at, mandates.c.id).limit(500))
    return [_mandate(row) for row in rows]


def list_of_employers(session: Session, employers: Collection[UUID]) -> dict[UUID, list[Mandate]]:
    """Every mandate of each of these employers, those over too, in the order of their coming."""
    query = select(mandates).where(mandates.c.employer.in_(employers))
    found: dict[UUID, list[Mandate]] = {}
    for row in session.execute(query.order_by(mandates.c.given_at, mandates.c.id)):
        found.setdefault(row.employer, []).append(_mandate(row))
    return found


def list_employers(session: Session, licence: LicenceKey | None, on: date) -> list[UUID]:
    """Who has named this licence, or any, in a mandate that is not over on a day."""
    not_ended = mandates.c.ended_on.is_(None) | (mandates.c.ended_on > on)
    query = select(mandates.c.employer).where(mandates.c.ends_on >= on, not_ended).distinct()
    if licence is not None:
        query = query.where(
            mandates.c.registry == licence.registry.value, mandates.c.licence == licence.number
        )
    return list(session.execute(query.order_by(mandates.c.employer)).scalars())


def count_of_licence(session: Session, licence: LicenceKey, on: date) -> int:
    """How many employers' mandates name a licence and are in force on a day."""
    table = mandates.c
    query = select(func.count(func.distinct(table.employer))).where(
        table.registry == licence.registry.value,
        table.licence == licence.number,
        table.starts_on <= on,
        table.ends_on >= on,
        table.ended_on.is_(None) | (table.ended_on > on),
    )
    return session.execute(query).scalar_one()


def _mandate(row: Row[Any]) -> Mandate:
    return Mandate(
        row.id,
        LicenceKey(Registry(row.registry), row.licence),
        row.starts_on,
        row.ends_on,
        row.under,
        row.ended_on,
    )
