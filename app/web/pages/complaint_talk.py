"""Under the number: what was told, what was answered, and what to add; every page by POST."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import StringConstraints
from starlette.datastructures import FormData

from app.services import complaint_evidence, complaint_numbers, complaint_talk, complaint_verifying
from app.services.complaint_keys import CaseSeal
from app.services.outages import Outage
from app.services.work import Work
from app.web import forms
from app.web.dependencies import address_of, now_of
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages.complaint_forms import Judged, StartPage, TalkPage, Written, received_of
from app.web.pages.complaints import PATH
from app.web.private_forms import IN_PRIVATE_TURN, NamelessWork, PrivateForm
from app.web.sounds import Heard, heard
from app.web.templating import render
from permits.errors import Conflict, Fault, Invalid, NotFound
from recruitment.complaints.filed import WORDS_LIMIT, Evidence, read_number, show_number

router = APIRouter(include_in_schema=False)

NUMBER, WRITE, FILE = PATH + "/numero", PATH + "/mensaje", PATH + "/archivo"
REMEDY = PATH + "/reparacion"


class Number(forms.Answers):
    """What somebody types to come back; `words` are of a page whose half hour was over."""

    wording: ClassVar[Mapping[str, str]] = {
        "number.missing": N_("Escriba los 16 números."),
        "number.complaint-number-wrong": N_("No hay nada con ese número. Revíselo con calma."),
        "number.complaint-pass-over": N_("Pasó media hora. Escriba otra vez su número."),
    }
    number: str
    words: Annotated[str, StringConstraints(max_length=WORDS_LIMIT)] = ""


class Wanted(forms.Answers):
    """A file of one's own to see or hear again."""

    entry: str
    file: UUID


@router.post(NUMBER, dependencies=IN_PRIVATE_TURN)
def come_back(request: Request, work: NamelessWork, posted: PrivateForm) -> Response:
    """Open what a number leads to; the same answer, in the same time, for one that is none.

    Counted by address before anything is hashed. At the first return the number is shown again, to
    be compared with what was noted.
    """
    answers = forms.check(Number, posted)
    if isinstance(answers, Form):
        return _door(request, answers, 422)
    request.app.state.complaints.take(address_of(request), now_of(request))
    digits = read_number(answers.number)
    found = complaint_numbers.open_by_number(work, digits) if digits else None
    if found is None:
        wrong = _refused("complaint-number-wrong", answers.number, answers.words)
        return _door(request, wrong, 422)
    number = show_number(digits) if digits and found.first_return else ""
    return _talk(request, work, found.seal, Form({"words": (answers.words,)}), number=number)


@router.post(WRITE)
def write(request: Request, work: NamelessWork, posted: PrivateForm) -> Response:
    """Add words, files or a wish, and show the conversation with it."""
    answers = forms.check(Written, posted)
    seal = complaint_numbers.read_pass(work, _entry(posted))
    typed = Form(forms.typed(posted))
    if seal is None:
        return _door(request, _refused("complaint-pass-over", words=typed.value("words")), 422)
    if isinstance(answers, Form):
        return _talk(request, work, seal, answers, status=422)
    try:
        with work.attempt():
            complaint_talk.tell(
                work, seal, answers.words, answers.asks, received_of(posted), answers.after
            )
    except Invalid as invalid:
        return _talk(request, work, seal, forms.refused(Written, posted, invalid), status=422)
    except Outage as outage:
        away = Form(typed.values, (Fault(outage.code, "files"),))
        return _talk(request, work, seal, away, status=503)
    return _talk(request, work, seal, Form(), done=True)


@router.post(REMEDY)
def judge_remedy(request: Request, work: NamelessWork, posted: PrivateForm) -> Response:
    """Say that a remedy came, or not; what was typed stays where it changed meanwhile."""
    answers = forms.check(Judged, posted)
    seal = complaint_numbers.read_pass(work, _entry(posted))
    if seal is None:
        typed = Form(forms.typed(posted)).value("remedy_words")
        return _door(request, _refused("complaint-pass-over", words=typed), 422)
    if isinstance(answers, Form):
        return _talk(request, work, seal, answers, status=422)
    words, fault = answers.remedy_words.replace("\r\n", "\n"), None
    try:
        with work.attempt():
            said, seen = answers.said, answers.version
            complaint_verifying.say(work, seal, answers.remedy, said, words, seen=seen)
    except Invalid as invalid:
        (fault,) = invalid.faults
    except (NotFound, Conflict):
        fault = Fault("remedy-changed")
    if fault:
        form = Form(forms.typed(posted), (replace(fault, field=""),))
        return _talk(request, work, seal, form, status=409)
    return _talk(request, work, seal, Form(), done=True)


@router.post(FILE)
def show_file(request: Request, work: NamelessWork, posted: PrivateForm) -> Response:
    """A file of one's own as it was given; a voice is heard on the page of the conversation.

    A player asks for its sound by GET, which this address has not: a number stands in no address.
    """
    answers = forms.check(Wanted, posted)
    seal = complaint_numbers.read_pass(work, _entry(posted))
    if seal is None or isinstance(answers, Form):
        return _door(request, _refused("complaint-pass-over"), 422)
    try:
        piece, data = complaint_evidence.read_own(work, seal, answers.file)
    except (NotFound, Conflict) as gone:
        return _talk(request, work, seal, Form({}, (Fault(gone.code),)), status=404)
    if piece.kind is Evidence.VOICE:
        return _talk(request, work, seal, Form(), voice=heard(piece.media_type, data))
    return Response(data, 200, {"Content-Disposition": "inline"}, piece.media_type)


def _entry(posted: FormData) -> str:
    entry = posted.get("entry")
    return entry if isinstance(entry, str) else ""


def _refused(code: str, number: str = "", words: str = "") -> Form:
    return Form({"number": (number,), "words": (words,)}, (Fault(code, "number"),), Number.wording)


def _door(request: Request, form: Form, status: int = 200) -> Response:
    return render(request, "complaints/start.html", StartPage(form), status)


def _talk(
    request: Request,
    work: Work,
    seal: CaseSeal,
    form: Form,
    *,
    status: int = 200,
    number: str = "",
    done: bool = False,
    voice: Heard | None = None,
) -> Response:
    """The conversation, with a fresh pass in its forms."""
    try:
        talk = complaint_talk.read_conversation(work, seal)
        remedies = complaint_verifying.list_told(work, seal, talk.filed)
    except (NotFound, Conflict):  # shredded, or damaged, while its page stood open
        return _door(request, _refused("complaint-number-wrong"), 422)
    entry = complaint_numbers.make_pass(work, seal)
    asks = complaint_talk.list_requests(work, talk.filed)
    page = TalkPage(form, entry, talk, asks, number, done, voice, remedies)
    return render(request, "complaints/talk.html", page, status)
