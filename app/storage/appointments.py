"""Who has a place on a day on which people are received.

A place is a row with a seat between 1 and the day's places; two people with one seat the index
refuses, a seat beyond the last the constraint, a second place of one person another index.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    Row,
    Select,
    Table,
    Text,
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.applications import applications
from app.storage.columns import INSTANT, OPERATIONAL, PERSONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from app.storage.reception_days import read_day, reception_days
from app.storage.searched import Search, of_cases
from permits.applications import ApplicationId, Status
from permits.appointments import Appointment, Ending, ReceptionDay
from permits.audit import AuditEvent
from permits.deadlines import LEGAL_ZONE
from permits.people import PersonId

STANDING = text("ended_at IS NULL")

appointments = Table(
    "appointments",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("reception_day", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    # Those of the day, so that the constraint below knows the last seat.
    Column("places", Integer, nullable=False, info=OPERATIONAL),
    Column("starts_at", INSTANT, nullable=False, info=PERSONAL),
    Column("seat", Integer, nullable=False, info=OPERATIONAL),
    Column("application", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("worker", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("taken_at", INSTANT, nullable=False, info=PERSONAL),
    Column("reminded_at", INSTANT, info=OPERATIONAL),
    Column("ended_at", INSTANT, info=PERSONAL),
    Column("ending", Text, info=PERSONAL),
    ForeignKeyConstraint(
        ["reception_day", "places"], ["reception_days.id", "reception_days.places"]
    ),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    CheckConstraint("seat BETWEEN 1 AND places", name="seat"),
    CheckConstraint("(ended_at IS NULL) = (ending IS NULL)", name="ended_together"),
    CheckConstraint("ending IN ('given-back', 'changed', 'cancelled', 'past')", name="ending"),
    Index(
        "uq_appointments_seat",
        *("reception_day", "starts_at", "seat"),
        unique=True,
        postgresql_where=STANDING,
    ),
    Index("uq_appointments_worker", "worker", unique=True, postgresql_where=STANDING),
    Index("ix_appointments_application", "application"),
    Index("ix_appointments_starts_at", "starts_at", postgresql_where=STANDING),
)


@dataclass(frozen=True)
class Expected:
    """Who comes to a half hour; `receipt` is None before the application is handed in."""

    slot: time
    seat: int
    application: ApplicationId
    name: str = field(repr=False)
    receipt: str | None
    programme: str


def count_taken(session: Session, days: Sequence[UUID]) -> Mapping[UUID, Mapping[time, int]]:
    """How many places are taken, by day and by the beginning of the half hour."""
    own = appointments.c
    rows = session.execute(
        select(own.reception_day, own.starts_at, func.count().label("taken"))
        .where(own.reception_day.in_(days), own.ended_at.is_(None))
        .group_by(own.reception_day, own.starts_at)
    )
    counted: dict[UUID, dict[time, int]] = {}
    for row in rows:
        counted.setdefault(row.reception_day, {})[_slot(row.starts_at)] = row.taken
    return counted


def list_seats(session: Session, day: ReceptionDay, slot: time) -> list[int]:
    """The seats of a half hour that are taken."""
    own = appointments.c
    standing = (own.reception_day == day.id, own.starts_at == day.starts(slot))
    return list(session.scalars(select(own.seat).where(*standing, own.ended_at.is_(None))))


def add_appointment(session: Session, taken: Appointment, *, event: AuditEvent) -> bool:
    """Give a place; False, and nothing logged, where another stands with that seat or worker."""
    return audit.add_once(
        session,
        appointments,
        {
            "id": taken.id,
            "reception_day": taken.day.id,
            "places": taken.day.places,
            "starts_at": taken.starts_at,
            "seat": taken.seat,
            "application": taken.application,
            "worker": taken.worker,
            "taken_at": taken.taken_at,
        },
        event=event,
    )


def find_standing(session: Session, worker: PersonId, *, hold: bool = False) -> Appointment | None:
    """The one place of a worker, past or to come; with `hold` its row until the end."""
    query = _standing().where(appointments.c.worker == worker)
    row = session.execute(query.with_for_update(of=appointments) if hold else query).one_or_none()
    return None if row is None else _appointment(row)


def list_of_day(session: Session, day: UUID) -> list[Appointment]:
    """The places of a day that stand, held until the end, in their order."""
    rows = session.execute(
        _standing()
        .where(appointments.c.reception_day == day)
        .order_by(appointments.c.starts_at, appointments.c.seat)
        .with_for_update(of=appointments)
    )
    return [_appointment(row) for row in rows]


def list_expected(session: Session, day: UUID) -> list[Expected]:
    """Who comes on a day, by the hour."""
    rows = session.execute(_expected().where(appointments.c.reception_day == day))
    return [_read_expected(row) for row in rows]


def find_expected(
    session: Session, days: Collection[UUID], search: Search, limit: int
) -> list[tuple[UUID, Expected]]:
    """Who comes on one of these days and is searched; with the day, the next first."""
    found = _expected().where(
        appointments.c.reception_day.in_(days), *of_cases(applications.c, search)
    )
    rows = session.execute(found.limit(limit))
    return [(row.reception_day, _read_expected(row)) for row in rows]


def _expected() -> Select[Any]:
    own, files = appointments.c, applications.c
    told = (files.id, files.worker_name, files.receipt, files.programme)
    return (
        select(own.reception_day, own.starts_at, own.seat, *told)
        .join(applications, files.id == own.application)
        .where(own.ended_at.is_(None))
        .order_by(own.starts_at, own.seat)
    )


def _read_expected(row: Row[Any]) -> Expected:
    return Expected(
        _slot(row.starts_at),
        row.seat,
        ApplicationId(row.id),
        row.worker_name,
        row.receipt,
        row.programme,
    )


def lock_unreminded(
    session: Session, first: datetime, end: datetime, taken_before: datetime, limit: int
) -> list[Appointment]:
    """Places between two instants of which nobody was reminded and that no process holds."""
    own = appointments.c
    rows = session.execute(
        _standing()
        .where(own.starts_at >= first, own.starts_at < end, own.reminded_at.is_(None))
        .where(own.taken_at < taken_before)
        .order_by(own.starts_at, own.id)
        .limit(limit)
        .with_for_update(of=appointments, skip_locked=True)
    )
    return [_appointment(row) for row in rows]


def lock_of_closed(
    session: Session, now: datetime, statuses: Collection[Status], limit: int
) -> list[Appointment]:
    """Places to come of applications with these statuses that no process holds."""
    own, files = appointments.c, applications.c
    closed = select(files.id).where(files.status.in_([one.value for one in sorted(statuses)]))
    rows = session.execute(
        _standing()
        .where(own.starts_at > now, own.application.in_(closed))
        .limit(limit)
        .with_for_update(of=appointments, skip_locked=True)
    )
    return [_appointment(row) for row in rows]


def save_reminded(
    session: Session, appointment: Appointment, now: datetime, *, event: AuditEvent
) -> None:
    """Remember that somebody was reminded."""
    _write(session, appointment, event, reminded_at=now)


def save_ended(
    session: Session, appointment: Appointment, ending: Ending, now: datetime, *, event: AuditEvent
) -> None:
    """End a place; its seat is free from now on."""
    _write(session, appointment, event, ended_at=now, ending=ending.value)


def _write(session: Session, appointment: Appointment, event: AuditEvent, **values: object) -> None:
    here = appointments.c.id == appointment.id
    session.execute(update(appointments).where(here).values(values))
    audit.append(session, event)


def _standing() -> Select[Any]:
    own, days = appointments.c, reception_days.c
    told = (own.id.label("appointment"), own.starts_at, own.seat, own.application, own.worker)
    return (
        select(*told, own.taken_at, reception_days)
        .join(reception_days, days.id == own.reception_day)
        .where(own.ended_at.is_(None))
    )


def _slot(instant: datetime) -> time:
    return instant.astimezone(LEGAL_ZONE).time()


def _appointment(row: Row[Any]) -> Appointment:
    return Appointment(
        row.appointment,
        read_day(row),
        _slot(row.starts_at),
        row.seat,
        ApplicationId(row.application),
        PersonId(row.worker),
        row.taken_at,
    )
