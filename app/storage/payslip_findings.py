"""What is found in payslips after their writing, and how many workers were paid late or less."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import cast, delete, func, not_, or_, select, update
from sqlalchemy.dialects.postgresql import JSONB, distinct_on, insert

from app.storage import audit
from app.storage.database import Session
from app.storage.payslip_tables import payslip_findings, payslips
from permits.audit import AuditEvent
from permits.findings import Finding
from recruitment.ethics.rules import RuleId
from recruitment.ethics.written import write_finding
from recruitment.payslip_checks import BELOW_MINIMUM
from recruitment.payslips import Payslip


def add_findings(
    session: Session,
    payslip: Payslip,
    findings: Sequence[Finding],
    now: datetime,
    *,
    event: AuditEvent,
) -> bool:
    """Keep what was found in a version after its writing, once; False where it is known.

    Beside what a changed minimum wage has found in it.
    """
    table, told = payslip_findings, [write_finding(one) for one in findings]
    adding = (
        insert(payslip_findings)
        .values(
            application=payslip.application,
            first_day=payslip.slip.first_day,
            version=payslip.version,
            findings=told,
            found_at=now,
        )
        .on_conflict_do_update(
            index_elements=[table.c.application, table.c.first_day, table.c.version],
            set_={"findings": table.c.findings.op("||")(cast(told, JSONB)), "found_at": now},
            where=not_(or_(*(table.c.findings.contains([{"code": one.code}]) for one in findings))),
        )
        .returning(payslip_findings.c.version)
    )
    return session.execute(audit.telling(adding, event)).first() is not None


def replace_below_minimum(
    session: Session,
    payslip: Payslip,
    found: Sequence[Finding],
    run: UUID | None,
    now: datetime,
    *,
    event: AuditEvent,
) -> None:
    """What a changed minimum wage finds in a version, in the place of what one found before.

    `run` found it first; what else was found stays. Nothing found takes back what a table said
    that was wrong.
    """
    table = payslip_findings.c
    slip = payslip.slip
    own = (
        table.application == payslip.application,
        table.first_day == slip.first_day,
        table.version == payslip.version,
    )
    row = session.execute(select(payslip_findings).where(*own).with_for_update()).one_or_none()
    others = [one for one in row.findings if one["code"] != BELOW_MINIMUM] if row else []
    told = [*others, *(write_finding(one) for one in found)]
    audit.append(session, event)
    if not told:
        session.execute(delete(payslip_findings).where(*own))
        return
    values = {"findings": told, "found_at": now, "run": run or (row.run if row and found else None)}
    if row:
        session.execute(update(payslip_findings).where(*own).values(values))
        return
    key = {"application": payslip.application, "first_day": slip.first_day}
    session.execute(insert(payslip_findings).values(**key, version=payslip.version, **values))


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
