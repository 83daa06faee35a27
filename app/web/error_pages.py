"""The pages that say what went wrong and what to do next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse

from app.web.i18n import own_path
from app.web.templating import render
from permits.errors import Fault

PAGES = frozenset({400, 403, 404, 405, 409, 412, 413, 415, 422, 428, 429, 500, 503})
"""Statuses with a page of their own; any other shows the one of 409 or 500."""


@dataclass(frozen=True)
class ErrorPage:
    """`code` and `facts` choose the words; `request_id` is what to tell on the phone.

    `back` is the page to open again: the one with the form where a form was refused.
    `retry_after_seconds` is how long to wait, 0 where that is not known.
    """

    code: str
    facts: Mapping[str, str | int]
    faults: tuple[Fault, ...]
    request_id: str
    back: str = "/"
    retry_after_seconds: int = 0


def show_error(
    request: Request,
    status: int,
    code: str,
    facts: Mapping[str, str | int],
    faults: Sequence[Fault],
    wait: int = 0,
) -> HTMLResponse:
    """The page of a refusal, in the language of the visitor."""
    request_id = str(getattr(request.state, "request_id", ""))
    page = ErrorPage(code, facts, tuple(faults), request_id, _back(request), wait)
    known = status if status in PAGES else 500 if status >= 500 else 409
    return render(request, f"errors/{known}.html", page, status)


def _back(request: Request) -> str:
    """The page that was asked for, or the one whose form was sent; never another site's."""
    if request.method in {"GET", "HEAD"}:
        return request.url.path
    try:
        came_from = urlsplit(request.headers.get("referer", ""))
    except ValueError:  # half an IPv6 address
        return "/"
    own = came_from.netloc == request.headers.get("host", "")
    return own_path(came_from.path) if own else "/"
