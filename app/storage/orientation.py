"""Who has a seat in a session of orientation, who came, and how the tests went."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    Row,
    Select,
    Table,
    exists,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.applications import applications
from app.storage.columns import INSTANT, OPERATIONAL, PERSONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from app.storage.orientation_sessions import orientation_sessions, read_session
from app.storage.statements import put
from permits.applications import ApplicationId, Status
from permits.audit import AuditEvent
from permits.orientation import Attendance, OrientationSession, Seat, TestResult
from permits.people import PersonId

STANDING = text("ended_at IS NULL")

orientation_seats = Table(
    "orientation_seats",
    Base.metadata,
    Column("session", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("application", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("worker", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    # Those of the session, so that the constraint below knows the last seat.
    Column("seats", Integer, nullable=False, info=OPERATIONAL),
    Column("seat", Integer, nullable=False, info=OPERATIONAL),
    Column("invited", Boolean, nullable=False, info=PERSONAL),
    Column("taken_at", INSTANT, nullable=False, info=PERSONAL),
    Column("attended_at", INSTANT, info=PERSONAL),
    Column("attended_by", PG_UUID, info=PSEUDONYMOUS),
    Column("ended_at", INSTANT, info=PERSONAL),
    ForeignKeyConstraint(
        ["session", "seats"], ["orientation_sessions.id", "orientation_sessions.seats"]
    ),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    CheckConstraint("seat BETWEEN 1 AND seats", name="seat"),
    CheckConstraint("(attended_at IS NULL) = (attended_by IS NULL)", name="attended_together"),
    # Nobody testifies for themselves that they came.
    CheckConstraint("attended_by <> worker", name="attended_by_another"),
    CheckConstraint("attended_at IS NULL OR ended_at IS NULL", name="came_or_gave_back"),
    Index("uq_orientation_seats_seat", "session", "seat", unique=True, postgresql_where=STANDING),
    Index(
        "uq_orientation_seats_application",
        "application",
        unique=True,
        postgresql_where=text("ended_at IS NULL AND attended_at IS NULL"),
    ),
    Index("ix_orientation_seats_application", "application"),
)

orientation_tests = Table(
    "orientation_tests",
    Base.metadata,
    Column("application", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("worker", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("taken_at", INSTANT, primary_key=True, info=PERSONAL),
    Column("correct", Integer, nullable=False, info=PERSONAL),
    Column("of", Integer, nullable=False, info=PERSONAL),
    Column("passed", Boolean, nullable=False, info=PERSONAL),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    CheckConstraint('correct BETWEEN 0 AND "of"', name="correct"),
)


@dataclass(frozen=True)
class Seated:
    """A seat with the name and the number of its person."""

    seat: Seat
    name: str = field(repr=False)
    number: str | None = field(repr=False)


def list_sessions(
    session: Session, first: date, limit: int
) -> list[tuple[OrientationSession, int]]:
    """Sessions from a day on that were not called off, each with its free seats; the next first."""
    own, held = orientation_seats.c, orientation_sessions.c
    taken = (
        select(func.count()).where(own.session == held.id, own.ended_at.is_(None)).scalar_subquery()
    )
    query = (
        select(orientation_sessions, (held.seats - taken).label("free"))
        .where(held.day >= first, held.cancelled_at.is_(None))
        .order_by(held.day, held.begins, held.id)
        .limit(limit)
    )
    return [(read_session(row), row.free) for row in session.execute(query)]


def save_cancelled(
    session: Session, held: OrientationSession, now: datetime, *, event: AuditEvent
) -> None:
    """Call a session off; its seats end."""
    own = orientation_seats.c
    session.execute(
        update(orientation_sessions)
        .where(orientation_sessions.c.id == held.id)
        .values(cancelled_at=now)
    )
    session.execute(
        update(orientation_seats)
        .where(own.session == held.id, own.ended_at.is_(None), own.attended_at.is_(None))
        .values(ended_at=now)
    )
    audit.append(session, event)


def add_seat(session: Session, seat: Seat, *, event: AuditEvent) -> None:
    """Give a seat, also one that the same person gave back before."""
    values = {
        "seat": seat.seat,
        "invited": seat.invited,
        "taken_at": seat.taken_at,
        "ended_at": None,
    }
    key = {"session": seat.session.id, "application": seat.application}
    first = {"worker": seat.worker, "seats": seat.session.seats}
    put(session, orientation_seats, key, values, first)
    audit.append(session, event)


def save_ended(session: Session, seat: Seat, now: datetime, *, event: AuditEvent) -> None:
    """End a seat; it is free from now on."""
    _write(session, seat, event, ended_at=now)


def save_attended(
    session: Session, seat: Seat, official: PersonId, now: datetime, *, event: AuditEvent
) -> None:
    """Write down that somebody came."""
    _write(session, seat, event, attended_at=now, attended_by=official)


def list_taken(session: Session, held: UUID) -> list[int]:
    """The seats of a session that are taken."""
    own = orientation_seats.c
    query = select(own.seat).where(own.session == held, own.ended_at.is_(None)).order_by(own.seat)
    return list(session.scalars(query))


def list_seated(session: Session, held: UUID) -> list[Seated]:
    """Who has a seat in a session, by seat."""
    own, files = orientation_seats.c, applications.c
    rows = session.execute(
        _seats()
        .add_columns(files.worker_name, files.worker_number)
        .join(applications, files.id == own.application)
        .where(own.session == held)
        .order_by(own.seat)
    )
    return [Seated(_seat(row), row.worker_name, row.worker_number) for row in rows]


def find_waiting_seat(session: Session, application: UUID) -> Seat | None:
    """The one seat of an application that is still to be used, past or to come."""
    own = orientation_seats.c
    query = _seats().where(own.application == application, own.attended_at.is_(None))
    row = session.execute(query).one_or_none()
    return None if row is None else _seat(row)


def read_attendance(session: Session, application: UUID) -> Attendance:
    """Where a person came last, and their best last test: a pass stands whatever came after."""
    own, tests = orientation_seats.c, orientation_tests.c
    came = session.execute(
        _seats()
        .where(own.application == application, own.attended_at.is_not(None))
        .order_by(own.attended_at.desc())
        .limit(1)
    ).one_or_none()
    row = session.execute(
        select(orientation_tests)
        .where(tests.application == application)
        .order_by(tests.passed.desc(), tests.taken_at.desc())
        .limit(1)
    ).one_or_none()
    result = TestResult(row.correct, row.of, row.passed, row.taken_at) if row else None
    return Attendance(_seat(came) if came else None, result)


def add_test(
    session: Session,
    application: UUID,
    worker: PersonId,
    result: TestResult,
    *,
    event: AuditEvent,
) -> None:
    """Keep how a test went, the last one of an instant; what was answered is not kept."""
    said = {"correct": result.right, "of": result.of, "passed": result.passed}
    key = {"application": application, "taken_at": result.taken_at}
    put(session, orientation_tests, key, said, {"worker": worker})
    audit.append(session, event)


def lock_uninvited(
    session: Session, programmes: Sequence[str], since: date, limit: int
) -> list[tuple[ApplicationId, PersonId]]:
    """Approved people of these programmes who came to no session and have no seat, oldest first.

    Who had one in a session before `since` and did not come has none. Their files are held; one
    that is held elsewhere, because its worker takes a seat just now, is left out.
    """
    files, own, held = applications.c, orientation_seats.c, orientation_sessions.c
    seated = exists().where(
        own.application == files.id,
        own.ended_at.is_(None),
        held.id == own.session,
        or_(own.attended_at.is_not(None), held.day >= since),
    )
    rows = session.execute(
        select(files.id, files.worker)
        .where(
            files.status == Status.APPROVED.value,
            files.programme.in_(programmes),
            files.erased_at.is_(None),
            ~seated,
        )
        .order_by(files.submitted_at, files.id)
        .limit(limit)
        .with_for_update(of=applications, skip_locked=True)
    )
    return [(ApplicationId(row.id), PersonId(row.worker)) for row in rows]


def find_by_number(session: Session, number: str) -> tuple[ApplicationId, PersonId] | None:
    """The newest application of a worker number that is on its way or approved."""
    files = applications.c
    statuses = (Status.UNDER_REVIEW, Status.ASKED, Status.RETURNED, Status.APPROVED)
    row = session.execute(
        select(files.id, files.worker)
        .where(files.worker_number == number, files.status.in_([one.value for one in statuses]))
        .order_by(files.submitted_at.desc(), files.id)
        .limit(1)
    ).one_or_none()
    return (ApplicationId(row.id), PersonId(row.worker)) if row else None


def _write(session: Session, seat: Seat, event: AuditEvent, **values: object) -> None:
    own = orientation_seats.c
    here = (own.session == seat.session.id, own.application == seat.application)
    session.execute(update(orientation_seats).where(*here).values(values))
    audit.append(session, event)


def _seats() -> Select[Any]:
    """Seats that stand, each with its session."""
    own, held = orientation_seats.c, orientation_sessions.c
    told = (own.application, own.worker, own.seat, own.invited, own.taken_at, own.attended_at)
    return (
        select(*told, orientation_sessions)
        .select_from(orientation_seats)
        .join(orientation_sessions, held.id == own.session)
        .where(own.ended_at.is_(None))
    )


def _seat(row: Row[Any]) -> Seat:
    told = (row.seat, row.invited, row.taken_at, row.attended_at)
    return Seat(read_session(row), row.application, PersonId(row.worker), *told)
