"""Suspensions of rights: one runs at a time, for fifteen days at most; another person ends it."""

from functools import cache
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Row,
    Select,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage.authorisations import NOT_SUSPENDED, authorisations, save_right
from app.storage.database import Base, Session
from permits.applications import ApplicationId
from permits.audit import AuditEvent
from permits.authorisations import Authorisation, AuthorisationId, AuthorisationStatus
from permits.people import Agency, PersonId
from permits.retaliation import Origin
from permits.suspensions import Ended, Ending, Suspension, SuspensionId, SuspensionReason

suspensions = Table(
    "suspensions",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True),
    Column("authorisation", PG_UUID, nullable=False),
    Column("worker", PG_UUID, nullable=False),
    Column("agency", Text, nullable=False),
    Column("official", PG_UUID, nullable=False),
    Column("reason", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("since", Date, nullable=False),
    Column("until", Date, nullable=False),
    Column("suspended_at", DateTime(timezone=True), nullable=False),
    Column("ending", Text, nullable=False, server_default="open"),
    Column("ended_at", DateTime(timezone=True)),
    Column("ended_by", PG_UUID),
    # That of the right before, whose days reach into this right.
    Column("follows", PG_UUID, ForeignKey("suspensions.id")),
    ForeignKeyConstraint(
        ["authorisation", "worker"], ["authorisations.id", "authorisations.worker"]
    ),
    ForeignKeyConstraint(["official", "agency"], ["postings.person", "postings.agency"]),
    # Who gives the right back is of the agency that suspended it.
    ForeignKeyConstraint(["ended_by", "agency"], ["postings.person", "postings.agency"]),
    UniqueConstraint("id", "authorisation", "until", "ending"),
    CheckConstraint(
        "reason IN ('alert', 'identity-doubtful', 'document-doubtful', 'fraud-suspected')",
        name="reason",
    ),
    CheckConstraint("origin IN ('own', 'authority', 'employer')", name="origin"),
    CheckConstraint("until BETWEEN since AND since + 14", name="fifteen_days"),
    CheckConstraint("ending IN ('open', 'reinstated', 'time', 'revoked')", name="ending"),
    CheckConstraint(
        "(ending = 'open') = (ended_at IS NULL)"
        " AND (ending = 'reinstated') = (ended_by IS NOT NULL)",
        name="ended_together",
    ),
    CheckConstraint("ended_by <> official", name="by_another"),
    CheckConstraint("worker <> official AND worker <> ended_by", name="not_about_oneself"),
    Index(
        "uq_suspensions_open",
        "authorisation",
        unique=True,
        postgresql_where=text("ending = 'open'"),
    ),
    Index("ix_suspensions_authorisation", "authorisation"),
)


def start_suspension(
    session: Session, before: Authorisation, suspension: Suspension, *, event: AuditEvent
) -> Authorisation:
    """Record a suspension and suspend the right by it."""
    session.execute(
        insert(suspensions),
        {
            "id": suspension.id,
            "authorisation": suspension.authorisation,
            "worker": suspension.worker,
            "agency": suspension.agency.value,
            "official": suspension.official,
            "reason": suspension.reason.value,
            "origin": suspension.origin.value,
            "note": suspension.note,
            "since": suspension.since,
            "until": suspension.until,
            "suspended_at": suspension.suspended_at,
            "follows": suspension.follows,
        },
    )
    running = {
        "status": AuthorisationStatus.SUSPENDED.value,
        "suspension": suspension.id,
        "suspended_until": suspension.until,
        "suspension_ending": suspension.ending.value,
    }
    return save_right(session, before, running, event=event)


def end_suspension(
    session: Session,
    before: Authorisation,
    suspension: Suspension,
    ended: Ended,
    *,
    event: AuditEvent,
) -> Authorisation:
    """Give the right back and write down how its suspension ended."""
    granted = {"status": AuthorisationStatus.GRANTED.value, **NOT_SUSPENDED}
    after = save_right(session, before, granted, event=event)
    close_suspension(session, suspension, ended)
    return after


def close_suspension(session: Session, suspension: Suspension, ended: Ended) -> None:
    """Write down how a suspension ended that no right names any more.

    Who ended it only where somebody did: the worker, who ends them by their days, may not say so.
    """
    values: dict[str, object] = {"ending": ended.how.value, "ended_at": ended.at}
    if ended.by is not None:
        values["ended_by"] = ended.by
    session.execute(
        update(suspensions)
        .where(suspensions.c.id == suspension.id, suspensions.c.ending == Ending.OPEN.value)
        .values(values)
    )


def list_suspensions(session: Session, authorisation: AuthorisationId) -> list[Suspension]:
    """Every suspension of a right, the newest first."""
    rows = session.execute(_of_right(), {"of_right": authorisation})
    return [_suspension(row) for row in rows]


def list_of_application(session: Session, application: ApplicationId) -> list[Suspension]:
    """Every suspension of the right that an application led to, the newest first."""
    own = suspensions.c
    rows = session.execute(
        select(suspensions)
        .join(authorisations, authorisations.c.id == own.authorisation)
        .where(authorisations.c.application == application)
        .order_by(own.suspended_at.desc(), own.id)
    )
    return [_suspension(row) for row in rows]


@cache
def _of_right() -> Select[Any]:
    own = suspensions.c
    of_right = select(suspensions).where(own.authorisation == bindparam("of_right"))
    return of_right.order_by(own.suspended_at.desc(), own.id)


def _suspension(row: Row[Any]) -> Suspension:
    return Suspension(
        SuspensionId(row.id),
        AuthorisationId(row.authorisation),
        PersonId(row.worker),
        Agency(row.agency),
        PersonId(row.official),
        SuspensionReason(row.reason),
        Origin(row.origin),
        row.note,
        row.since,
        row.until,
        row.suspended_at,
        Ending(row.ending),
        row.ended_at,
        PersonId(row.ended_by) if row.ended_by else None,
        SuspensionId(row.follows) if row.follows else None,
    )
