"""The desk of the complaints office: what is due, what waits for its word, and who opens cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import codecisions, complaint_desk, complaint_groups, complaint_keys
from app.services.codecisions import ListedCodecision
from app.services.complaint_desk import DeskRow, ShownPattern
from app.services.complaint_groups import HandlerStanding
from app.services.refusals import record_refusal
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, SignedInWork, cookie_name
from app.web.forms import Form
from app.web.i18n import N_
from app.web.problems import status_of
from app.web.templating import render
from permits.errors import Conflict, Fault, Invalid
from permits.people import PersonId

router = APIRouter(include_in_schema=False)

PATH = "/mesa-de-quejas"


class Phrase(forms.Answers):
    """The handler's own phrase, which opens cases for an hour."""

    wording: ClassVar[Mapping[str, str]] = {
        "phrase.missing": N_("Escriba su frase."),
        "phrase.phrase-wrong": N_("Esa frase no abre. Revísela con calma."),
    }
    phrase: str
    back: str = ""


class Said(forms.Answers):
    """What the office says of an employer's wish."""

    wording: ClassVar[Mapping[str, str]] = {
        "agreed.missing": N_("Elija si está de acuerdo."),
        "why.missing": N_("Escriba por qué."),
    }
    agreed: str
    why: str = ""


class Member(forms.Answers):
    """Who is let in, or shut out."""

    person: UUID


@dataclass(frozen=True)
class DeskPage:
    """Cases, wishes of employers, farms to be inspected, and the team; `about` is the failed form's
    wish."""

    rows: Sequence[DeskRow]
    over: bool
    wishes: Sequence[ListedCodecision]
    patterns: Sequence[ShownPattern]
    team: Sequence[HandlerStanding]
    unlocked: bool
    form: Form
    about: UUID | None = None
    refusal: Conflict | None = None


@router.get(PATH)
def show_desk(request: Request, work: SignedInWork, ver: str = "") -> Response:
    """What is due first; nothing of any case's content."""
    return show(request, work, over=ver == "cerrados")


@router.post(PATH + "/frase")
def choose_phrase(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """Choose a phrase of one's own; somebody of the team lets one in afterwards."""
    answers = forms.check(Phrase, posted)
    if isinstance(answers, Form):
        return show(request, work, 422, form=answers)
    try:
        with work.attempt():
            complaint_keys.choose_phrase(work, answers.phrase)
    except Invalid as invalid:
        return show(request, work, 422, form=forms.refused(Phrase, posted, invalid))
    return RedirectResponse(PATH, 303)


@router.post(PATH + "/abrir")
def unlock(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """Open cases for an hour of this session, and go on to the case that was wanted."""
    answers = forms.check(Phrase, posted)
    if isinstance(answers, Form):
        return show(request, work, 422, form=answers)
    if not complaint_keys.unlock(work, token_of(request), answers.phrase):
        wrong = Form({}, (Fault("phrase-wrong", "phrase"),), Phrase.wording)
        return show(request, work, 422, form=wrong)
    return RedirectResponse(f"{PATH}/{answers.back}" if _is_id(answers.back) else PATH, 303)


@router.post(PATH + "/cerrar")
def lock(request: Request, work: SignedInWork) -> Response:
    """Shut what this session may open."""
    complaint_keys.lock(work, token_of(request))
    return RedirectResponse(PATH, 303)


@router.post(PATH + "/equipo/dejar-entrar")
def let_in(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """Give a colleague who chose a phrase the key of the office."""
    return _change_team(request, work, posted, shut_out=False)


@router.post(PATH + "/equipo/quitar")
def shut_out(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """Take it from who leaves: the key of every case is sealed anew."""
    return _change_team(request, work, posted, shut_out=True)


@router.post(PATH + "/consultas/{codecision:uuid}")
def answer_wish(request: Request, work: SignedInWork, codecision: UUID, posted: Posted) -> Response:
    """The office's word on what an employer wishes against a permit."""
    answers = forms.check(Said, posted)
    if isinstance(answers, Form):
        return show(request, work, 422, form=answers, about=codecision)
    why, agreed = answers.why.replace("\r\n", "\n"), answers.agreed == "yes"
    try:
        with work.attempt():
            codecisions.answer_codecision(work, codecision, why, agreed=agreed)
    except Invalid as invalid:
        wrong = forms.refused(Said, posted, invalid)
        return show(request, work, 422, form=wrong, about=codecision)
    except Conflict as refusal:
        record_refusal(work, refusal.code, "answer_wish")
        return show(request, work, status_of(refusal), refusal=refusal)
    return RedirectResponse(PATH, 303)


def token_of(request: Request) -> str:
    """The secret of this session's cookie, which what was opened is sealed under."""
    return request.cookies.get(cookie_name(request), "")


def show(
    request: Request,
    work: Work,
    status: int = 200,
    *,
    over: bool = False,
    form: Form | None = None,
    about: UUID | None = None,
    refusal: Conflict | None = None,
) -> Response:
    """The desk as it stands."""
    token = token_of(request)
    page = DeskPage(
        complaint_desk.list_desk(work, over=over),
        over,
        codecisions.list_waiting(work),
        complaint_desk.list_patterns(work),
        complaint_desk.list_team(work),
        bool(token) and complaint_keys.is_unlocked(work, token),
        form or Form(),
        about,
        refusal,
    )
    return render(request, "complaint_desk/list.html", page, status)


def _change_team(request: Request, work: Work, posted: Posted, *, shut_out: bool) -> Response:
    answers = forms.check(Member, posted)
    if isinstance(answers, Form):
        return show(request, work, 422, form=answers)
    person, token = PersonId(answers.person), token_of(request)
    try:
        with work.attempt():
            if shut_out:
                complaint_groups.rotate(work, token, person)
            else:
                complaint_groups.let_in(work, token, person)
    except Conflict as refusal:
        record_refusal(work, refusal.code, "complaints_team")
        return show(request, work, status_of(refusal), refusal=refusal)
    return RedirectResponse(PATH, 303)


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
