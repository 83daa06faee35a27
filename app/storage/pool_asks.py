"""Questions to workers of a pool, and who waits in it with a right and without an employer."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Row,
    Select,
    Table,
    Text,
    UniqueConstraint,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.applications import applications
from app.storage.authorisations import authorisations
from app.storage.columns import INSTANT, PERSONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from app.storage.employer_bars import is_barred
from app.storage.employer_changes import employer_changes
from app.storage.vacancies import vacancies
from permits.applications import ApplicationId
from permits.audit import AuditEvent
from permits.authorisations import OVER, AuthorisationId
from permits.errors import NotFound
from permits.people import PersonId
from recruitment.pool_asks import MOST_AT_ONCE, AskStatus, PoolAsk

_ASKS = 5_783_391
"""Our key among the advisory locks of the database."""

pool_asks = Table(
    "pool_asks",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("vacancy", PG_UUID, ForeignKey("vacancies.id"), nullable=False, info=PSEUDONYMOUS),
    Column("application", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("worker", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("status", Text, nullable=False, info=PERSONAL),
    Column("asked_at", INSTANT, nullable=False, info=PERSONAL),
    Column("until", Date, nullable=False, info=PERSONAL),
    Column("answered_at", INSTANT, info=PERSONAL),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    # Who said no, or nothing, is not asked again for the same work.
    UniqueConstraint("vacancy", "application"),
    CheckConstraint("status IN ('asked', 'accepted', 'declined', 'ended')", name="status"),
    CheckConstraint("(status = 'asked') = (answered_at IS NULL)", name="answered_together"),
    Index("ix_pool_asks_application", "application"),
)


@dataclass(frozen=True)
class Waiting:
    """Somebody in the pool, in the fair order; nothing of who they are."""

    application: ApplicationId
    worker: PersonId


@dataclass(frozen=True)
class NamedAsk:
    """A question with the name of its worker, for whoever may be told it."""

    ask: PoolAsk
    worker_name: str = field(repr=False)


def lock_asks(session: Session, department: str) -> None:
    """Let nobody else ask the people of this department until the transaction ends."""
    session.execute(select(func.pg_advisory_xact_lock(_ASKS, func.hashtext(department))))


def list_waiting(
    session: Session, vacancy: UUID, programme: str, department: str, days: tuple[date, date]
) -> list[Waiting]:
    """Who may be asked for this vacancy: a right that stands, no employer and no wish for one.

    Some of the right's days fall in `days` (both included). Whoever was asked for this work is
    not in it, nor whom enough employers wait for. Who has waited longest is first.
    """
    first, last = days
    right = authorisations.c
    query = (
        _waiting(programme, department, first, last)
        .where(
            ~exists().where(
                pool_asks.c.vacancy == vacancy, pool_asks.c.application == applications.c.id
            ),
            _waits_at(first) < MOST_AT_ONCE,
        )
        .order_by(right.granted_at, applications.c.id)
    )
    rows = session.execute(query)
    return [Waiting(ApplicationId(row.id), PersonId(row.worker)) for row in rows]


def _waiting(programme: str, department: str, first: date, last: date) -> Select[Any]:
    right = authorisations.c
    wished = exists().where(
        employer_changes.c.authorisation == right.id,
        employer_changes.c.outcome.in_(("asked", "granted")),
    )
    return (
        select(applications.c.id, applications.c.worker)
        .join(authorisations, right.application == applications.c.id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy)
        .where(
            applications.c.programme == programme,
            applications.c.erased_at.is_(None),
            vacancies.c.employer.is_(None),
            vacancies.c.department == department,
            right.status == "granted",
            right.valid_until >= first,
            right.valid_from <= last,
            ~wished,
        )
    )


def _waits_at(today: date) -> Any:  # noqa: ANN401  (a subquery)
    """How many employers wait for the answer of one of them."""
    return (
        select(func.count())
        .select_from(pool_asks)
        .where(
            pool_asks.c.application == applications.c.id,
            pool_asks.c.status == AskStatus.ASKED.value,
            pool_asks.c.until >= today,
        )
        .scalar_subquery()
    )


def add_asks(session: Session, asks: Sequence[PoolAsk], *, event: AuditEvent) -> None:
    """Keep the questions of one pressing."""
    session.execute(insert(pool_asks), [_values(one) for one in asks])
    audit.append(session, event)


def answer(
    session: Session, ask: PoolAsk, status: AskStatus, now: datetime, *, event: AuditEvent
) -> PoolAsk:
    """Write down what its worker said."""
    after = replace(ask, status=status, answered_at=now)
    values = {"status": status.value, "answered_at": now}
    session.execute(update(pool_asks).where(pool_asks.c.id == ask.id).values(values))
    audit.append(session, event)
    return after


def lock_ask(session: Session, ask: UUID) -> PoolAsk:
    """A question, its row held; NotFound("no-such-ask")."""
    query = select(pool_asks).where(pool_asks.c.id == ask).with_for_update()
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotFound("no-such-ask")
    return _ask(row)


def find_accepted(session: Session, application: UUID, vacancy: UUID) -> PoolAsk | None:
    """The yes of a worker to the questions of a vacancy, its row held; None without one."""
    asked = pool_asks.c
    query = select(pool_asks).where(
        asked.vacancy == vacancy,
        asked.application == application,
        asked.status == AskStatus.ACCEPTED.value,
    )
    row = session.execute(query.with_for_update()).one_or_none()
    return _ask(row) if row is not None else None


def end_ask(session: Session, ask: PoolAsk, *, event: AuditEvent) -> None:
    """The yes leads nowhere any more; when it was said stays."""
    ended = {"status": AskStatus.ENDED.value}
    session.execute(update(pool_asks).where(pool_asks.c.id == ask.id).values(ended))
    audit.append(session, event)


def list_hopeless(session: Session, day: date, limit: int) -> list[AuthorisationId]:
    """Rights whose wish for another employer waits and can never be granted any more.

    As `permits.employer_changes.is_hopeless` tells it.
    """
    right, wish = authorisations.c, employer_changes.c
    over = or_(
        right.status.in_(sorted(OVER)),
        right.valid_until < day,
        vacancies.c.ends_on < day,
        is_barred(vacancies.c.employer),
    )
    query = (
        select(right.id)
        .join(employer_changes, wish.authorisation == right.id)
        .join(vacancies, vacancies.c.id == wish.vacancy)
        .where(wish.outcome == "asked", over)
        .order_by(wish.asked_at, right.id)
        .limit(limit)
    )
    return [AuthorisationId(one) for one in session.scalars(query)]


def list_of_vacancy(session: Session, vacancy: UUID) -> list[NamedAsk]:
    """The questions of a vacancy, the oldest first."""
    query = (
        select(pool_asks, applications.c.worker_name)
        .join(applications, applications.c.id == pool_asks.c.application)
        .where(pool_asks.c.vacancy == vacancy)
        .order_by(pool_asks.c.asked_at, pool_asks.c.id)
    )
    return [NamedAsk(_ask(row), row.worker_name) for row in session.execute(query)]


def list_of_application(session: Session, application: UUID) -> list[PoolAsk]:
    """The questions to one worker, the oldest first."""
    query = select(pool_asks).where(pool_asks.c.application == application)
    rows = session.execute(query.order_by(pool_asks.c.asked_at, pool_asks.c.id))
    return [_ask(row) for row in rows]


def note_readings(session: Session, *, events: Sequence[AuditEvent]) -> None:
    """Remember whose names an employer read."""
    for event in events:
        audit.append(session, event)


def _values(ask: PoolAsk) -> dict[str, Any]:
    return {
        "id": ask.id,
        "vacancy": ask.vacancy,
        "application": ask.application,
        "worker": ask.worker,
        "status": ask.status.value,
        "asked_at": ask.asked_at,
        "until": ask.until,
        "answered_at": ask.answered_at,
    }


def _ask(row: Row[Any]) -> PoolAsk:
    return PoolAsk(
        row.id,
        row.vacancy,
        row.application,
        PersonId(row.worker),
        row.asked_at,
        row.until,
        AskStatus(row.status),
        row.answered_at,
    )
