"""A handler's way to complaints: the phrase, the hour that it opens, and who else may come in.

The token of the session's cookie seals what the phrase opened: no other session, no database and
no process without it opens anything. So the page asks for no other proof: the phrase is one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import SecretStr

from app.services import complaint_groups, complaint_keys
from app.services.complaint_groups import HandlerStanding
from app.services.complaint_keys import PHRASE_LEAST, UNLOCKED, Door
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, SignedInReading, SignedInWork, cookie_name
from app.web.forms import Form
from app.web.i18n import N_
from app.web.problems import status_of
from app.web.templating import render
from app.web.turns import IN_TURN
from permits.errors import Conflict, DomainError, Fault, Forbidden, Invalid, NotFound
from permits.people import PersonId

router = APIRouter(include_in_schema=False)

PATH = "/quejas/llave"


class Phrase(forms.Answers):
    """What opens complaints; never shown again."""

    wording: ClassVar[Mapping[str, str]] = {
        "phrase.missing": N_("Escriba su frase."),
        "phrase.phrase-wrong": N_("La frase no es correcta, o hubo muchos intentos. Espere."),
    }
    phrase: SecretStr


class NewPhrase(Phrase):
    """A phrase, typed twice."""

    wording: ClassVar[Mapping[str, str]] = {
        **Phrase.wording,
        "again.missing": N_("Escriba su frase otra vez."),
        "again.phrases-differ": N_("Las dos frases no son iguales."),
    }
    again: SecretStr


class Colleague(forms.Answers):
    """Whom it is about."""

    person: UUID


@dataclass(frozen=True)
class KeyPage:
    """How far the way is open; the others, for who is in. `done` is what was done just now.

    `anew`: a phrase is to be chosen in the place of another.
    """

    form: Form
    door: Door
    handlers: Sequence[HandlerStanding] = ()
    own: PersonId | None = None
    anew: bool = False
    done: str = ""
    refusal: DomainError | None = None
    minutes: int = int(UNLOCKED.total_seconds() // 60)
    least: int = PHRASE_LEAST


def token_of(request: Request) -> str:
    """The token of the session's cookie, which alone opens what its phrase opened."""
    return request.cookies.get(cookie_name(request), "")


@router.get(PATH)
def show(request: Request, work: SignedInReading, hecho: str = "", otra: str = "") -> Response:
    """How far the way is open, and what opens it further; with `otra` a phrase is chosen anew."""
    return _page(request, work, Form(), done=hecho, anew=otra == "si")


@router.post(PATH + "/frase", dependencies=IN_TURN)
def choose(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """Choose a phrase, the first one or in the place of one that was forgotten."""
    answers = forms.check(NewPhrase, posted)
    if isinstance(answers, Form):
        return _page(request, work, _bare(answers), 422, anew=True)
    phrase = answers.phrase.get_secret_value()
    if phrase != answers.again.get_secret_value():
        wrong = Form({}, (Fault("phrases-differ", "again"),), NewPhrase.wording)
        return _page(request, work, wrong, 422, anew=True)
    try:
        with work.attempt():
            complaint_keys.choose_phrase(work, phrase)
    except Invalid as invalid:
        refused = Form({}, tuple(invalid.faults), NewPhrase.wording)
        return _page(request, work, refused, 422, anew=True)
    return RedirectResponse(f"{PATH}?hecho=frase", 303)


@router.post(PATH + "/abrir", dependencies=IN_TURN)
def unlock(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """Open for an hour; a wrong phrase says the same as one never chosen."""
    answers = forms.check(Phrase, posted)
    if isinstance(answers, Form):
        return _page(request, work, _bare(answers), 422)
    if not complaint_keys.unlock(work, token_of(request), answers.phrase.get_secret_value()):
        wrong = Form({}, (Fault("phrase-wrong", "phrase"),), Phrase.wording)
        return _page(request, work, wrong, 422)
    complaint_groups.rotate_without_leavers(work, token_of(request))
    return RedirectResponse(f"{PATH}?hecho=abierta", 303)


@router.post(PATH + "/cerrar")
def lock(request: Request, work: SignedInWork) -> Response:
    """Shut it, as before going away from the desk."""
    complaint_keys.lock(work, token_of(request))
    return RedirectResponse(f"{PATH}?hecho=cerrada", 303)


@router.post(PATH + "/dejar-entrar")
def let_in(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """Seal the group's key to a colleague who chose a phrase."""

    def act(person: PersonId) -> None:
        complaint_groups.let_in(work, token_of(request), person)

    return _about(request, work, posted, act, "dentro")


@router.post(PATH + "/quitar")
def shut_out(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """Begin a new group without a colleague, and seal every complaint to it."""

    def act(person: PersonId) -> None:
        complaint_groups.rotate(work, token_of(request), person)

    return _about(request, work, posted, act, "fuera")


def _about(
    request: Request,
    work: Work,
    posted: Posted,
    act: Callable[[PersonId], None],
    done: str,
) -> Response:
    answers = forms.check(Colleague, posted)
    if isinstance(answers, Form):
        return _page(request, work, Form({}, answers.faults), 422)
    try:
        with work.attempt():
            act(PersonId(answers.person))
    except (Conflict, Forbidden, NotFound) as refusal:
        return _page(request, work, Form(), status_of(refusal), refusal=refusal)
    return RedirectResponse(f"{PATH}?hecho={done}", 303)


def _bare(form: Form) -> Form:
    """The faults without what was typed: a phrase is never shown again."""
    return Form({}, form.faults, form.wording)


def _page(
    request: Request,
    work: Work,
    form: Form,
    status: int = 200,
    *,
    anew: bool = False,
    done: str = "",
    refusal: DomainError | None = None,
) -> Response:
    door = complaint_keys.door_of(work, token_of(request))
    inside = door is Door.OPEN
    others = complaint_groups.list_handlers(work) if inside else ()
    page = KeyPage(form, door, others, work.actor.person, anew, done, refusal)
    return render(request, "complaints/key.html", page, status)
