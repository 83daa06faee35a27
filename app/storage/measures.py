"""What authorities have established against employers and recruiters; standing follows from it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Row,
    Table,
    Text,
    and_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PERSONAL, PSEUDONYMOUS, PUBLIC
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.people import PersonId
from recruitment.recruiters import LicenceKey
from recruitment.registries import Registry
from recruitment.standings import Measure, MeasureKind

measures = Table(
    "measures",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=OPERATIONAL),
    Column("employer", PG_UUID, ForeignKey("employers.id"), info=PUBLIC),
    Column("registry", Text, info=PUBLIC),
    Column("licence", Text, info=PERSONAL),
    Column("kind", Text, nullable=False, info=OPERATIONAL),
    Column("reference", Text, nullable=False, info=OPERATIONAL),
    Column("starts_on", Date, nullable=False, info=OPERATIONAL),
    Column("ends_on", Date, info=OPERATIONAL),
    Column("recorded_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("recorded_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
    Column("settled_on", Date, info=OPERATIONAL),
    Column("settled_by", PG_UUID, info=PSEUDONYMOUS),
    CheckConstraint(
        "kind IN ('fine', 'grave-complaint', 'serious-complaint', 'suspension', 'bar')", name="kind"
    ),
    CheckConstraint("(employer IS NULL) = (licence IS NOT NULL)", name="of_one"),
    CheckConstraint("(licence IS NULL) = (registry IS NULL)", name="licence_of_registry"),
    CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name="days"),
    CheckConstraint("(settled_on IS NULL) = (settled_by IS NULL)", name="settled_together"),
    Index("ix_measures_employer", "employer"),
    Index("ix_measures_licence", "registry", "licence"),
)


@dataclass(frozen=True)
class Against:
    """Against whom: an employer by id, or a recruiter by licence; one of the two."""

    employer: UUID | None = None
    licence: LicenceKey | None = None


def add_measure(
    session: Session,
    against: Against,
    measure: Measure,
    official: PersonId,
    now: datetime,
    *,
    event: AuditEvent,
) -> None:
    """Write a measure down, of one id once."""
    licence = against.licence

    audit.add_once(
        session,
        measures,
        {
            "id": measure.id,
            "employer": against.employer,
            "registry": licence.registry.value if licence else None,
            "licence": licence.number if licence else None,
            "kind": measure.kind.value,
            "reference": measure.reference,
            "starts_on": measure.starts_on,
            "ends_on": measure.ends_on,
            "recorded_by": official,
            "recorded_at": now,
        },
        event=event,
    )


def settle_measure(
    session: Session,
    against: Against,
    measure: UUID,
    official: PersonId,
    on: date,
    *,
    event: AuditEvent,
) -> bool:
    """Paid, remedied or lifted from this day; False where it was settled, or is another's."""
    settling = (
        update(measures)
        .where(measures.c.id == measure, measures.c.settled_on.is_(None), _of(against))
        .values(settled_on=on, settled_by=official)
        .returning(measures.c.id)
    )
    return session.execute(audit.telling(settling, event)).first() is not None


def list_measures(session: Session, against: Against) -> tuple[Measure, ...]:
    """Every measure against somebody, settled ones too, the newest first."""
    query = select(measures).where(_of(against))
    rows = session.execute(query.order_by(measures.c.starts_on.desc(), measures.c.id).limit(200))
    return tuple(_measure(row) for row in rows)


def list_of_licences(
    session: Session, licences: list[LicenceKey]
) -> dict[LicenceKey, list[Measure]]:
    """The measures against each of these recruiters, in one question."""
    found: dict[LicenceKey, list[Measure]] = {one: [] for one in licences}
    numbers = [one.number for one in licences]
    rows = session.execute(
        select(measures).where(measures.c.licence.in_(numbers)).order_by(measures.c.id)
    )
    for row in rows:
        key = LicenceKey(Registry(row.registry), row.licence)
        if key in found:
            found[key].append(_measure(row))
    return found


def list_of_employers(session: Session, employers: Collection[UUID]) -> dict[UUID, list[Measure]]:
    """The measures against each of these employers that has any, in one question."""
    found: dict[UUID, list[Measure]] = {}
    query = select(measures).where(measures.c.employer.in_(employers))
    for row in session.execute(query.order_by(measures.c.starts_on, measures.c.id)):
        found.setdefault(row.employer, []).append(_measure(row))
    return found


def _of(against: Against) -> ColumnElement[bool]:
    if against.licence is None:
        return measures.c.employer == against.employer
    key = against.licence
    return and_(measures.c.registry == key.registry.value, measures.c.licence == key.number)


def _measure(row: Row[Any]) -> Measure:
    return Measure(
        row.id,
        MeasureKind(row.kind),
        row.reference,
        row.starts_on,
        row.ends_on,
        row.settled_on,
    )
