"""The worker's place on the roster: join, renew, leave; interviews, offers and their answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BeforeValidator, Field

from app.services import candidates, roster
from app.services.ports import Reference
from app.services.roster import OwnRoster, Profile
from app.services.work import Work
from app.web import forms
from app.web.answers import WrittenDate
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_, Locale, locale_of
from app.web.problems import status_of
from app.web.templating import render
from permits.applications import ApplicationId, Status
from permits.errors import Conflict, Invalid
from recruitment.candidacies import CandidacyAction
from recruitment.roster import (
    MOST_YEARS,
    WORK_LANGUAGES,
    Education,
    Licence,
    Proof,
    RosterEntry,
    Trade,
)

router = APIRouter(include_in_schema=False)

PATH = "/mi-solicitud/{application:uuid}/lista"
ACTIONS: Mapping[str, CandidacyAction] = {
    "aceptar": CandidacyAction.ACCEPT,
    "rechazar": CandidacyAction.DECLINE,
    "retirar": CandidacyAction.WITHDRAW,
}
"""The last part of an address, and what is done there."""

Years = Annotated[int, Field(ge=0, le=MOST_YEARS)]


def _none(text: object) -> object:
    return None if text == "" else text


class ProfileForm(forms.Answers):
    """What somebody says of their work; the second trade may be left out."""

    wording: ClassVar[Mapping[str, str]] = {
        "occupation.missing": N_("Elija el trabajo que mejor conoce."),
        "years.missing": N_("Escriba cuántos años. Escriba 0 si es menos de uno."),
        "proof.missing": N_("Elija cómo puede mostrarlo."),
        "other_years.missing": N_("Escriba cuántos años. Escriba 0 si es menos de uno."),
        "free_from.missing": N_("Escriba el día, el mes y el año."),
        "destinations.missing": N_("Elija al menos un país."),
    }
    occupation: str
    years: Years
    proof: Proof
    other_occupation: Annotated[str | None, BeforeValidator(_none)] = None
    other_years: Years | None = None
    other_proof: Annotated[Proof | None, BeforeValidator(_none)] = None
    work_languages: tuple[str, ...] = ()
    education: Annotated[Education | None, BeforeValidator(_none)] = None
    licences: tuple[Licence, ...] = ()
    free_from: WrittenDate
    free_until: WrittenDate | None = None
    destinations: tuple[str, ...] = ()

    @property
    def profile(self) -> Profile:
        """As the law reads it."""
        trades = [Trade(self.occupation, self.years, self.proof)]
        if self.other_occupation:
            proof = self.other_proof or Proof.NOTHING
            trades.append(Trade(self.other_occupation, self.other_years or 0, proof))
        return Profile(
            tuple(trades),
            frozenset(self.work_languages),
            self.education,
            frozenset(self.licences),
            self.free_from,
            self.free_until,
            frozenset(self.destinations),
        )


@dataclass(frozen=True)
class RosterPage:
    """The own place with the form; `occupations` are what may be chosen, by name."""

    path: str
    back: str
    own: OwnRoster
    form: Form
    occupations: Sequence[tuple[str, str]]
    done: str = ""
    refusal: Conflict | None = None
    languages: tuple[str, ...] = WORK_LANGUAGES
    schooling: tuple[Education, ...] = tuple(Education)
    licences: tuple[Licence, ...] = tuple(Licence)
    proofs: tuple[Proof, ...] = tuple(Proof)


@router.get(PATH)
def show_roster(
    request: Request, work: SignedInReading, application: UUID, hecho: str = ""
) -> Response:
    """Where one stands, and the form to join or renew."""
    return _show(request, work, application, done=hecho)


@router.post(PATH)
def join_roster(
    request: Request, work: SignedInWork, application: UUID, posted: Posted
) -> Response:
    """Join or renew; with faults the form as it was typed."""
    # It is there for the worker and for who helps with the draft, and for nobody else.
    roster.read_own(work, ApplicationId(application))
    given = forms.check(ProfileForm, posted)
    if isinstance(given, Form):
        return _show(request, work, application, 422, form=given)
    try:
        with work.attempt():
            roster.join_roster(work, ApplicationId(application), given.profile)
    except Invalid as error:
        refused = forms.refused(ProfileForm, posted, error)
        return _show(request, work, application, 422, form=refused)
    except Conflict as refusal:
        return _show(request, work, application, status_of(refusal), refusal=refusal)
    return RedirectResponse(f"/mi-solicitud/{application}/lista?hecho=anotado", 303)


@router.post(PATH + "/salir")
def leave_roster(request: Request, work: SignedInWork, application: UUID) -> Response:
    """Leave the roster."""
    try:
        with work.attempt():
            roster.leave_roster(work, ApplicationId(application))
    except Conflict as refusal:
        return _show(request, work, application, status_of(refusal), refusal=refusal)
    return RedirectResponse(f"/mi-solicitud/{application}/lista?hecho=salio", 303)


@router.post(PATH + "/{candidacy:uuid}/{answer}")
def answer_employer(
    request: Request, work: SignedInWork, application: UUID, candidacy: UUID, answer: str
) -> Response:
    """Accept or decline an offer, or withdraw; whoever accepts goes on with the application."""
    action = ACTIONS.get(answer, CandidacyAction.EXPIRE)
    try:
        with work.attempt():
            goes_on = candidates.answer_own(work, ApplicationId(application), candidacy, action)
    except Conflict as refusal:
        return _show(request, work, application, status_of(refusal), refusal=refusal)
    if action is CandidacyAction.ACCEPT and goes_on.status is Status.DRAFT:
        return RedirectResponse(f"/solicitud/{goes_on.id}", 303)
    return RedirectResponse(f"/mi-solicitud/{application}/lista?hecho=dicho", 303)


def _show(
    request: Request,
    work: Work,
    application: UUID,
    status: int = 200,
    *,
    form: Form | None = None,
    done: str = "",
    refusal: Conflict | None = None,
) -> Response:
    own = roster.read_own(work, ApplicationId(application))
    occupations = trades_of(work.ports.reference, locale_of(request))
    page = RosterPage(
        f"/mi-solicitud/{application}/lista",
        f"/mi-solicitud/{application}" if own.application.round else f"/solicitud/{application}",
        own,
        form or _filled(own),
        occupations,
        done,
        refusal,
    )
    return render(request, "roster/own.html", page, status)


def trades_of(reference: Reference, locale: Locale) -> tuple[tuple[str, str], ...]:
    """The trades that may be chosen, by their names in a language."""
    names = reference.occupations.items()
    return tuple(sorted(((code, locale.text(name)) for code, name in names), key=_by_name))


def _by_name(option: tuple[str, str]) -> str:
    return option[1]


def _filled(own: OwnRoster) -> Form:
    """The form with what was said last, or with what follows from the application."""
    if own.entry is None:
        read = [one for one in own.languages_read if one in WORK_LANGUAGES]
        return Form({"work_languages": read, "destinations": [own.application.programme]})
    return forms.filled(_form_of(own.entry))


def _form_of(entry: RosterEntry) -> ProfileForm:
    said = entry.profile
    first, other = said.trades[0], next(iter(said.trades[1:]), None)
    return ProfileForm(
        occupation=first.occupation,
        years=first.years,
        proof=first.proof,
        other_occupation=other.occupation if other else None,
        other_years=other.years if other else None,
        other_proof=other.proof if other else None,
        work_languages=tuple(sorted(said.languages)),
        education=said.education,
        licences=tuple(sorted(said.licences)),
        free_from=said.free_from,
        free_until=said.free_until,
        destinations=tuple(sorted(said.destinations)),
    )
