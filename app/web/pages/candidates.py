"""An employer abroad: what the vacancy asks for, who was pre-selected, interviews and offers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BeforeValidator, Field

from app.services import candidates
from app.services.candidates import Candidate, Candidates
from app.services.work import Work
from app.web import forms
from app.web.answers import WrittenDate, WrittenTime, YesNo
from app.web.dependencies import Posted, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.problems import status_of
from app.web.templating import render
from permits.deadlines import LEGAL_ZONE
from permits.errors import Conflict, Invalid, NotFound, Stale
from recruitment.candidacies import (
    EMPLOYERS_REASONS,
    CandidacyAction,
    Move,
    Outcome,
    WhyNot,
)
from recruitment.matching import Requirements
from recruitment.roster import MOST_YEARS, WORK_LANGUAGES, Education, Licence

router = APIRouter(include_in_schema=False)

PATH = "/mis-vacantes/{vacancy:uuid}/candidatos"
ONE = PATH + "/{candidacy:uuid}"
ACTIONS: Mapping[str, CandidacyAction] = {
    "invitar": CandidacyAction.INVITE,
    "resultado": CandidacyAction.MEET,
    "no-vino": CandidacyAction.MISS,
    "ofrecer": CandidacyAction.OFFER,
    "descartar": CandidacyAction.PASS_OVER,
}
"""The last part of an address, and what is done there."""


def _none(text: object) -> object:
    return None if text == "" else text


class WantedForm(forms.Answers):
    """What a vacancy asks for."""

    wording: ClassVar[Mapping[str, str]] = {
        "years.missing": N_("Escriba cuántos años. Escriba 0 si no hace falta."),
    }
    years: Annotated[int, Field(ge=0, le=MOST_YEARS)]
    proven: YesNo = False
    languages: tuple[str, ...] = ()
    education: Annotated[Education | None, BeforeValidator(_none)] = None
    licences: tuple[Licence, ...] = ()

    @property
    def requirements(self) -> Requirements:
        """As the law reads it."""
        return Requirements(
            self.years,
            self.proven,
            frozenset(self.languages),
            self.education,
            frozenset(self.licences),
        )


class MoveForm(forms.Answers):
    """What an act on one person needs; `version` is what was looked at."""

    wording: ClassVar[Mapping[str, str]] = {
        "interview_day.missing": N_("Escriba el día, el mes y el año."),
        "interview_place.missing": N_("Escriba dónde es, o el enlace de la videollamada."),
        "outcome.missing": N_("Elija cómo le fue a la persona."),
        "offer_until.missing": N_("Escriba hasta qué día espera la respuesta."),
        "why.missing": N_("Elija la razón. La persona la lee."),
    }
    version: int
    interview_day: WrittenDate | None = None
    interview_hour: WrittenTime | None = None
    interview_place: str = ""
    outcome: Annotated[Outcome | None, BeforeValidator(_none)] = None
    why: Annotated[WhyNot | None, BeforeValidator(_none)] = None
    offer_until: WrittenDate | None = None

    def move(self, action: CandidacyAction) -> Move:
        """As the law reads it; the hour is that of Honduras."""
        at = None
        if self.interview_day and self.interview_hour:
            at = datetime.combine(self.interview_day, self.interview_hour, LEGAL_ZONE)
        why = self.why if action is CandidacyAction.PASS_OVER else None
        return Move(action, at, self.interview_place, self.outcome, why, self.offer_until)


@dataclass(frozen=True)
class CandidatesPage:
    """The people of a vacancy, and what it asks for."""

    path: str
    seen: Candidates
    form: Form
    done: str = ""
    refusal: Conflict | None = None
    languages: Sequence[str] = WORK_LANGUAGES
    schooling: Sequence[Education] = tuple(Education)
    licences: Sequence[Licence] = tuple(Licence)


@dataclass(frozen=True)
class CandidatePage:
    """One of the people, with what may be done now."""

    path: str
    list: str
    seen: Candidates
    one: Candidate
    form: Form
    done: str = ""
    refusal: Conflict | Stale | None = None
    outcomes: Sequence[Outcome] = tuple(Outcome)
    reasons: Sequence[WhyNot] = EMPLOYERS_REASONS


@router.get(PATH)
def list_candidates(
    request: Request, work: SignedInWork, vacancy: UUID, hecho: str = ""
) -> Response:
    """Who was pre-selected; whose name is shown can read that it was."""
    return _show(request, replace(_page(work, vacancy), done=hecho))


@router.post(PATH + "/requisitos")
def save_requirements(
    request: Request, work: SignedInWork, vacancy: UUID, posted: Posted
) -> Response:
    """Say what the vacancy asks for."""
    page = _page(work, vacancy)
    given = forms.check(WantedForm, posted)
    if isinstance(given, Form):
        return _show(request, replace(page, form=given), 422)
    try:
        with work.attempt():
            candidates.save_requirements(work, vacancy, given.requirements)
    except Invalid as error:
        return _show(request, replace(page, form=forms.refused(WantedForm, posted, error)), 422)
    except Conflict as refusal:
        return _show(request, replace(page, refusal=refusal), status_of(refusal))
    return RedirectResponse(f"/mis-vacantes/{vacancy}/candidatos?hecho=guardado", 303)


@router.get(ONE)
def show_candidate(
    request: Request, work: SignedInWork, vacancy: UUID, candidacy: UUID, hecho: str = ""
) -> Response:
    """One person, with the forms of what may be done now."""
    page = replace(_one(work, vacancy, candidacy), done=hecho)
    return render(request, "selections/candidate.html", page)


@router.post(ONE + "/{act}")
def move_candidate(
    request: Request, work: SignedInWork, vacancy: UUID, candidacy: UUID, act: str, posted: Posted
) -> Response:
    """Invite, tell how an interview went, offer, or pass over with a reason."""
    page = _one(work, vacancy, candidacy)
    if act not in ACTIONS:
        raise NotFound("no-such-page")
    given = forms.check(MoveForm, posted)
    if isinstance(given, Form):
        return _again(request, replace(page, form=given), 422)
    move = given.move(ACTIONS[act])
    try:
        with work.attempt():
            candidates.move_candidate(work, vacancy, candidacy, move, given.version)
    except Invalid as error:
        return _again(request, replace(page, form=forms.refused(MoveForm, posted, error)), 422)
    except (Conflict, Stale) as refusal:
        again = replace(_one(work, vacancy, candidacy), refusal=refusal)
        return _again(request, again, status_of(refusal))
    done = "" if move.action is CandidacyAction.PASS_OVER else f"/{candidacy}"
    return RedirectResponse(f"/mis-vacantes/{vacancy}/candidatos{done}?hecho=guardado", 303)


def _one(work: Work, vacancy: UUID, candidacy: UUID) -> CandidatePage:
    """One of the people; NotFound where they are not among those of the vacancy (any more)."""
    seen = candidates.read_candidates(work, vacancy)
    found = next((one for one in seen.people if one.candidacy.id == candidacy), None)
    if found is None:
        raise NotFound("no-such-candidacy")
    path = f"/mis-vacantes/{vacancy}/candidatos"
    return CandidatePage(f"{path}/{candidacy}", path, seen, found, Form())


def _again(request: Request, page: CandidatePage, status: int) -> Response:
    return render(request, "selections/candidate.html", page, status)


def _page(work: Work, vacancy: UUID) -> CandidatesPage:
    seen = candidates.read_candidates(work, vacancy)
    wanted = seen.requirements
    filled = forms.filled(
        WantedForm(
            years=wanted.years,
            proven=wanted.proven,
            languages=tuple(sorted(wanted.languages)),
            education=wanted.education,
            licences=tuple(sorted(wanted.licences)),
        )
    )
    return CandidatesPage(f"/mis-vacantes/{vacancy}/candidatos", seen, filled)


def _show(request: Request, page: CandidatesPage, status: int = 200) -> Response:
    return render(request, "selections/candidates.html", page, status)
