"""R05: whoever is beside a worker marks that they may be a child; it stands until it is cleared.

A person marks what they saw, from a list: no words about a body, and no guess at an age. The mark
says nothing of the papers; in doubt the person counts as a minor (Convention 182). What was marked
by mistake is taken back with a reason, by who marked it or by a supervisor who looked into it.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from permits.applications import ApplicationId
from permits.errors import Conflict, Fault, refuse_if
from permits.people import PersonId

FINDING = "looks-like-child"
SOURCE = "R05; Convenio OIT 182"
REASON_LIMIT = 300


class Sign(StrEnum):
    """What made the agent think so."""

    LOOKS = "looks"
    SAID = "said"
    PAPER_OF_ANOTHER = "paper-of-another"
    TOLD_BY_ANOTHER = "told-by-another"


@dataclass(frozen=True)
class AgeMark:
    """A mark on an application; it stands while `ended_at` is None.

    `seen_by` is the first of those who clear marks who took note of it and goes on with it;
    `reason` tells why it was taken back, "" while it stands.
    """

    id: UUID
    application: ApplicationId
    sign: Sign
    marked_by: PersonId
    marked_at: datetime
    ended_by: PersonId | None = None
    ended_at: datetime | None = None
    reason: str = ""
    seen_by: PersonId | None = None
    seen_at: datetime | None = None


def check_seeing(mark: AgeMark) -> None:
    """Conflict("mark-ended") where nothing stands any more that somebody could go on with."""
    if mark.ended_at is not None:
        raise Conflict("mark-ended")


def check_ending(mark: AgeMark, reason: str) -> str:
    """The reason as it is kept; Invalid without one, Conflict("mark-ended") where it is gone."""
    if mark.ended_at is not None:
        raise Conflict("mark-ended")
    text = reason.strip()
    refuse_if([Fault("missing", "reason")] if not text else [])
    refuse_if(
        [Fault("too-long", "reason", {"limit": REASON_LIMIT})] if len(text) > REASON_LIMIT else []
    )
    return text
