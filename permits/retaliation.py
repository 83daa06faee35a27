"""Nobody loses a permit for having complained (domain 3.6-5): who asks, and who must agree.

What an employer wishes against a worker's permit always waits for the complaints office, whether
there is a complaint or not. So neither the wish, nor its refusal, nor the waiting tells anybody
that there is one.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType
from uuid import UUID

from permits.errors import Conflict, Fault, Forbidden
from permits.people import Actor, Agency, Permission, PersonId

PROTECTED_FOR = timedelta(days=90)
"""After a complaint is closed (domain 3.6-5, proposed; to be confirmed by counsel)."""

AGREED_FOR = timedelta(days=15)
"""So long an agreement holds; then the office is asked anew (proposed)."""

WORDS_LIMIT = 1000

CodecisionId = NewType("CodecisionId", UUID)
ShieldId = NewType("ShieldId", UUID)


class Origin(StrEnum):
    """Who asked for a right to be suspended or taken back."""

    OWN = "own"
    AUTHORITY = "authority"
    EMPLOYER = "employer"


class Wish(StrEnum):
    """What is wished against a permit."""

    SUSPEND = "suspend"
    REVOKE = "revoke"


class CodecisionState(StrEnum):
    """What the complaints office says of a wish."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"


@dataclass(frozen=True)
class Shield:
    """A worker whose complaint is open, or was closed a short while ago.

    Which complaint it is stands in no part of it. `ends_on` is None while it is open; the day
    itself is still shielded.
    """

    id: ShieldId
    worker: PersonId
    since: date
    ends_on: date | None = None

    def stands(self, day: date) -> bool:
        """Whether it shields its worker on a day."""
        return self.ends_on is None or day <= self.ends_on


@dataclass(frozen=True)
class Codecision:
    """A wish of an employer, as an official passed it on, and what the office said of it.

    `words` are what the employer says; `why` is the office's reason. An agreement counts for the
    agency that asked, and for the wish that was told.
    """

    id: CodecisionId
    authorisation: UUID
    worker: PersonId
    agency: Agency
    wish: Wish
    words: str
    asked_by: PersonId
    asked_at: datetime
    state: CodecisionState = CodecisionState.ASKED
    answered_by: PersonId | None = None
    answered_at: datetime | None = None
    why: str = ""

    def allows(self, wish: Wish, agency: Agency, now: datetime) -> bool:
        """Whether it lets this agency do what was wished now."""
        agreed = self.state is CodecisionState.AGREED and self.answered_at is not None
        fits = self.wish is wish and self.agency is agency
        return agreed and fits and now < (self.answered_at or now) + AGREED_FOR


def check_no_retaliation(
    origin: Origin,
    wish: Wish,
    agency: Agency,
    codecisions: Collection[Codecision],
    now: datetime,
    *,
    shielded: bool = False,
    urgent: bool = False,
) -> None:
    """Conflict("second-office-needed") where the office has to agree and did not.

    To what an employer asks always, whether the worker complained or not. For who is shielded to
    every other wish too, for an employer's wish comes in other clothes; but for what is `urgent`,
    which no office holds up: an order of a court, of the watch list or of migration control.
    """
    if origin is not Origin.EMPLOYER and (urgent or not shielded):
        return
    if not any(one.allows(wish, agency, now) for one in codecisions):
        raise Conflict("second-office-needed")


def check_ask(wish: Wish, agency: Agency, codecisions: Collection[Codecision]) -> None:
    """Conflict("codecision-waits") where the office looks at the same wish already."""
    waiting = (one for one in codecisions if one.state is CodecisionState.ASKED)
    if any(one.wish is wish and one.agency is agency for one in waiting):
        raise Conflict("codecision-waits")


def check_answer(actor: Actor, found: Codecision) -> None:
    """A handler answers, once, and never about themselves."""
    if not actor.can(Permission.COMPLAINT_HANDLE):
        raise Forbidden("not-permitted", permission=Permission.COMPLAINT_HANDLE.value)
    if actor.person in {found.worker, found.asked_by}:
        raise Forbidden("own-case")
    if found.state is not CodecisionState.ASKED:
        raise Conflict("codecision-answered")


def find_faults(words: str, field: str) -> list[Fault]:
    """What is wrong with the words of a wish, or with the reason of an answer."""
    if not words.strip():
        return [Fault("missing", field)]
    if len(words) > WORDS_LIMIT:
        return [Fault("too-long", field, {"limit": WORDS_LIMIT})]
    return []


def shield_ends(closed_on: date) -> date:
    """The last day on which a closed complaint shields its worker."""
    return closed_on + PROTECTED_FOR
