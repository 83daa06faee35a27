"""Farms of the employers that register: where people work, and how many can sleep there."""

from collections.abc import Collection
from dataclasses import dataclass
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
    Integer,
    Numeric,
    Table,
    Text,
    delete,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PERSONAL, PSEUDONYMOUS, PUBLIC
from app.storage.database import Base, Session
from app.storage.farm_columns import farm_values, read_farm
from permits.audit import AuditEvent
from recruitment.registrations import Farm
from recruitment.scam_checks import farm_key

farms = Table(
    "farms",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column(
        "registration",
        PG_UUID,
        ForeignKey("employer_registrations.id"),
        nullable=False,
        info=PSEUDONYMOUS,
    ),
    Column("name", Text, nullable=False, info=PERSONAL),
    # As `farm_key` writes it, for who looks up a farm's name that was told.
    Column("name_key", Text, nullable=False, server_default="", info=PERSONAL),
    Column("municipality", Text, nullable=False, info=PUBLIC),
    Column("housed", Integer, nullable=False, info=OPERATIONAL),
    Column("grower", Text, nullable=False, info=PERSONAL),
    Column("latitude", Numeric(8, 5), info=PERSONAL),
    Column("longitude", Numeric(8, 5), info=PERSONAL),
    Column("added_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
    # The last day on which it was the employer's; what happened there stays readable.
    Column("closed_on", Date, info=OPERATIONAL),
    CheckConstraint("housed BETWEEN 0 AND 2000", name="housed"),
    CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="point_together"),
    CheckConstraint(
        "latitude BETWEEN 12.9 AND 16.6 AND longitude BETWEEN -89.4 AND -83.0", name="point_inside"
    ),
    Index("ix_farms_registration", "registration", "added_at"),
    Index("ix_farms_name_key", "name_key"),
)


@dataclass(frozen=True)
class ClosedFarm:
    """A farm that was taken away, and its last day."""

    farm: Farm
    closed_on: date


def add_farm(
    session: Session, registration: UUID, farm: Farm, now: datetime, *, event: AuditEvent
) -> None:
    """Add a farm to a registration; one of this id that is there already stays as it is."""
    values = _values(farm) | {"id": farm.id, "registration": registration, "added_at": now}
    audit.add_once(session, farms, values, event=event)


def save_farm(session: Session, registration: UUID, farm: Farm, *, event: AuditEvent) -> None:
    """Change a farm of this registration; another's is not touched."""
    own = (farms.c.id == farm.id, farms.c.registration == registration)
    session.execute(update(farms).where(*own).values(**_values(farm)))
    audit.append(session, event)


def _values(farm: Farm) -> dict[str, Any]:
    return farm_values(farm) | {"name_key": farm_key(farm.name)}


def remove_farm(session: Session, registration: UUID, farm: UUID, *, event: AuditEvent) -> bool:
    """Take a farm away; False where it is not of this registration, or gone."""
    gone = delete(farms).where(farms.c.id == farm, farms.c.registration == registration)
    if session.execute(gone.returning(farms.c.id)).first() is None:
        return False
    audit.append(session, event)
    return True


def close_farm(
    session: Session, registration: UUID, farm: UUID, on: date, *, event: AuditEvent
) -> bool:
    """Take a verified employer's farm away; False, and nothing logged, where it is gone already."""
    own = (farms.c.id == farm, farms.c.registration == registration, farms.c.closed_on.is_(None))
    closing = update(farms).where(*own).values(closed_on=on).returning(farms.c.id)
    return session.execute(audit.telling(closing, event)).first() is not None


def list_closed(session: Session, registration: UUID) -> list[ClosedFarm]:
    """The farms of a registration that were taken away, the last one on top."""
    query = select(farms).where(
        farms.c.registration == registration, farms.c.closed_on.is_not(None)
    )
    rows = session.execute(query.order_by(farms.c.closed_on.desc(), farms.c.id))
    return [ClosedFarm(read_farm(row, row.id), row.closed_on) for row in rows]


def list_farms(session: Session, registration: UUID) -> list[Farm]:
    """The farms of a registration that stand, in the order of their coming."""
    query = select(farms).where(farms.c.registration == registration, farms.c.closed_on.is_(None))
    rows = session.execute(query.order_by(farms.c.added_at, farms.c.id))
    return [read_farm(row, row.id) for row in rows]


def list_of_many(session: Session, registrations: Collection[UUID]) -> dict[UUID, list[Farm]]:
    """The farms that stand of each of these registrations that has any, in one question."""
    query = select(farms).where(
        farms.c.registration.in_(registrations), farms.c.closed_on.is_(None)
    )
    found: dict[UUID, list[Farm]] = {}
    for row in session.execute(query.order_by(farms.c.added_at, farms.c.id)):
        found.setdefault(row.registration, []).append(read_farm(row, row.id))
    return found
