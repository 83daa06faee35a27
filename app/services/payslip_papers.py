"""A payslip on paper, for the worker who takes it along."""

from datetime import date

from app.services import payslips
from app.services.case import programme_for
from app.services.reaching import reading
from app.services.work import Work
from app.storage import applications
from permits.applications import ApplicationId
from permits.errors import NotFound
from recruitment.payslip_papers import PrintedPayslip


def print_own(work: Work, application: ApplicationId, first_day: date, language: str) -> bytes:
    """The newest version as PDF; NotFound where there is none, Hidden for anybody else."""
    filed = payslips.list_own(work, application)
    one = next((one for one in filed if one.payslip.slip.first_day == first_day), None)
    if one is None:
        raise NotFound("no-such-payslip")
    found = applications.get_application(work.session, application, reach=reading(work))
    printed = PrintedPayslip(
        receipt=found.receipt or "",
        full_name=one.worker_name,
        employer_name=one.employer_name,
        programme=programme_for(work, found),
        payslip=one.payslip,
        printed_at=work.now,
    )
    return work.ports.prints.payslip(printed, language)
