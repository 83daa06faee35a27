"""What was told about the clocks of a case, so that it is told once."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Table,
    Text,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from permits.applications import ApplicationId
from permits.audit import AuditEvent
from permits.case_notices import DATA_OFFICE, CaseNotice
from permits.people import Agency

_TOLD = ", ".join(f"'{name}'" for name in (*Agency, "worker", DATA_OFFICE))
_NOTICES = ", ".join(f"'{name}'" for name in CaseNotice)

case_notices = Table(
    "case_notices",
    Base.metadata,
    Column(
        "application",
        PG_UUID,
        ForeignKey("applications.id", ondelete="CASCADE"),
        primary_key=True,
        info=PSEUDONYMOUS,
    ),
    Column("notice", Text, primary_key=True, info=OPERATIONAL),
    # An agency, the worker, or the office of data protection.
    Column("told", Text, primary_key=True, info=OPERATIONAL),
    # The day from which the term runs that the notice is about: a new term is told anew.
    Column("term_from", Date, primary_key=True, info=OPERATIONAL),
    Column("told_on", Date, nullable=False, info=OPERATIONAL),
    CheckConstraint(f"notice IN ({_NOTICES})", name="notice"),
    CheckConstraint(f"told IN ({_TOLD})", name="told"),
    Index(
        "ix_case_notices_right_unused",
        "told_on",
        postgresql_where=text("notice = 'right-unused'"),
    ),
)


@dataclass(frozen=True)
class ToldNotice:
    """A notice as it is remembered; `told` is an agency's code, `worker` or `DATA_OFFICE`."""

    application: ApplicationId
    notice: CaseNotice
    told: str
    term_from: date


def add_notice(session: Session, notice: ToldNotice, day: date, *, event: AuditEvent) -> None:
    """Remember that it was told; the key refuses a second time."""
    session.execute(
        insert(case_notices),
        {
            "application": notice.application,
            "notice": notice.notice.value,
            "told": notice.told,
            "term_from": notice.term_from,
            "told_on": day,
        },
    )
    audit.append(session, event)


def find_told(
    session: Session, application: ApplicationId, notice: CaseNotice, since: date
) -> date | None:
    """The last day from `since` on on which a notice of this kind was told; None without one."""
    found = select(func.max(case_notices.c.told_on)).where(
        case_notices.c.application == application,
        case_notices.c.notice == notice.value,
        case_notices.c.told_on >= since,
    )
    day: date | None = session.execute(found).scalar_one()
    return day
