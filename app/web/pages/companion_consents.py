"""A grown companion's own yes or no: by the link on their phone, or by a mark before a witness."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Literal
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import companion_consents
from app.services.companion_consents import Asked
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, PublicWork, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.templating import render
from permits.applications import Application
from permits.companions import Companion
from permits.errors import NotFound
from permits.people import Permission
from permits.policies import check_permission
from permits.tracking import read_receipt

router = APIRouter(include_in_schema=False)

LINK = "/acompanar/{token}"
MARKS = "/marcas-de-acompanantes"


class Said(forms.Answers):
    """Yes or no."""

    wording: ClassVar[Mapping[str, str]] = {"answer.missing": N_("Elija sí o no.")}
    answer: Literal["yes", "no"]


class Marked(Said):
    """Yes or no of somebody who is before the witness."""

    receipt: str = ""


@dataclass(frozen=True)
class AskedPage:
    """`asked` is None where the link is wrong or too old, or after a no; `gone` after a no."""

    asked: Asked | None
    form: Form = field(default_factory=Form)
    gone: bool = False


@dataclass(frozen=True)
class MarksPage:
    """Who of a receipt has not answered; `unknown`: nobody has this receipt."""

    receipt: str
    application: Application | None
    companions: Sequence[Companion]
    form: Form = field(default_factory=Form)
    unknown: bool = False


@router.get(LINK)
def show_question(request: Request, work: PublicWork, token: str) -> Response:
    """The question, or the yes that stands; a dead link says how to go on."""
    return _show(request, work, token, Form())


@router.post(LINK)
def answer_question(request: Request, work: PublicWork, token: str, form: Posted) -> Response:
    """Keep the answer; a no forgets who was asked, and says so."""
    said = forms.check(Said, form)
    if isinstance(said, Form):
        return _show(request, work, token, said, 422)
    try:
        companion_consents.answer_link(work, token, agrees=said.answer == "yes")
    except NotFound:
        return _show(request, work, token, Form())
    if said.answer == "no":
        return _private(render(request, "companions/ask.html", AskedPage(None, gone=True)))
    return _private(RedirectResponse(request.url.path, 303))


@router.get(MARKS)
def list_unanswered(request: Request, work: SignedInWork, recibo: str = "") -> Response:
    """Who travels along and has not answered, by the receipt that they bring."""
    check_permission(work.actor, Permission.CREW_WITNESS)
    return _list(request, work, read_receipt(recibo), Form({"recibo": (recibo,)}))


@router.post(MARKS + "/{companion:uuid}")
def record_mark(request: Request, work: SignedInWork, companion: UUID, form: Posted) -> Response:
    """Record what somebody said before the witness."""
    check_permission(work.actor, Permission.CREW_WITNESS)
    said = forms.check(Marked, form)
    if isinstance(said, Form):
        receipt = read_receipt(said.value("receipt"))
        return _list(request, work, receipt, said, 422)
    agrees = said.answer == "yes"
    companion_consents.witness_answer(work, companion, agrees=agrees)
    return RedirectResponse(f"{MARKS}?recibo={read_receipt(said.receipt)}", 303)


def _list(request: Request, work: Work, receipt: str, form: Form, status: int = 200) -> Response:
    page = MarksPage(receipt, None, (), form)
    if receipt:
        try:
            page = MarksPage(receipt, *companion_consents.list_unanswered(work, receipt), form)
        except NotFound:
            page, status = MarksPage(receipt, None, (), form, unknown=True), 404
    return render(request, "companions/marks.html", page, status)


def _show(
    request: Request,
    work: PublicWork,
    token: str,
    form: Form,
    status: int = 200,
) -> Response:
    try:
        page = AskedPage(companion_consents.read_link(work, token), form)
    except NotFound:
        page, status = AskedPage(None), 404
    return _private(render(request, "companions/ask.html", page, status))


def _private(response: Response) -> Response:
    """The address is the key to the answer: no other page is told of it."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
