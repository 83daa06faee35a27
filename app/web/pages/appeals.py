"""Recourse against a refusal or a revocation: a worker asks, somebody new to the case judges."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import StringConstraints

from app.services import appeals, applications
from app.services.appeals import Chance, OpenAppeal, WaitingAppeal
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, ProvenWork, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages.searches import Typed, searched
from app.web.templating import render
from permits.appeals import Ruling
from permits.applications import ApplicationId
from permits.approvals import NOTE_LIMIT
from permits.errors import Conflict

router = APIRouter(include_in_schema=False)

DESK = "/recursos"
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=NOTE_LIMIT)]


class Asked(forms.Answers):
    """What the worker says against what was decided."""

    wording: ClassVar[Mapping[str, str]] = {"words.missing": N_("Diga por qué no está de acuerdo.")}
    words: Words


class Judged(forms.Answers):
    """What a supervisor makes of it, and says to the worker."""

    wording: ClassVar[Mapping[str, str]] = {"answer.missing": N_("Escriba la respuesta.")}
    answer: Words
    ruling: Ruling


@dataclass(frozen=True)
class AskingPage:
    """The form of a worker; `chance` is what they ask for, and until when."""

    application: UUID
    chance: Chance
    form: Form


@dataclass(frozen=True)
class DeskPage:
    """What waits for the own agency, the oldest first; `done` is the answer just given, or ""."""

    appeals: Sequence[WaitingAppeal]
    form: Form
    done: str = ""


@dataclass(frozen=True)
class JudgingPage:
    """One recourse with what it is about, and the answer as it was typed."""

    opened: OpenAppeal
    form: Form


@router.get("/mi-solicitud/{application:uuid}/reclamar")
def show_form(request: Request, work: SignedInReading, application: UUID) -> Response:
    """The one question: why the worker does not agree."""
    page = AskingPage(application, _chance(work, application), Form())
    return render(request, "appeals/ask.html", page)


@router.post("/mi-solicitud/{application:uuid}/reclamar")
def file_appeal(
    request: Request, work: SignedInWork, application: UUID, posted: Posted
) -> Response:
    """Leave it with the agency; the status page shows how it goes."""
    given = forms.check(Asked, posted)
    if isinstance(given, Form):
        page = AskingPage(application, _chance(work, application), given)
        return render(request, "appeals/ask.html", page, 422)
    appeals.file_appeal(work, ApplicationId(application), given.words)
    return RedirectResponse(f"/mi-solicitud/{application}", 303)


@router.get(DESK)
def show_desk(request: Request, work: SignedInReading, hecho: str = "", q: Typed = "") -> Response:
    """What waits for an answer of the own agency."""
    page = DeskPage(appeals.list_open(work, q), searched(q), hecho)
    return render(request, "appeals/list.html", page)


@router.get(DESK + "/{appeal:uuid}")
def show_appeal(request: Request, work: SignedInWork, appeal: UUID) -> Response:
    """The worker's words beside the refusal, and the two answers; the log tells who read it."""
    page = JudgingPage(appeals.open_appeal(work, appeal), Form())
    return render(request, "appeals/one.html", page)


@router.post(DESK + "/{appeal:uuid}")
def judge_appeal(request: Request, work: ProvenWork, appeal: UUID, posted: Posted) -> Response:
    """Uphold or overturn, with words to the worker."""
    given = forms.check(Judged, posted)
    if isinstance(given, Form):
        page = JudgingPage(appeals.open_appeal(work, appeal), given)
        return render(request, "appeals/one.html", page, 422)
    appeals.judge_appeal(work, appeal, given.ruling, given.answer)
    return RedirectResponse(f"{DESK}?hecho={given.ruling.value}", 303)


def _chance(work: Work, application: UUID) -> Chance:
    case = applications.read_own(work, ApplicationId(application))
    chance = appeals.recourse_of(work, case).chance
    if chance is None:
        raise Conflict("no-recourse-left")
    return chance
