"""Why evidence is opened: the short list that a handler chooses from, and the chain that it makes.

The chain (domain.md 3.6-6) tells who did what with a piece, when and why; ISO/IEC 27037 asks the
same of digital evidence. It stands in clear, so that no reason may tell of a case's content: hence
a list and no words.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from recruitment.complaints.filed import Evidence


class Reason(StrEnum):
    """Why somebody of the office opens a piece of evidence."""

    SCREENING = "screening"
    """To judge how grave a case is and whether it is the office's."""
    INVESTIGATION = "investigation"
    PROTECTION = "protection"
    """To keep somebody safe."""
    SECOND_REVIEW = "second-review"
    """To approve another's finding, or to decide an appeal."""
    REFERRAL = "referral"
    """To hand the case over."""
    DATA_REQUEST = "data-request"
    """To answer who asks for what is kept about them."""
    REVIEW = "review"
    """Of before decision 93, when nobody was asked."""


CHOICES = tuple(one for one in Reason if one is not Reason.REVIEW)


@dataclass(frozen=True)
class Link:
    """One link of a chain: what was done, by whom by name, when and why, by codes.

    What a complainant gave has no person and no hour, but the day alone.
    """

    step: str
    who: str = ""
    at: datetime | None = None
    why: str = ""


@dataclass(frozen=True)
class Held:
    """A piece of evidence with its chain; `sha256` is of the file as it came, `size` its bytes."""

    kind: Evidence
    size: int
    sha256: str
    added_on: date
    chain: tuple[Link, ...]
