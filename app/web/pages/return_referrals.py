"""Help at home after the season: the desk's page of one case, and the worker's no to it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, TypeVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import StringConstraints

from app.services import return_referrals
from app.services.refusals import record_refusal
from app.services.return_referrals import HelpFile
from app.services.work import Work
from app.web import forms
from app.web.answers import WrittenDate, WrittenTime
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages.receptions import HOURS
from app.web.problems import status_of
from app.web.templating import render
from permits.applications import ApplicationId
from permits.errors import Conflict, Forbidden, Invalid
from permits.return_referrals import HelpKind, HelpOutcome, Office, Wanted

router = APIRouter(include_in_schema=False)

OWN = "/mi-solicitud/{application:uuid}/retorno/ayuda"
ONE = "/retornos/{application:uuid}/ayuda"
LONGEST_TYPED = 200

M = TypeVar("M", bound=forms.Answers)


class ReferralForm(forms.Answers):
    """To whom the person said yes."""

    wording: ClassVar[Mapping[str, str]] = {
        "kind.missing": N_("Elija para qué quiere ayuda."),
        "office.missing": N_("Elija la oficina."),
        "place.missing": N_("Escriba en qué lugar la atienden."),
    }
    kind: HelpKind
    office: Office
    place: Annotated[str, StringConstraints(max_length=LONGEST_TYPED)]
    agreed: str = ""

    @property
    def wanted(self) -> Wanted:
        """What the service is asked for."""
        return Wanted(self.kind, self.office, self.place, self.agreed == "yes")


class AppointmentForm(forms.Answers):
    """When the office receives; `seen` is the way that the page showed."""

    wording: ClassVar[Mapping[str, str]] = {
        "day.missing": N_("Escriba el día, el mes y el año."),
        "hour.missing": N_("Elija la hora."),
    }
    seen: UUID
    day: WrittenDate
    hour: WrittenTime


class OutcomeForm(forms.Answers):
    """What came of it."""

    wording: ClassVar[Mapping[str, str]] = {"outcome.missing": N_("Elija qué pasó.")}
    seen: UUID
    outcome: HelpOutcome


class DeclineForm(forms.Answers):
    """Which way the worker wants no more."""

    seen: UUID


@dataclass(frozen=True)
class HelpPage:
    """One case; `sent` names the form that was refused, `refusal` why nothing was written."""

    file: HelpFile
    form: Form
    sent: str = ""
    refusal: Conflict | Forbidden | None = None
    done: bool = False
    kinds: Sequence[HelpKind] = tuple(HelpKind)
    outcomes: Sequence[HelpOutcome] = tuple(HelpOutcome)
    hours: Sequence[str] = HOURS
    blank: Form = Form()  # noqa: RUF009  (nothing in it changes)


@router.get(ONE)
def show_help(
    request: Request, work: SignedInReading, application: UUID, hecho: str = ""
) -> Response:
    """Whether somebody asked for help, where they go, and where they went before."""
    return _show(request, work, application, Form(), done=bool(hecho))


@router.post(ONE)
def refer(request: Request, work: SignedInWork, application: UUID, posted: Posted) -> Response:
    """Write down the person's yes to an office."""
    return _act(
        request,
        work,
        application,
        posted,
        ReferralForm,
        lambda case, given: return_referrals.refer(work, case, given.wanted),
    )


@router.post(ONE + "/cita")
def appoint(request: Request, work: SignedInWork, application: UUID, posted: Posted) -> Response:
    """Write down when the office receives; the person is told by a message."""
    return _act(
        request,
        work,
        application,
        posted,
        AppointmentForm,
        lambda case, given: return_referrals.appoint(work, case, given.seen, given.day, given.hour),
    )


@router.post(ONE + "/fin")
def close(request: Request, work: SignedInWork, application: UUID, posted: Posted) -> Response:
    """Write down what came of it."""
    return _act(
        request,
        work,
        application,
        posted,
        OutcomeForm,
        lambda case, given: return_referrals.close(work, case, given.seen, given.outcome),
    )


@router.post(OWN)
def decline(work: SignedInWork, application: UUID, posted: Posted) -> Response:
    """The worker wants it no more."""
    given = forms.check(DeclineForm, posted)
    seen = None if isinstance(given, Form) else given.seen
    return_referrals.decline_own(work, ApplicationId(application), seen)
    return RedirectResponse(f"/mi-solicitud/{application}/retorno", 303)


def _act(
    request: Request,
    work: Work,
    application: UUID,
    posted: Posted,
    model: type[M],
    act: Callable[[ApplicationId, M], object],
) -> Response:
    typed, sent = Form(forms.typed(posted), wording=model.wording), model.__name__
    given = forms.check(model, posted)
    if isinstance(given, Form):
        return _show(request, work, application, given, 422, sent=sent)
    try:
        with work.attempt():
            act(ApplicationId(application), given)
    except Invalid as invalid:
        refused = forms.refused(model, posted, invalid)
        return _show(request, work, application, refused, 422, sent=sent)
    except (Conflict, Forbidden) as refusal:
        record_refusal(work, refusal.code, "return-help")
        status = status_of(refusal)
        return _show(request, work, application, typed, status, sent=sent, refusal=refusal)
    return RedirectResponse(f"/retornos/{application}/ayuda?hecho=1", 303)


def _show(
    request: Request,
    work: Work,
    application: UUID,
    form: Form,
    status: int = 200,
    *,
    sent: str = "",
    done: bool = False,
    refusal: Conflict | Forbidden | None = None,
) -> Response:
    file = return_referrals.read_file(work, ApplicationId(application))
    page = HelpPage(file, form, sent, refusal, done)
    return render(request, "return_surveys/help.html", page, status)
