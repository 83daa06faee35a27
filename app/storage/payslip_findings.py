"""What is found in payslips after their writing, and how many workers were paid late or less."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on, insert

from app.storage import audit
from app.storage.database import Session
from app.storage.payslip_tables import payslip_findings, payslips
from permits.audit import AuditEvent
from permits.findings import Finding
from recruitment.ethics.rules import RuleId
from recruitment.ethics.written import write_finding
from recruitment.payslips import Payslip


def add_findings(
    session: Session,
    payslip: Payslip,
    findings: Sequence[Finding],
    now: datetime,
    *,
    event: AuditEvent,
) -> bool:
    """Keep what was found in a version after its writing, once; False where it is known."""
    adding = (
        insert(payslip_findings)
        .values(
            application=payslip.application,
            first_day=payslip.slip.first_day,
            version=payslip.version,
            findings=[write_finding(one) for one in findings],
            found_at=now,
        )
        .on_conflict_do_nothing()
        .returning(payslip_findings.c.version)
    )
    return session.execute(audit.telling(adding, event)).first() is not None


def count_short_paid(session: Session, employer: UUID, since: date) -> int:
    """Workers in whose newest payslips since a day R34 found late or too little pay."""
    own = payslips.c
    newest = (
        select(own.application, own.findings, payslip_findings.c.findings.label("later"))
        .outerjoin_from(payslips, payslip_findings)
        .where(own.employer == employer, own.first_day >= since)
        .ext(distinct_on(own.application, own.first_day))
        .order_by(own.application, own.first_day, own.version.desc())
        .subquery()
    )
    short = [{"rule": RuleId.R34.value}]
    found = or_(newest.c.findings.contains(short), newest.c.later.contains(short))
    query = select(func.count(newest.c.application.distinct())).where(found)
    return session.execute(query).scalar_one()
