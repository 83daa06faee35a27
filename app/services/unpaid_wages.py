"""R34 as days go by: what the last payslip tells of a worker's pay, and payslips nobody pays."""

from uuid import UUID

from app.services import daily, payslips
from app.services.agreed_wages import agreed_of
from app.services.vacancy_judging import parameters_for
from app.services.work import Work
from app.storage import payslip_findings
from app.storage import payslips as rows
from app.storage.payslips import FiledPayslip
from permits.audit import Act, Fact
from permits.deadlines import legal_day
from recruitment.payslip_checks import WageFacts, find_late, is_late, wage_facts

JOB = "unpaid-payslips"
HOUR = 6
"""The local hour from which days that went by are counted."""

BATCH = 500


def find_wage_facts(work: Work, application: UUID, employer: UUID | None) -> WageFacts | None:
    """What R34 asks of the last payslip that an employer wrote; None where none tells it.

    The seam for check-ins: the caller has checked who may know it.
    """
    filed = rows.list_newest(work.session, application)
    newest = next((one.payslip for one in filed if one.payslip.employer == employer), None)
    if newest is None:
        return None
    agreed = agreed_of(work, application, newest.slip.last_day, newest.vacancy)
    return wage_facts(newest.slip, agreed, legal_day(work.now))


def judge_unpaid(work: Work, limit: int = BATCH) -> int:
    """The task of the minute: once a day, R34 on payslips that nobody has paid; how many fell.

    What is found is kept beside the version, once, and seen by the inspection and the worker.
    """
    today = daily.due_day(work, JOB, HOUR)
    if today is None:
        return 0
    since, found, after = today - payslips.LOOKED_BACK, 0, None
    while batch := rows.list_unpaid(work.session, since, limit, after):
        found += sum(_judge_again(work, one) for one in batch if not is_late(one.findings))
        after = (batch[-1].payslip.application, batch[-1].payslip.slip.first_day)
    daily.mark_done(work, JOB, today)
    return found


def _judge_again(work: Work, filed: FiledPayslip) -> bool:
    payslip, parameters = filed.payslip, parameters_for(work, filed.programme)
    late = find_late(payslip.slip, parameters, legal_day(work.now))
    if late is None:
        return False
    facts: dict[str, Fact] = {"version": payslip.version, "findings": 1}
    event = work.event(Act.PAYSLIP_FOUND, payslip.application, facts)
    return payslip_findings.add_findings(work.session, payslip, [late], work.now, event=event)
