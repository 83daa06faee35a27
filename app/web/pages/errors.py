"""The pages that say what went wrong and what to do next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import HTMLResponse

from app.web.templating import render
from permits.errors import Fault

PAGES = frozenset({400, 403, 404, 405, 409, 412, 413, 415, 422, 428, 429, 500, 503})
"""Statuses with a page of their own; any other shows the one of 409 or 500."""


@dataclass(frozen=True)
class ErrorPage:
    """`code` and `facts` choose the words; `request_id` is what to tell on the phone."""

    code: str
    facts: Mapping[str, str | int]
    faults: tuple[Fault, ...]
    request_id: str


def show_error(
    request: Request,
    status: int,
    code: str,
    facts: Mapping[str, str | int],
    faults: Sequence[Fault],
) -> HTMLResponse:
    """The page of a refusal, in the language of the visitor."""
    request_id = str(getattr(request.state, "request_id", ""))
    page = ErrorPage(code, facts, tuple(faults), request_id)
    known = status if status in PAGES else 500 if status >= 500 else 409
    return render(request, f"errors/{known}.html", page, status)
