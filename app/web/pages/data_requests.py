"""What people ask about their data, for the data-protection officer to answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import StringConstraints

from app.services import own_data
from app.services.own_data import WaitingRequest
from app.web import forms
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.templating import render
from permits.data_requests import WORDS_LIMIT, RequestStatus
from permits.errors import NotFound

router = APIRouter(include_in_schema=False, prefix="/pedidos-de-datos")

HERE = "/pedidos-de-datos"


class Answered(forms.Answers):
    """What was done about a request."""

    wording: ClassVar[Mapping[str, str]] = {"words.missing": N_("Escriba la respuesta.")}
    words: Annotated[str, StringConstraints(strip_whitespace=True, max_length=WORDS_LIMIT)]
    status: RequestStatus


@dataclass(frozen=True)
class RequestsPage:
    """What waits, the oldest first."""

    requests: Sequence[WaitingRequest]


@dataclass(frozen=True)
class RequestPage:
    """One request with its term, and the answer as it was typed."""

    waiting: WaitingRequest
    form: Form


@router.get("")
def show_requests(request: Request, work: SignedInReading) -> Response:
    """The open requests, the oldest first."""
    page = RequestsPage(own_data.list_requests(work))
    return render(request, "data_requests/list.html", page)


@router.get("/{identity:uuid}")
def show_request(request: Request, work: SignedInReading, identity: UUID) -> Response:
    """One open request with the field for its answer."""
    page = RequestPage(_open(work, identity), Form())
    return render(request, "data_requests/one.html", page)


@router.post("/{identity:uuid}")
def answer_request(
    request: Request, work: SignedInWork, identity: UUID, posted: Posted
) -> Response:
    """Done or not, with words to the person."""
    given = forms.check(Answered, posted)
    if isinstance(given, Form):
        page = RequestPage(_open(work, identity), given)
        return render(request, "data_requests/one.html", page, 422)
    own_data.answer_request(work, identity, given.status, given.words)
    return RedirectResponse(HERE, 303)


def _open(work: SignedInReading, identity: UUID) -> WaitingRequest:
    for waiting in own_data.list_requests(work):
        if waiting.request.id == identity:
            return waiting
    raise NotFound("no-such-request")
