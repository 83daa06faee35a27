"""What was handed over: read with its code by who received it, confirmed and answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BeforeValidator

from app.services import complaint_referrals
from app.services.complaint_packages import Opened
from app.services.complaint_referrals import Answer
from app.services.referral_papers import CHECK
from app.services.refusals import record_refusal
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.private_forms import IN_PRIVATE_TURN, NamelessWork, PrivateForm
from app.web.problems import status_of
from app.web.templating import render
from permits.errors import Conflict, Fault, Invalid, NotFound
from recruitment.complaints.referrals import MOVES, Referral, ReferralAction, Report

router = APIRouter(include_in_schema=False)

PATH = "/remisiones"
ONE = PATH + "/{referral:uuid}"


EMPTY = Form()


def _none(text: object) -> object:
    return None if text == "" else text


class Code(forms.Answers):
    """The code that the office told, and what becomes of the case here, once it was read.

    `bajar`: its content is taken along, as the signature vouches for it.
    """

    wording: ClassVar[Mapping[str, str]] = {
        "code.missing": N_("Escriba los 16 números del código."),
        "code.no-such-referral": N_("Ese código no abre nada. Revíselo con calma."),
        "report.missing": N_("Elija qué se hizo."),
    }
    code: str
    answer: Annotated[ReferralAction | None, BeforeValidator(_none)] = None
    number: str = ""
    report: Annotated[Report | None, BeforeValidator(_none)] = None
    bajar: str = ""


class Answered(forms.Answers):
    """What the authority says of a hand-over."""

    wording: ClassVar[Mapping[str, str]] = {"report.missing": N_("Elija qué se hizo.")}
    answer: ReferralAction
    number: str = ""
    report: Annotated[Report | None, BeforeValidator(_none)] = None


@dataclass(frozen=True)
class PackagePage:
    """A hand-over; `opened` is None until its code was typed."""

    referral: UUID
    form: Form
    opened: Opened | None = None
    answers: Sequence[ReferralAction] = ()
    done: bool = False
    refusal: Conflict | None = None
    reports: Sequence[Report] = tuple(Report)
    check: str = CHECK


@dataclass(frozen=True)
class ListPage:
    """What was handed over to an authority, with what it may say of each.

    `form` is what was wrong in the answer `about` one.
    """

    rows: Sequence[tuple[Referral, str, Sequence[ReferralAction]]]
    refusal: Conflict | None = None
    about: UUID | None = None
    form: Form = EMPTY
    reports: Sequence[Report] = tuple(Report)


@router.get(PATH)
def list_own(request: Request, work: SignedInReading) -> Response:
    """What was handed over to the targets that this authority speaks for; no content."""
    return _list(request, work)


@router.post(ONE + "/contestar")
def answer(request: Request, work: SignedInWork, referral: UUID, posted: Posted) -> Response:
    """Confirm, decline or report, by an authority that signed in."""
    answers = forms.check(Answered, posted)
    if isinstance(answers, Form):
        return _list(request, work, 422, about=referral, form=answers)
    try:
        with work.attempt():
            said = Answer(answers.answer, answers.number, answers.report)
            complaint_referrals.answer_by_account(work, referral, said)
    except Invalid as invalid:
        wrong = forms.refused(Answered, posted, invalid)
        return _list(request, work, 422, about=referral, form=wrong)
    except Conflict as refusal:
        record_refusal(work, refusal.code, "answer_referral")
        return _list(request, work, status_of(refusal), refusal)
    return RedirectResponse(PATH, 303)


@router.get(ONE)
def ask_code(request: Request, referral: UUID) -> Response:
    """Where the code is typed; the page tells nothing, not even whether there is such a thing."""
    return _show(request, PackagePage(referral, Form()))


@router.post(ONE, dependencies=IN_PRIVATE_TURN)
def open_package(
    request: Request, work: NamelessWork, referral: UUID, posted: PrivateForm
) -> Response:
    """The package of a code; with an answer, that is kept first."""
    answers = forms.check(Code, posted)
    if isinstance(answers, Form):
        return _show(request, PackagePage(referral, answers), 422)
    refusal, faults = _keep(work, referral, answers)
    try:
        opened = complaint_referrals.open_package(work, referral, answers.code)
    except NotFound as absent:
        wrong = Form({}, (Fault(absent.code, "code"),), Code.wording)
        return _show(request, PackagePage(referral, wrong), 422)
    if answers.bajar:
        return _taken_along(opened)
    form = Form(forms.typed(posted), faults, Code.wording)
    done = answers.answer is not None and refusal is None and not faults
    page = PackagePage(referral, form, opened, _open_to(opened.referral), done, refusal)
    return _show(request, page, status_of(refusal) if refusal else 422 if faults else 200)


def _keep(work: Work, referral: UUID, answers: Code) -> tuple[Conflict | None, tuple[Fault, ...]]:
    """Keep what the target says, if it says something; what kept it from being kept."""
    if answers.answer is None:
        return None, ()
    said = Answer(answers.answer, answers.number, answers.report)
    try:
        with work.attempt():
            complaint_referrals.answer_by_code(work, referral, answers.code, said)
    except NotFound:
        pass  # told by opening it
    except Invalid as invalid:
        return None, invalid.faults
    except Conflict as conflict:
        return conflict, ()
    return None, ()


def _taken_along(opened: Opened) -> Response:
    """The content to the byte: its SHA-256 is the one in its signature."""
    headers = {
        "Content-Disposition": f'attachment; filename="{opened.reference}.json"',
        "Cache-Control": "no-store",
    }
    return Response(opened.written, 200, headers, "application/json")


def _open_to(referral: Referral) -> Sequence[ReferralAction]:
    return [one for one in ReferralAction if (referral.state, one) in MOVES]


def _list(
    request: Request,
    work: Work,
    status: int = 200,
    refusal: Conflict | None = None,
    *,
    about: UUID | None = None,
    form: Form = EMPTY,
) -> Response:
    rows = [(one, name, _open_to(one)) for one, name in complaint_referrals.list_own(work)]
    return render(
        request, "complaint_desk/referrals.html", ListPage(rows, refusal, about, form), status
    )


def _show(request: Request, page: PackagePage, status: int = 200) -> Response:
    response = render(request, "complaint_desk/package.html", page, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
