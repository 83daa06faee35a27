"""What the pages show that need no service: start and sign-in."""

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
    session ended by itself, so that nobody thinks a mistake was theirs. `providers` are the keys
    and names of the institutions that sign their own officials in.
    """

    form: Form = dataclasses.field(default_factory=Form)
    refusal: str = ""
    facts: Mapping[str, str | int] = dataclasses.field(default_factory=dict)
    after: str = ""
    ended: bool = False
    demo_accounts: Sequence[DemoAccount] = ()
    providers: Sequence[tuple[str, str]] = ()
