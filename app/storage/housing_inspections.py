"""Looks at the housing of farms, and what failed there until somebody saw it mended.

An inspection is never changed: another one follows. A shortcoming is closed once.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Row,
    Table,
    Text,
    and_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.orm import aliased

from app.storage import audit
from app.storage.columns import OPERATIONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from app.storage.vacancies import vacancies
from permits.audit import AuditEvent
from permits.people import PersonId
from recruitment.ethics.words import HousingItem
from recruitment.housing import HousingInspection, Nights, Shortcoming

housing_inspections = Table(
    "housing_inspections",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=OPERATIONAL),
    Column("farm", PG_UUID, ForeignKey("farms.id"), nullable=False, info=PSEUDONYMOUS),
    Column("inspected_on", Date, nullable=False, info=OPERATIONAL),
    Column("capacity", Integer, nullable=False, info=OPERATIONAL),
    Column("toilets", Integer, nullable=False, info=OPERATIONAL),
    Column("showers", Integer, nullable=False, info=OPERATIONAL),
    Column("mend_by", Date, info=OPERATIONAL),
    Column("inspector", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("recorded_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
    CheckConstraint("capacity BETWEEN 0 AND 2000", name="capacity"),
    CheckConstraint("toilets BETWEEN 0 AND 2000 AND showers BETWEEN 0 AND 2000", name="washing"),
    CheckConstraint("mend_by >= inspected_on", name="mend_by"),
    Index("ix_housing_inspections_farm", "farm", "inspected_on"),
)

housing_shortcomings = Table(
    "housing_shortcomings",
    Base.metadata,
    Column(
        "inspection",
        PG_UUID,
        ForeignKey("housing_inspections.id"),
        nullable=False,
        info=OPERATIONAL,
    ),
    Column("item", Text, nullable=False, info=OPERATIONAL),
    Column("mended_on", Date, info=OPERATIONAL),
    Column("evidence", Text, info=OPERATIONAL),
    Column("mended_by", PG_UUID, info=PSEUDONYMOUS),
    PrimaryKeyConstraint("inspection", "item"),
    CheckConstraint(
        "item IN ('separate-sleeping', 'potable-water', 'lockable-storage', 'cooking',"
        " 'no-outside-lock')",
        name="item",
    ),
    CheckConstraint(
        "(mended_on IS NULL) = (evidence IS NULL) AND (mended_on IS NULL) = (mended_by IS NULL)",
        name="mended_together",
    ),
    CheckConstraint("length(evidence) BETWEEN 1 AND 200", name="evidence"),
)


def add_inspection(
    session: Session, inspection: HousingInspection, now: datetime, *, event: AuditEvent
) -> bool:
    """Write an inspection down with what failed; False where one of this id is there already."""
    if not audit.add_once(
        session,
        housing_inspections,
        {
            "id": inspection.id,
            "farm": inspection.farm,
            "inspected_on": inspection.on,
            "capacity": inspection.capacity,
            "toilets": inspection.toilets,
            "showers": inspection.showers,
            "mend_by": inspection.mend_by,
            "inspector": inspection.inspector,
            "recorded_at": now,
        },
        event=event,
    ):
        return False
    failed = [
        {"inspection": inspection.id, "item": one.item.value} for one in inspection.shortcomings
    ]
    if failed:
        session.execute(insert(housing_shortcomings), failed)
    return True


def close_shortcoming(
    session: Session, inspection: UUID, mended: Shortcoming, by: PersonId, *, event: AuditEvent
) -> bool:
    """Write down that somebody saw it mended; False, and nothing logged, where it was closed."""
    table = housing_shortcomings
    closing = (
        update(table)
        .where(
            table.c.inspection == inspection,
            table.c.item == mended.item.value,
            table.c.mended_on.is_(None),
        )
        .values(mended_on=mended.mended_on, evidence=mended.evidence, mended_by=by)
        .returning(table.c.item)
    )
    return session.execute(audit.telling(closing, event)).first() is not None


def find_inspection(session: Session, inspection: UUID) -> HousingInspection | None:
    """An inspection; None for an unknown id."""
    query = select(housing_inspections).where(housing_inspections.c.id == inspection)
    row = session.execute(query).one_or_none()
    return _read(session, [row])[0] if row else None


def list_of_farm(session: Session, farm: UUID, limit: int = 20) -> list[HousingInspection]:
    """The looks at a farm, the last on top."""
    table = housing_inspections.c
    query = select(housing_inspections).where(table.farm == farm)
    newest = query.order_by(table.inspected_on.desc(), table.recorded_at.desc(), table.id)
    return _read(session, session.execute(newest.limit(limit)).all())


def list_last(session: Session, some: Collection[UUID]) -> dict[UUID, HousingInspection]:
    """The last look at each of these farms that had one."""
    if not some:
        return {}
    table = housing_inspections.c
    query = (
        select(housing_inspections)
        .where(table.farm.in_(some))
        .ext(distinct_on(table.farm))
        .order_by(table.farm, table.inspected_on.desc(), table.recorded_at.desc(), table.id)
    )
    return {one.farm: one for one in _read(session, session.execute(query).all())}


def list_beside(session: Session, some: Collection[UUID]) -> Mapping[UUID, Sequence[Nights]]:
    """When and how many workers of other vacancies sleep on the same employer's farms of one
    municipality, while the named one goes on.

    Of those that are published or full: a vacancy that is closed keeps nobody's bed.
    """
    other = aliased(vacancies)
    own = vacancies.c
    beside = and_(
        other.c.employer == own.employer,
        other.c.municipality == own.municipality,
        other.c.id != own.id,
        other.c.housing,
        other.c.status.in_(("open", "filled")),
        other.c.starts_on <= own.ends_on,
        other.c.ends_on >= own.starts_on,
    )
    query = (
        select(own.id, other.c.starts_on, other.c.ends_on, other.c.places)
        .select_from(vacancies.join(other, beside))
        .where(own.id.in_(some), own.housing)
    )
    found: dict[UUID, list[Nights]] = {}
    for row in session.execute(query):
        found.setdefault(row.id, []).append(Nights(row.starts_on, row.ends_on, row.places))
    return found


def _read(session: Session, rows: Sequence[Row[Any]]) -> list[HousingInspection]:
    table = housing_shortcomings.c
    query = select(housing_shortcomings).where(table.inspection.in_([row.id for row in rows]))
    failed: dict[UUID, list[Shortcoming]] = {}
    for one in session.execute(query.order_by(table.inspection, table.item)) if rows else ():
        found = Shortcoming(HousingItem(one.item), one.mended_on, one.evidence or "")
        failed.setdefault(one.inspection, []).append(found)
    return [
        HousingInspection(
            row.id,
            row.farm,
            row.inspected_on,
            row.capacity,
            row.toilets,
            row.showers,
            tuple(failed.get(row.id, ())),
            row.mend_by,
            PersonId(row.inspector),
        )
        for row in rows
    ]
