"""What the pages show that need no service: start, sign-in, errors."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.web.forms import Form


@dataclass(frozen=True)
class HomePage:
    """The start page; `season` names the harvest that takes applications, "" when none does."""

    season: str = ""


@dataclass(frozen=True)
class DemoAccount:
    """A sign-in that the demonstration shows to everybody; never made in production."""

    user: str
    password: str
    role: str


@dataclass(frozen=True)
class SignInPage:
    """The officials' sign-in.

    `refusal` is the code of why the last try was refused, with `facts` for its words. `after` is
    the own path to go to afterwards, "" for the first page of the role. `ended` tells that the
    session ended by itself, so that nobody thinks a mistake was theirs.
    """

    form: Form = dataclasses.field(default_factory=Form)
    refusal: str = ""
    facts: Mapping[str, str | int] = dataclasses.field(default_factory=dict)
    after: str = ""
    ended: bool = False
    demo_accounts: Sequence[DemoAccount] = ()


@dataclass(frozen=True)
class ErrorPage:
    """Something went wrong: the code says what, the page what to do.

    `code` with `facts` is a refusal of the law, "" where there is none. `request_id` helps whoever
    is called. `retry_after_seconds` stands on 429 and 503. `back` is an own path to go on from.
    """

    code: str = ""
    facts: Mapping[str, str | int] = dataclasses.field(default_factory=dict)
    request_id: str = ""
    retry_after_seconds: int | None = None
    back: str = "/"


ERROR_PAGES = frozenset({400, 403, 404, 405, 409, 412, 413, 415, 422, 428, 429, 500, 503})
"""The statuses that have a page of their own."""


def error_template(status: int) -> str:
    """The template for a status; unknown ones are told as the nearest kind."""
    if status in ERROR_PAGES:
        return f"errors/{status}.html"
    return "errors/400.html" if 400 <= status < 500 else "errors/500.html"
