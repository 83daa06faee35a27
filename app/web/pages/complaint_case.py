"""One complaint on the desk: what was told, what is due, and only what may be done with it now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import complaint_desk, complaint_referrals
from app.services.complaint_desk import OpenedCase
from app.services.refusals import record_refusal
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages.complaint_case_forms import CaseDeed
from app.web.pages.complaint_deeds import SENDINGS
from app.web.pages.complaint_desk import PATH
from app.web.pages.complaint_doors import token_of
from app.web.problems import status_of
from app.web.sounds import Heard, heard
from app.web.templating import render
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, Invalid
from permits.people import PersonId
from recruitment.complaints.custody import CHOICES, Reason
from recruitment.complaints.handling import JUDGED_ANEW
from recruitment.complaints.moves import OVER, Action
from recruitment.complaints.referrals import Report
from recruitment.complaints.words import Category, Flag, ReferralTarget, RemedyKind, Status
from recruitment.costs import CURRENCIES

router = APIRouter(include_in_schema=False)

ONE = PATH + "/{complaint:uuid}"

OWN_FORM = frozenset({Action.ACCEPT, Action.FIND})
"""Moves that have a form of their own; all others share one."""

HEADERS = {"Content-Disposition": "inline", "Cache-Control": "private, no-store"}
"""Of a piece of evidence; which policy it has, `security` says by its kind."""

TO_KEEP = {**HEADERS, "Content-Disposition": "attachment"}
"""For what no browser plays: the handler opens it with a program of their own."""


@dataclass(frozen=True)
class CasePage:
    """A case; `deed` is the form that was refused, `code` the code of a hand-over, shown once.

    `moves` are those of the shared form; `fresh` names the next remedy.
    """

    case: OpenedCase
    moves: tuple[Action, ...]
    fresh: UUID
    form: Form
    deed: CaseDeed | None = None
    done: bool = False
    code: str = ""
    refusal: Conflict | None = None
    categories: Sequence[Category] = tuple(Category)
    flags: Sequence[Flag] = tuple(Flag)
    targets: Sequence[ReferralTarget] = tuple(ReferralTarget)
    remedy_kinds: Sequence[RemedyKind] = tuple(RemedyKind)
    currencies: Sequence[str] = CURRENCIES
    over: frozenset[Status] = OVER
    judged_anew: frozenset[Status] = JUDGED_ANEW
    webhooks: Sequence[ReferralTarget] = ()
    reports: Sequence[Report] = tuple(Report)
    own: PersonId | None = None
    today: date | None = None

    @property
    def proposed(self) -> Form:
        """How it is judged so far, for the forms of accepting and of judging anew.

        Before a person judged it: what the complainant ticked, and what follows from it.
        """
        filed = self.case.handled.filed
        return Form(
            {
                "severity": [filed.severity.value] if filed.severity else [],
                "tax_number": [self.case.tax_number],
                "categories": [one.value for one in filed.categories],
                "flags": [one.value for one in filed.flags],
                "farm": [str(filed.farm)] if filed.farm else [],
            }
        )

    def form_of(self, deed: str) -> Form:
        """What was typed into this form, where it is the one that was refused."""
        return self.form if deed == self.deed else Form()


@dataclass(frozen=True)
class UncleanPage:
    """A piece of which no copy could be made that tells on nobody."""

    complaint: UUID
    file: UUID
    why: Reason


@dataclass(frozen=True)
class HeardPage:
    """A voice to be heard; `asi` goes along where its copy may tell who made it."""

    complaint: UUID
    file: UUID
    why: Reason
    heard: Heard
    asi: str


@dataclass(frozen=True)
class ReasonPage:
    """What is asked before a piece is opened; `form` is of a reason that is none."""

    complaint: UUID
    file: UUID
    form: Form
    reasons: Sequence[Reason] = CHOICES


@router.get(ONE)
def show_case(request: Request, work: SignedInWork, complaint: UUID, hecho: str = "") -> Response:
    """A case; its content once the handler has typed their phrase, which is logged."""
    return _show(request, work, complaint, done=bool(hecho))


@router.get(ONE + "/pruebas/{file:uuid}")
def show_evidence(
    request: Request,
    work: SignedInWork,
    complaint: UUID,
    file: UUID,
    para: str | None = None,
    asi: str = "",
    bajar: str = "",
) -> Response:
    """A piece of evidence without what tells on people; who looked and why stands in its chain.

    `para` is a code of the short list of reasons; without it nothing is opened. Where that could
    not be taken out the page says so first, and `asi` opens it as it is. A voice has a page that
    plays it, or says that none can: then `bajar` takes it along.
    """
    why = next((one for one in CHOICES if one.value == para), None)
    if why is None:
        return _ask_why(request, work, complaint, file, asked=para is not None)
    media, copy = complaint_desk.read_evidence(work, token_of(request), complaint, file, why)
    voice = media.startswith("audio/")
    if not (copy.clean or asi):
        unclean = UncleanPage(complaint, file, why)
        response = render(request, "complaint_desk/unclean.html", unclean)
    elif voice and not bajar:
        page = HeardPage(complaint, file, why, heard(media, copy.data), asi)
        response = render(request, "complaint_desk/heard.html", page)
    else:
        return Response(copy.data, 200, TO_KEEP if voice else HEADERS, media)
    response.headers["Cache-Control"] = "no-store"
    return response


def _ask_why(request: Request, work: Work, complaint: UUID, file: UUID, *, asked: bool) -> Response:
    """The short list of reasons, for who may open the piece; 422 where none of it was chosen."""
    complaint_desk.check_evidence(work, complaint)
    faults = (Fault("missing", "para"),) if asked else ()
    form = Form({}, faults, {"para.missing": N_("Elija para qué la abre.")})
    page = ReasonPage(complaint, file, form)
    return render(request, "complaint_desk/reason.html", page, 422 if asked else 200)


@router.post(ONE + "/{deed}")
def do_deed(
    request: Request, work: SignedInWork, complaint: UUID, deed: CaseDeed, posted: Posted
) -> Response:
    """Do what a form of the page says; what is wrong is told there, with what was typed."""
    sending = SENDINGS[deed]
    answers = forms.check(sending.model, posted)
    if isinstance(answers, Form):
        return _show(request, work, complaint, 422, form=answers, deed=deed)
    try:
        with work.attempt():
            code = sending.act(work, token_of(request), complaint, answers)
    except Invalid as invalid:
        named = [
            replace(one, field=sending.fields.get(one.field, one.field)) for one in invalid.faults
        ]
        wrong = forms.refused(sending.model, posted, Invalid(named))
        return _show(request, work, complaint, 422, form=wrong, deed=deed)
    except Conflict as refusal:
        record_refusal(work, refusal.code, "complaint_deed")
        typed, status = Form(forms.typed(posted)), status_of(refusal)
        return _show(request, work, complaint, status, form=typed, deed=deed, refusal=refusal)
    if code:
        return _show(request, work, complaint, code=code)
    if deed is CaseDeed.RECUSE:
        return RedirectResponse(PATH, 303)
    return RedirectResponse(f"{PATH}/{complaint}?hecho=1", 303)


def _show(
    request: Request,
    work: Work,
    complaint: UUID,
    status: int = 200,
    *,
    form: Form | None = None,
    deed: CaseDeed | None = None,
    done: bool = False,
    code: str = "",
    refusal: Conflict | None = None,
) -> Response:
    case = complaint_desk.open_on_desk(work, token_of(request), complaint)
    moves = tuple(one for one in case.actions if one not in OWN_FORM)
    calls = complaint_referrals.list_webhooks(work)
    page = CasePage(
        case,
        moves,
        uuid4(),
        form or Form(),
        deed,
        done,
        code,
        refusal,
        webhooks=calls,
        own=work.actor.person,
        today=legal_day(work.now),
    )
    response = render(request, "complaint_desk/case.html", page, status)
    response.headers["Cache-Control"] = "no-store"
    return response
