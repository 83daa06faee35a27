"""Hand-overs of complaints to others: to whom, how far, and the package under its own code."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Row,
    Table,
    Text,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PSEUDONYMOUS, SENSITIVE
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from recruitment.complaints.filed import ComplaintId
from recruitment.complaints.referrals import Channel, Referral, ReferralState, Report
from recruitment.complaints.words import ReferralTarget

TARGETS = ", ".join(f"'{one.value}'" for one in ReferralTarget)
REPORTS = ", ".join(f"'{one.value}'" for one in Report)

complaint_referrals = Table(
    "complaint_referrals",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("complaint", PG_UUID, ForeignKey("complaints.id"), nullable=False, info=PSEUDONYMOUS),
    Column("target", Text, nullable=False, info=OPERATIONAL),
    Column("channel", Text, nullable=False, info=OPERATIONAL),
    Column("state", Text, nullable=False, info=OPERATIONAL),
    Column("sent_on", Date, nullable=False, info=OPERATIONAL),
    Column("follow_up_on", Date, nullable=False, info=OPERATIONAL),
    Column("confirmed_on", Date, info=OPERATIONAL),
    Column("number", Text, nullable=False, info=OPERATIONAL),
    # What the target said last that it did, by a code; none of before decision 93.
    Column("report", Text, info=OPERATIONAL),
    Column("version", Integer, nullable=False, info=OPERATIONAL),
    # What the target reads; only the code that its handler told it opens it.
    Column("salt", LargeBinary, nullable=False, info=OPERATIONAL),
    Column("package", LargeBinary, info=SENSITIVE),
    CheckConstraint(f"target IN ({TARGETS})", name="target"),
    CheckConstraint("channel IN ('email', 'webhook', 'letter')", name="channel"),
    CheckConstraint("state IN ('sent', 'confirmed', 'declined', 'reported')", name="state"),
    CheckConstraint("(state = 'sent') = (confirmed_on IS NULL)", name="confirmed_together"),
    CheckConstraint(f"report IN ({REPORTS})", name="report"),
    CheckConstraint("report IS NULL OR state = 'reported'", name="reported"),
    Index("ix_complaint_referrals_complaint", "complaint"),
    Index(
        "ix_complaint_referrals_waiting", "follow_up_on", postgresql_where=text("state = 'sent'")
    ),
)


@dataclass(frozen=True)
class Package:
    """What was handed over, sealed under the code of its hand-over."""

    salt: bytes
    sealed: bytes | None


def add_referral(
    session: Session, referral: Referral, package: Package, *, event: AuditEvent
) -> None:
    """Keep a hand-over with its package."""
    session.execute(
        insert(complaint_referrals),
        {
            "id": referral.id,
            "complaint": referral.complaint,
            "target": referral.target.value,
            "channel": referral.channel.value,
            "state": referral.state.value,
            "sent_on": referral.sent_on,
            "follow_up_on": referral.follow_up_on,
            "number": referral.number,
            "version": referral.version,
            "salt": package.salt,
            "package": package.sealed,
        },
    )
    audit.append(session, event)


def save_referral(session: Session, referral: Referral, *, event: AuditEvent) -> None:
    """Write what the target said; the caller holds the row."""
    session.execute(
        update(complaint_referrals)
        .where(complaint_referrals.c.id == referral.id)
        .values(
            state=referral.state.value,
            confirmed_on=referral.confirmed_on,
            number=referral.number,
            report=referral.report.value if referral.report else None,
            version=referral.version,
        )
    )
    audit.append(session, event)


def note_printed(session: Session, *, event: AuditEvent) -> None:
    """Tell the log that the letter of a hand-over was printed."""
    audit.append(session, event)


def find_referral(
    session: Session, identity: UUID, *, hold: bool = False
) -> tuple[Referral, Package] | None:
    """A hand-over with its package; with `hold` its row until the end."""
    query = select(complaint_referrals).where(complaint_referrals.c.id == identity)
    row = session.execute(query.with_for_update() if hold else query).one_or_none()
    return None if row is None else (_read(row), Package(row.salt, row.package))


def list_of_complaint(session: Session, complaint: ComplaintId) -> list[Referral]:
    """Those of a case, the oldest first."""
    rows = session.execute(
        select(complaint_referrals)
        .where(complaint_referrals.c.complaint == complaint)
        .order_by(complaint_referrals.c.sent_on, complaint_referrals.c.id)
    )
    return [_read(row) for row in rows]


def list_of_targets(
    session: Session, targets: Collection[ReferralTarget], limit: int
) -> list[Referral]:
    """Those to these targets, what waits first, then the newest."""
    waits = complaint_referrals.c.state == ReferralState.SENT.value
    rows = session.execute(
        select(complaint_referrals)
        .where(complaint_referrals.c.target.in_([one.value for one in targets]))
        .order_by(waits.desc(), complaint_referrals.c.sent_on.desc(), complaint_referrals.c.id)
        .limit(limit)
    )
    return [_read(row) for row in rows]


def list_silent(session: Session, day: date, limit: int) -> list[Referral]:
    """Those whose target has said nothing by its day, the longest first."""
    rows = session.execute(
        select(complaint_referrals)
        .where(
            complaint_referrals.c.state == ReferralState.SENT.value,
            complaint_referrals.c.follow_up_on <= day,
        )
        .order_by(complaint_referrals.c.follow_up_on, complaint_referrals.c.id)
        .limit(limit)
    )
    return [_read(row) for row in rows]


def _read(row: Row[Any]) -> Referral:
    return Referral(
        row.id,
        row.complaint,
        ReferralTarget(row.target),
        Channel(row.channel),
        ReferralState(row.state),
        row.sent_on,
        row.follow_up_on,
        row.version,
        row.confirmed_on,
        row.number,
        Report(row.report) if row.report else None,
    )
