"""A complaint as it is kept in clear, and what was told, which is kept sealed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from permits.errors import Fault
from permits.folding import fold
from recruitment.complaints.remedies import RemedyAction
from recruitment.complaints.words import (
    Category,
    DangerSign,
    Filing,
    Flag,
    Outcome,
    Request,
    Severity,
    Status,
)

ComplaintId = NewType("ComplaintId", UUID)

DIGITS = 16
"""Of the complainant's number: 10^16 of them, as GlobaLeaks has them (domain.md 3.6-1)."""

WORDS_LIMIT = 8000
"""Letters of what is told at once: five pages."""

SHORT_LIMIT = 200
"""Letters of a name, a place or a way to be reached."""

MOST_FILES, MOST_FILES_AT_ONCE = 30, 5
FILE_LIMIT_BYTES = 5 * 1024 * 1024


class Side(StrEnum):
    """Who wrote a message of the conversation."""

    COMPLAINANT = "complainant"
    HANDLERS = "handlers"


class Evidence(StrEnum):
    """What kind of file somebody gave; told by its bytes, whatever its name says."""

    PHOTO = "photo"
    PAPER = "paper"
    """A PDF."""
    VOICE = "voice"


@dataclass(frozen=True)
class Filed:
    """What stands in clear of a complaint; everything else is under its key.

    `proposed` is the severity that follows from the answers, `severity` what a person decided.
    `hour` is kept only while the clock of an S1 or S2 runs, to the full hour; the day stays.
    `kept_out` are marks of who decided on its worker's permit; they name nobody.
    `source` tells whether two of them are of one person (`told_by`), and nothing else of whom.
    """

    id: ComplaintId
    filing: Filing
    categories: tuple[Category, ...]
    proposed: Severity
    department: str | None
    received_on: date
    status: Status = Status.RECEIVED
    severity: Severity | None = None
    flags: frozenset[Flag] = frozenset()
    outcome: Outcome | None = None
    employer: UUID | None = None
    farm: UUID | None = None
    handler: UUID | None = None
    due_on: date | None = None
    closed_on: date | None = None
    hour: datetime | None = None
    version: int = 1
    kept_out: bytes = b""
    source: bytes | None = None

    @property
    def gravity(self) -> Severity:
        """The severity that counts: the decided one, the proposed one before."""
        return self.severity or self.proposed


@dataclass(frozen=True)
class Told:
    """What somebody told when they filed; sealed under the case's key, and nowhere else.

    `name` and `reach` are empty where nobody said who they are; `about` is whom it is about where
    somebody tells it for another, `employer` as they wrote it, `farm` as they found it registered.
    """

    words: str
    signs: frozenset[DangerSign] = frozenset()
    employer: str = ""
    place: str = ""
    when: str = ""
    name: str = ""
    reach: str = ""
    about: str = ""
    language: str = "es"
    farm: str = ""


@dataclass(frozen=True)
class Message:
    """One message of the conversation; `place` counts from 1 in its case.

    `asks` is what the complainant asks for with it, None where they only tell; `remedy` what they
    say of a remedy: that it came, or not.
    """

    id: UUID
    complaint: ComplaintId
    place: int
    side: Side
    words: str
    written_on: date
    asks: Request | None = None
    remedy: RemedyAction | None = None


SAME_PHONE = 8
"""The last digits of a telephone's number, with or without its country's."""


def told_by(filing: Filing, told: Told) -> str | None:
    """Whose experience is told, in one form for one person; None where nobody said it.

    It is never kept as it stands: a keyed hash of it tells whether three cases are three people's
    (R37). A telephone goes from hand to hand, so that a first name stands beside it. Of a third
    party one teller speaks for many, and each of them counts.
    """
    if filing is Filing.ANONYMOUS or not told.name.strip():
        return None
    teller = _person(told.name, told.reach)
    if filing is not Filing.THIRD_PARTY:
        return teller
    return f"{teller} {fold(told.about)}" if told.about.strip() else None


def _person(name: str, reach: str) -> str:
    digits = "".join(one for one in reach if one.isdigit())
    if len(digits) >= SAME_PHONE:
        return f"{fold(name).split()[0]} {digits[-SAME_PHONE:]}"
    return " ".join(fold(f"{name} {reach}").split())


def find_faults(filing: Filing, categories: Sequence[Category], told: Told) -> list[Fault]:
    """Everything that keeps a complaint from being taken; lateness never does.

    Words may be missing where a voice or a photo tells it: the caller adds that. Who files by name
    says it, and a third party says for whom; an anonymous complaint that names its teller is
    refused, so that nobody gives their name by mistake.
    """
    faults = [] if categories else [Fault("complaint-about-missing", "categories")]
    if len(told.words) > WORDS_LIMIT:
        faults.append(Fault("too-long", "words", {"limit": WORDS_LIMIT}))
    if filing is Filing.NAMED and not told.name:
        faults.append(Fault("complaint-name-missing", "name"))
    if filing is Filing.ANONYMOUS and (told.name or told.reach):
        faults.append(Fault("complaint-names-anonymous", "name" if told.name else "reach"))
    short = ("employer", "place", "when", "name", "reach", "about")
    return faults + [
        Fault("too-long", name, {"limit": SHORT_LIMIT})
        for name in short
        if len(getattr(told, name)) > SHORT_LIMIT
    ]


def read_number(typed: str) -> str | None:
    """The 16 digits of a number as somebody typed it, blanks and dashes aside; None for others."""
    digits = "".join(letter for letter in typed if letter not in " -.\u00a0")
    return digits if len(digits) == DIGITS and digits.isascii() and digits.isdigit() else None


def show_number(digits: str) -> str:
    """The number in groups of four, as it is written down."""
    return " ".join(digits[at : at + 4] for at in range(0, DIGITS, 4))
