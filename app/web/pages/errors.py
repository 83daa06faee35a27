"""The pages that say what went wrong and what to do next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import HTMLResponse

from app.web import wording
from app.web.i18n import locale_of
from app.web.templating import render
from permits.errors import Fault

PAGES = frozenset({403, 404, 409, 412, 422, 429, 500, 503})
"""Statuses with a page of their own; any other shows the one of 409 or 500."""


@dataclass(frozen=True)
class ErrorPage:
    """`detail` and `faults` are words already; `request_id` is what to name on the phone."""

    status: int
    detail: str
    faults: tuple[str, ...]
    request_id: str


def show_error(
    request: Request,
    status: int,
    code: str,
    facts: Mapping[str, str | int],
    faults: Sequence[Fault],
) -> HTMLResponse:
    """The page of a refusal, in the language of the visitor."""
    locale = locale_of(request)
    page = ErrorPage(
        status,
        wording.say(locale, "refusal", code, facts),
        tuple(wording.say(locale, "fault", f.code, f.facts) for f in faults),
        str(getattr(request.state, "request_id", "")),
    )
    known = status if status in PAGES else 500 if status >= 500 else 409
    return render(request, f"errors/{known}.html", page, status)
