"""Checking the answers, sending them once, the receipt, and taking the application back."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import answer_terms, applications, submissions, worker_numbers
from app.services.case import Case
from app.services.contracts import see_contract
from app.services.progress import Progress, read_progress
from app.services.work import Work
from app.web import i18n, wording
from app.web.dependencies import SignedInReading, SignedInWork
from app.web.pages import assisting, wizard
from app.web.pages.answered import Row, Said, rows
from app.web.pages.steps import step_of
from app.web.templating import render
from permits.applications import MOVES, Action, Application, ApplicationId, Status
from permits.deadlines import last_day
from permits.errors import Conflict, Fault, Invalid

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Refused:
    """One thing that keeps the application from being sent, and where it is mended."""

    words: str
    path: str


@dataclass(frozen=True)
class CheckPage:
    """Every answer before sending; `refused` is what the sending found."""

    application: Application
    case: Case
    rows: tuple[Row, ...]
    progress: Progress
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True)
class ReceiptPage:
    """What was received and what comes next; `due` is the last day of the agencies.

    `number` is the person's for life, "" where they have none. `contract` waits for their yes.
    """

    application: Application
    case: Case
    due: date | None
    asks_employer: bool
    number: str
    contract: bool


@dataclass(frozen=True)
class WithdrawPage:
    """What happens when the application is taken back."""

    application: Application


@router.get("/solicitud/{application:uuid}/revisar")
def check_answers(request: Request, work: SignedInReading, application: UUID) -> Response:
    """Every answer with its change link; an open question comes first."""
    case = applications.read_own(work, ApplicationId(application))
    if away := wizard.elsewhere(case):
        return away
    path = wizard.next_path(case)
    if path != request.url.path:
        return RedirectResponse(path, 303)
    return render(request, "applications/check.html", _check_page(request, work, case))


@router.post("/solicitud/{application:uuid}/revisar")
def send(request: Request, work: SignedInWork, application: UUID) -> Response:
    """Send once: a second press finds it sent and shows the same receipt."""
    identity = ApplicationId(application)
    case = applications.read_own(work, identity)
    receipt = RedirectResponse(f"/solicitud/{application}/recibo", 303)
    try:
        after = submissions.submit_application(work, identity)
    except Conflict:
        if applications.read_own(work, identity).application.status is Status.UNDER_REVIEW:
            return receipt
        raise
    except Invalid as invalid:
        page = _check_page(request, work, case, invalid.faults)
        return render(request, "applications/check.html", page, 422)
    return assisting.hand_receipt(request, after) if assisting.helps(work) else receipt


@router.get("/solicitud/{application:uuid}/recibo")
def show_receipt(request: Request, work: SignedInReading, application: UUID) -> Response:
    """The number to read aloud, and what happens next with its dates."""
    case = applications.read_own(work, ApplicationId(application))
    found = case.application
    if found.status is not Status.UNDER_REVIEW:
        return RedirectResponse(f"/mi-solicitud/{application}", 303)
    asks = any(finding.code == "employer-acceptance-pending" for finding in case.findings)
    due = last_day(found.due_at) if found.due_at else None
    number, seen = worker_numbers.number_of(work, found) or "", see_contract(work, case)
    page = ReceiptPage(found, case, due, asks, number, seen is not None and seen.awaited)
    return render(request, "applications/receipt.html", page)


@router.get("/solicitud/{application:uuid}/retirar")
def ask_withdrawal(request: Request, work: SignedInReading, application: UUID) -> Response:
    """What happens, before it happens."""
    found = applications.read_own(work, ApplicationId(application)).application
    if (found.status, Action.WITHDRAW) not in MOVES:
        return RedirectResponse(f"/mi-solicitud/{application}", 303)
    return render(request, "applications/withdraw.html", WithdrawPage(found))


@router.post("/solicitud/{application:uuid}/retirar")
def withdraw(work: SignedInWork, application: UUID) -> Response:
    """Take it back; pressed twice, it is taken back once."""
    identity = ApplicationId(application)
    found = applications.read_own(work, identity).application
    if found.status is not Status.WITHDRAWN:
        applications.withdraw_application(work, identity)
    if assisting.helps(work):
        return RedirectResponse(assisting.HERE, 303)
    return RedirectResponse(f"/mi-solicitud/{application}", 303)


@router.post("/solicitud/{application:uuid}/retomar")
def take_up_again(work: SignedInWork, application: UUID) -> Response:
    """Take a lapsed one up again; pressed twice, it is taken up once."""
    identity = ApplicationId(application)
    found = applications.read_own(work, identity).application
    if found.status is not Status.RETURNED:
        answer_terms.reinstate_application(work, identity)
    return RedirectResponse(f"/mi-solicitud/{application}", 303)


def _check_page(
    request: Request, work: Work, case: Case, faults: tuple[Fault, ...] = ()
) -> CheckPage:
    locale = i18n.locale_of(request)
    said = Said(case, work.ports.reference, locale, work.actor)
    base = f"/solicitud/{case.application.id}"
    refused = []
    for fault in faults:
        step = step_of(fault.field, case.programme)
        words = wording.say(locale, "fault", fault.code, fault.facts)
        refused.append(Refused(words, f"{base}/{step.slug}" if step else base))
    progress = read_progress(work, case.application.id)
    return CheckPage(case.application, case, rows(said), progress, tuple(refused))
