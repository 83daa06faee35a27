"""Ways to an office that helps at home: the person's yes, the appointment, what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Row,
    Table,
    Text,
    Time,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.applications import applications, list_reached
from app.storage.columns import INSTANT, PERSONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from permits.applications import ApplicationId
from permits.audit import AuditEvent
from permits.people import PersonId
from permits.reach import Reach
from permits.return_referrals import HelpKind, HelpOutcome, Office, Referral


def _codes(kind: type[HelpKind] | type[Office] | type[HelpOutcome]) -> str:
    return ", ".join(f"'{one.value}'" for one in kind)


return_referrals = Table(
    "return_referrals",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("application", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("worker", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("kind", Text, nullable=False, info=PERSONAL),
    Column("office", Text, nullable=False, info=PERSONAL),
    Column("place", Text, nullable=False, info=PERSONAL),
    Column("agreed_at", INSTANT, nullable=False, info=PERSONAL),
    Column("heard_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("day", Date, info=PERSONAL),
    Column("hour", Time, info=PERSONAL),
    Column("outcome", Text, info=PERSONAL),
    Column("closed_at", INSTANT, info=PERSONAL),
    Column("closed_by", PG_UUID, info=PSEUDONYMOUS),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    CheckConstraint(f"kind IN ({_codes(HelpKind)})", name="kind"),
    CheckConstraint(f"office IN ({_codes(Office)})", name="office"),
    CheckConstraint(f"outcome IN ({_codes(HelpOutcome)})", name="outcome"),
    CheckConstraint("heard_by <> worker", name="heard_by_another"),
    CheckConstraint("(day IS NULL) = (hour IS NULL)", name="day_and_hour"),
    CheckConstraint(
        "(outcome IS NULL) = (closed_at IS NULL) AND (outcome IS NULL) = (closed_by IS NULL)",
        name="closed_together",
    ),
    # What came of it is said by the desk; the person says no, and nothing else.
    CheckConstraint("outcome = 'declined' OR closed_by <> worker", name="closed_by_the_desk"),
    Index(
        "uq_return_referrals_open",
        "application",
        unique=True,
        postgresql_where=text("outcome IS NULL"),
    ),
    Index("ix_return_referrals_application", "application"),
    Index("ix_return_referrals_worker", "worker"),
)


@dataclass(frozen=True)
class OpenReferral:
    """A way that is open, with the receipt and the name to call."""

    referral: Referral
    receipt: str
    name: str


def add_referral(session: Session, referral: Referral, *, event: AuditEvent) -> None:
    """Remember to whom somebody said yes; the database refuses a second open one."""
    session.execute(
        insert(return_referrals),
        {
            "id": referral.id,
            "application": referral.application,
            "worker": referral.worker,
            "kind": referral.kind.value,
            "office": referral.office.value,
            "place": referral.place,
            "agreed_at": referral.agreed_at,
            "heard_by": referral.heard_by,
        },
    )
    audit.append(session, event)


def save_referral(session: Session, referral: Referral, *, event: AuditEvent) -> None:
    """Its appointment, or what came of it, while it is open."""
    session.execute(
        update(return_referrals)
        .where(return_referrals.c.id == referral.id, return_referrals.c.outcome.is_(None))
        .values(
            day=referral.day,
            hour=referral.hour,
            outcome=referral.outcome.value if referral.outcome else None,
            closed_at=referral.closed_at,
            closed_by=referral.closed_by,
        )
    )
    audit.append(session, event)


def list_of_case(session: Session, application: ApplicationId) -> list[Referral]:
    """Every way of a case, the newest first."""
    query = select(return_referrals).where(return_referrals.c.application == application)
    rows = session.execute(
        query.order_by(return_referrals.c.agreed_at.desc(), return_referrals.c.id)
    )
    return [_referral(row) for row in rows]


def find_open(
    session: Session, application: ApplicationId, *, hold: bool = False
) -> Referral | None:
    """The way that is open; with `hold` its row until the end."""
    query = select(return_referrals).where(
        return_referrals.c.application == application, return_referrals.c.outcome.is_(None)
    )
    row = session.execute(query.with_for_update() if hold else query).one_or_none()
    return _referral(row) if row is not None else None


def list_open(session: Session, *, reach: Reach, limit: int) -> Sequence[OpenReferral]:
    """Ways that are open within reach: those without an appointment first, then by its day."""
    rows = session.execute(
        select(return_referrals, applications.c.receipt, applications.c.worker_name)
        .join(applications, applications.c.id == return_referrals.c.application)
        .where(
            return_referrals.c.outcome.is_(None),
            return_referrals.c.application.in_(list_reached(reach)),
        )
        .order_by(return_referrals.c.day.is_not(None), return_referrals.c.day)
        .order_by(return_referrals.c.agreed_at, return_referrals.c.id)
        .limit(limit)
    )
    return [OpenReferral(_referral(row), row.receipt or "", row.worker_name) for row in rows]


def _referral(row: Row[Any]) -> Referral:
    return Referral(
        row.id,
        ApplicationId(row.application),
        PersonId(row.worker),
        HelpKind(row.kind),
        Office(row.office),
        row.place,
        row.agreed_at,
        PersonId(row.heard_by),
        row.day,
        row.hour,
        HelpOutcome(row.outcome) if row.outcome else None,
        row.closed_at,
        PersonId(row.closed_by) if row.closed_by else None,
    )
