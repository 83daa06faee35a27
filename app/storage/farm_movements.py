"""Entries and exits of workers on farms; each is kept once, and says what was known then."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Row,
    Select,
    Subquery,
    Table,
    Text,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import distinct_on

from app.storage import audit
from app.storage.applications import applications
from app.storage.columns import INSTANT, OPERATIONAL, PERSONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from app.storage.farms import farms
from app.storage.registrations import employer_registrations
from app.storage.vacancies import employers
from permits.audit import AuditEvent
from permits.people import PersonId
from recruitment.farm_register import Belonging, Direction, How, Movement, Said

farm_movements = Table(
    "farm_movements",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("farm", PG_UUID, ForeignKey("farms.id"), nullable=False, info=PSEUDONYMOUS),
    Column("application", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("worker", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("direction", Text, nullable=False, info=PERSONAL),
    Column("how", Text, nullable=False, info=OPERATIONAL),
    Column("belonging", Text, nullable=False, info=PERSONAL),
    Column("happened_at", INSTANT, nullable=False, info=PERSONAL),
    Column("recorded_at", INSTANT, nullable=False, info=OPERATIONAL),
    # Who acted for the employer, or the link of a foreman: never a worker's name.
    Column("recorded_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("offline", Boolean, nullable=False, info=OPERATIONAL),
    Column("said", Text, info=PERSONAL),
    Column("said_at", INSTANT, info=PERSONAL),
    # What the phone's clock said, where it was wrong and the hour above is reckoned.
    Column("told_at", INSTANT, info=PERSONAL),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    CheckConstraint("direction IN ('entry', 'exit')", name="direction"),
    CheckConstraint("how IN ('permit', 'number', 'list')", name="how"),
    CheckConstraint(
        "belonging IN ('authorised', 'change-asked', 'other-farm', 'no-right')", name="belonging"
    ),
    CheckConstraint("said IN ('own-choice', 'was-sent', 'not-me')", name="said"),
    CheckConstraint(
        "(said IS NULL) = (said_at IS NULL) AND (said IS NULL OR belonging = 'other-farm')",
        name="said_of_another_farm",
    ),
    Index("ix_farm_movements_farm", "farm", "happened_at"),
    Index("ix_farm_movements_application", "application", "happened_at"),
)


@dataclass(frozen=True)
class NamedMovement:
    """A movement with the worker's name and whose farm it was."""

    movement: Movement
    worker_name: str
    employer: UUID | None
    farm_name: str
    employer_name: str


def add_movement(session: Session, movement: Movement, *, event: AuditEvent) -> bool:
    """Keep a movement; False, and nothing logged, where its id is known."""
    return audit.add_once(
        session,
        farm_movements,
        {
            "id": movement.id,
            "farm": movement.farm,
            "application": movement.application,
            "worker": movement.worker,
            "direction": movement.direction.value,
            "how": movement.how.value,
            "belonging": movement.belonging.value,
            "happened_at": movement.happened_at,
            "recorded_at": movement.recorded_at,
            "recorded_by": movement.recorded_by,
            "offline": movement.offline,
            "told_at": movement.told_at,
        },
        event=event,
    )


def save_said(
    session: Session, movement: UUID, said: Said, now: datetime, *, event: AuditEvent
) -> None:
    """Write what its worker says; the caller holds the row."""
    session.execute(
        update(farm_movements)
        .where(farm_movements.c.id == movement, farm_movements.c.said.is_(None))
        .values(said=said.value, said_at=now)
    )
    audit.append(session, event)


def find_movement(session: Session, movement: UUID, *, hold: bool = False) -> Movement | None:
    """One movement by id; with `hold` its row until the end."""
    query = select(farm_movements).where(farm_movements.c.id == movement)
    row = session.execute(query.with_for_update() if hold else query).one_or_none()
    return None if row is None else _movement(row)


def list_of_farm(
    session: Session, farm: UUID, since: datetime, limit: int = 500
) -> list[NamedMovement]:
    """The movements of a farm since an instant, the newest on top."""
    here = (farm_movements.c.farm == farm, farm_movements.c.happened_at >= since)
    return _named(session, _query().where(*here), limit)


def list_inside(
    session: Session, farm: UUID, since: datetime, limit: int = 2000
) -> list[NamedMovement]:
    """The entries after which no exit came, since an instant, the newest on top.

    However many passed since: who came in at the harvest's beginning is inside.
    """
    last = _last(farm_movements.c.farm == farm, farm_movements.c.happened_at >= since)
    inside = select(last.c.id).where(last.c.direction == "entry")
    return _named(session, _query().where(farm_movements.c.id.in_(inside)), limit)


def list_of_application(
    session: Session, application: UUID, limit: int = 200
) -> list[NamedMovement]:
    """A worker's own movements under one application, the newest on top."""
    return _named(session, _query().where(farm_movements.c.application == application), limit)


def list_strange(session: Session, since: datetime, limit: int = 200) -> list[NamedMovement]:
    """Entries on another farm than authorised, and without a right, everywhere, newest on top."""
    strange = (
        farm_movements.c.belonging.in_(["other-farm", "no-right"]),
        farm_movements.c.direction == "entry",
        farm_movements.c.happened_at >= since,
    )
    return _named(session, _query().where(*strange), limit)


def find_inside(session: Session, application: UUID) -> NamedMovement | None:
    """Where a worker is: the last movement under an application, if it was an entry."""
    last = _named(session, _query().where(farm_movements.c.application == application), 1)
    return last[0] if last and last[0].movement.direction is Direction.ENTRY else None


def count_inside(session: Session, some: Collection[UUID]) -> dict[UUID, int]:
    """How many are on each of these farms: their last movement there was an entry."""
    last = _last(farm_movements.c.farm.in_(some))
    counting = select(last.c.farm, func.count().label("inside")).where(last.c.direction == "entry")
    rows = session.execute(counting.group_by(last.c.farm).order_by(last.c.farm))
    return {row.farm: row.inside for row in rows}


def _last(*which: ColumnElement[bool]) -> Subquery:
    """Of each worker on each farm the last movement of these."""
    own = farm_movements.c
    return (
        select(own.id, own.farm, own.direction)
        .where(*which)
        .ext(distinct_on(own.farm, own.application))
        .order_by(
            *(own.farm, own.application),
            *(own.happened_at.desc(), own.recorded_at.desc(), own.id.desc()),
        )
        .subquery()
    )


def _query() -> Select[Any]:
    return (
        select(
            farm_movements,
            applications.c.worker_name,
            farms.c.name.label("farm_name"),
            employer_registrations.c.employer,
            employers.c.name.label("employer_name"),
        )
        .join(applications, applications.c.id == farm_movements.c.application)
        .join(farms, farms.c.id == farm_movements.c.farm)
        .join(employer_registrations, employer_registrations.c.id == farms.c.registration)
        .join(employers, employers.c.id == employer_registrations.c.employer)
    )


def _named(session: Session, query: Select[Any], limit: int) -> list[NamedMovement]:
    order = (farm_movements.c.happened_at.desc(), farm_movements.c.id.desc())
    return [
        NamedMovement(
            _movement(row), row.worker_name, row.employer, row.farm_name, row.employer_name
        )
        for row in session.execute(query.order_by(*order).limit(limit))
    ]


def _movement(row: Row[Any]) -> Movement:
    return Movement(
        row.id,
        row.farm,
        row.application,
        PersonId(row.worker),
        Direction(row.direction),
        How(row.how),
        Belonging(row.belonging),
        row.happened_at,
        row.recorded_at,
        row.recorded_by,
        row.offline,
        Said(row.said) if row.said else None,
        row.said_at,
        row.told_at,
    )
