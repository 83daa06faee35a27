"""After the season: six questions on one page for the worker, and what the desk is asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import return_referrals, return_surveys
from app.services.return_referrals import OpenReferral, Referral
from app.services.return_surveys import Figures, Survey, WaitingReturn
from app.services.work import Work
from app.web import forms, i18n
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import locale_of
from app.web.pages.answered import programme_names
from app.web.templating import render
from permits.applications import ApplicationId
from permits.errors import Invalid
from permits.return_surveys import QUESTIONS

router = APIRouter(include_in_schema=False)

OWN = "/mi-solicitud/{application:uuid}/retorno"
DESK = "/retornos"


@dataclass(frozen=True)
class SurveyPage:
    """The questions with what may be answered, or the thanks where they were.

    `country` is where the work was; `ways` are the offices to which the worker said yes, the
    newest first.
    """

    survey: Survey
    form: Form
    country: str
    ways: Sequence[Referral] = ()


@dataclass(frozen=True)
class DeskPage:
    """Who asked to be called or helped, and the counts; `names` are those of the programmes.

    `done`: one was dealt with just now; `ways` are of those who are on their way to an office.
    """

    tasks: Sequence[WaitingReturn]
    ways: Sequence[OpenReferral]
    figures: Sequence[Figures]
    names: Mapping[str, str]
    done: bool


@router.get(OWN)
def show_survey(request: Request, work: SignedInReading, application: UUID) -> Response:
    """The six questions; once they are answered or closed, what comes of it."""
    survey = return_surveys.get_own_survey(work, ApplicationId(application))
    ways = return_referrals.list_own(work, survey.application) if survey.tasks else ()
    return _show(request, work, survey, Form(), ways=ways)


@router.post(OWN)
def answer_survey(
    request: Request, work: SignedInWork, application: UUID, posted: Posted
) -> Response:
    """Keep the answers, or show the questions again with what was ticked."""
    identity, typed = ApplicationId(application), Form(forms.typed(posted))
    if i18n.pressed(request):
        return _show(request, work, return_surveys.get_own_survey(work, identity), typed)
    given = {name: typed.value(name) for name in QUESTIONS}
    try:
        with work.attempt():
            call_me = typed.value("call_me") == "yes"
            return_surveys.answer_survey(work, identity, given, call_me=call_me)
    except Invalid as invalid:
        survey = return_surveys.get_own_survey(work, identity)
        return _show(request, work, survey, Form(typed.values, invalid.faults), 422)
    return RedirectResponse(f"/mi-solicitud/{application}/retorno", 303)


@router.get(DESK)
def show_desk(request: Request, work: SignedInReading, hecho: str = "") -> Response:
    """Who waits for a call or for help, and what workers answered, in counts."""
    names = programme_names(work.ports.reference.programmes.values(), locale_of(request))
    tasks, figures = return_surveys.list_tasks(work), return_surveys.list_figures(work)
    page = DeskPage(tasks, return_referrals.list_open(work), figures, names, bool(hecho))
    return render(request, "return_surveys/desk.html", page)


@router.post(DESK + "/{application:uuid}")
def attend_task(work: SignedInWork, application: UUID) -> Response:
    """Write down that it was done."""
    return_surveys.attend_task(work, ApplicationId(application))
    return RedirectResponse(f"{DESK}?hecho=1", 303)


def _show(
    request: Request,
    work: Work,
    survey: Survey,
    form: Form,
    status: int = 200,
    *,
    ways: Sequence[Referral] = (),
) -> Response:
    country = work.ports.reference.programmes[survey.programme].destination
    page = SurveyPage(survey, form, country, ways)
    return render(request, "return_surveys/survey.html", page, status)
