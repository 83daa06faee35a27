"""The employer answers whether they take a worker, by the link of a message; no account needed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import acceptances
from app.services.acceptances import Question
from app.web import forms
from app.web.dependencies import Posted, PublicWork
from app.web.i18n import N_
from app.web.templating import render
from permits.errors import Conflict, NotFound

router = APIRouter(include_in_schema=False)

PATH = "/empleadores/respuesta/{token}"


class Answer(forms.Answers):
    """Yes or no to one worker for one post."""

    wording: ClassVar[Mapping[str, str]] = {"answer.missing": N_("Elija una respuesta.")}
    answer: Literal["accept", "decline"]


@dataclass(frozen=True)
class QuestionPage:
    """`question` is None where the link is wrong or too old.

    `refusal` is the code of why the answer was not kept: another one stands, or nobody waits for
    it any more.
    """

    question: Question | None
    form: forms.Form
    refusal: str = ""


@router.get(PATH)
def show_question(request: Request, work: PublicWork, token: str) -> Response:
    """The question, or the answer that stands; a dead link says how to go on."""
    return _show(request, work, token, forms.Form())


@router.post(PATH)
def answer_question(request: Request, work: PublicWork, token: str, form: Posted) -> Response:
    """Keep the answer and show it; the same answer twice is one answer."""
    answers = forms.check(Answer, form)
    if isinstance(answers, forms.Form):
        return _show(request, work, token, answers, 422)
    try:
        with work.attempt():
            acceptances.answer_question(work, token, accepted=answers.answer == "accept")
    except NotFound:
        return _show(request, work, token, forms.Form())
    except Conflict as refusal:
        return _show(request, work, token, forms.Form(), 409, refusal=refusal.code)
    return _private(RedirectResponse(request.url.path, 303))


def _show(
    request: Request,
    work: PublicWork,
    token: str,
    form: forms.Form,
    status: int = 200,
    *,
    refusal: str = "",
) -> Response:
    try:
        question = acceptances.read_question(work, token)
    except NotFound:
        dead = QuestionPage(None, forms.Form())
        return _private(render(request, "acceptances/dead_link.html", dead, 404))
    page = QuestionPage(question, form, refusal)
    return _private(render(request, "acceptances/question.html", page, status))


def _private(response: Response) -> Response:
    """The address is the key to the answer: no other page is told of it."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
