"""Whether the employer accepts the worker: asked once for each application and vacancy."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    LargeBinary,
    Row,
    Table,
    Text,
    and_,
    exists,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.storage import audit
from app.storage.applications import applications
from app.storage.authorisations import authorisations
from app.storage.database import Base, Session
from app.storage.employer_changes import employer_changes
from permits.applications import ApplicationId, Status
from permits.audit import AuditEvent
from permits.errors import NotFound

acceptances = Table(
    "acceptances",
    Base.metadata,
    Column("application", PG_UUID, ForeignKey("applications.id"), primary_key=True),
    Column("vacancy", PG_UUID, ForeignKey("vacancies.id"), primary_key=True),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("worker_name", Text, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("accepted", Boolean),
    Column("answered_at", DateTime(timezone=True)),
    CheckConstraint("(accepted IS NULL) = (answered_at IS NULL)", name="answered_together"),
)


@dataclass(frozen=True)
class Acceptance:
    """`accepted` is None until the employer answered; the link dies with the answer."""

    application: ApplicationId
    vacancy: UUID
    worker_name: str
    asked_at: datetime
    expires_at: datetime
    accepted: bool | None


def ask(
    session: Session,
    acceptance: Acceptance,
    token_hash: bytes,
    *,
    anew: bool = False,
    event: AuditEvent,
) -> bool:
    """Record the question; False where it was asked before and the link still lives.

    An answer stands for the whole application; `anew`: a yes of before counts no more. A question
    that nobody answered in time is asked again by a new link, which takes the place of the dead
    one.
    """
    asking = pg_insert(acceptances).values(
        application=acceptance.application,
        vacancy=acceptance.vacancy,
        token_hash=token_hash,
        worker_name=acceptance.worker_name,
        asked_at=acceptance.asked_at,
        expires_at=acceptance.expires_at,
        accepted=acceptance.accepted,
        answered_at=None if acceptance.accepted is None else acceptance.asked_at,
    )
    again = ("token_hash", "worker_name", "asked_at", "expires_at", "accepted", "answered_at")
    dead = acceptances.c.accepted.is_(None) & (acceptances.c.expires_at <= acceptance.asked_at)
    before = acceptances.c.accepted.is_(True)
    row = session.execute(
        asking.on_conflict_do_update(
            index_elements=["application", "vacancy"],
            set_={name: asking.excluded[name] for name in again},
            where=or_(dead, before) if anew else dead,
        ).returning(acceptances.c.application)
    ).one_or_none()
    if row is not None:
        audit.append(session, event)
    return row is not None


def lock_by_token(session: Session, token_hash: bytes) -> Acceptance:
    """The question of a link, held until the transaction ends; NotFound for a wrong link."""
    row = session.execute(
        select(acceptances).where(acceptances.c.token_hash == token_hash).with_for_update()
    ).one_or_none()
    if row is None:
        raise NotFound("no-such-question")
    return _acceptance(row)


def list_waiting(session: Session, before: datetime, limit: int) -> list[Acceptance]:
    """Questions without an answer that were asked before an instant, the oldest first.

    Of cases under review for the vacancy that they name, and of changes to it that wait.
    """
    here = applications.c.id == acceptances.c.application
    reviewed = and_(
        applications.c.status.in_([Status.UNDER_REVIEW.value, Status.ASKED.value]),
        applications.c.vacancy == acceptances.c.vacancy,
    )
    wished = exists().where(
        authorisations.c.application == applications.c.id,
        employer_changes.c.authorisation == authorisations.c.id,
        employer_changes.c.vacancy == acceptances.c.vacancy,
        employer_changes.c.outcome == "asked",
    )
    query = (
        select(acceptances)
        .join(applications, here)
        .where(acceptances.c.accepted.is_(None), acceptances.c.asked_at < before)
        .where(or_(reviewed, wished))
        .order_by(acceptances.c.asked_at, acceptances.c.application)
        .limit(limit)
    )
    return [_acceptance(row) for row in session.execute(query)]


def renew(
    session: Session,
    acceptance: Acceptance,
    token_hash: bytes,
    now: datetime,
    until: datetime,
    *,
    event: AuditEvent,
) -> None:
    """Another link for a question without an answer; the one of before is dead."""
    session.execute(
        update(acceptances)
        .where(
            acceptances.c.application == acceptance.application,
            acceptances.c.vacancy == acceptance.vacancy,
            acceptances.c.accepted.is_(None),
        )
        .values(token_hash=token_hash, asked_at=now, expires_at=until)
    )
    audit.append(session, event)


def find_acceptance(
    session: Session, application: ApplicationId, vacancy: UUID
) -> Acceptance | None:
    """What was asked and answered about this worker and vacancy."""
    row = session.execute(
        select(acceptances).where(
            acceptances.c.application == application, acceptances.c.vacancy == vacancy
        )
    ).one_or_none()
    return _acceptance(row) if row else None


def answer(
    session: Session, acceptance: Acceptance, accepted: bool, now: datetime, *, event: AuditEvent
) -> None:
    """Record the employer's answer, once."""
    session.execute(
        update(acceptances)
        .where(
            acceptances.c.application == acceptance.application,
            acceptances.c.vacancy == acceptance.vacancy,
            acceptances.c.accepted.is_(None),
        )
        .values(accepted=accepted, answered_at=now)
    )
    audit.append(session, event)


def _acceptance(row: Row[Any]) -> Acceptance:
    return Acceptance(
        ApplicationId(row.application),
        row.vacancy,
        row.worker_name,
        row.asked_at,
        row.expires_at,
        row.accepted,
    )
