"""What officials note beside a case, for each other. A note decides nothing.

The worker may have a copy of what was noted once the round is closed (P19, own data): a note says
what its author would say to their face.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from permits.applications import Application, ApplicationId
from permits.approvals import find_note_faults
from permits.errors import Fault, Forbidden
from permits.people import Actor, Agency, PersonId
from permits.policies import Ties, check_read, check_review


@dataclass(frozen=True)
class CaseNote:
    """One official's words; `shared` with the other agencies of Honduras, or for the own alone."""

    id: UUID
    application: ApplicationId
    agency: Agency
    author: PersonId
    shared: bool
    words: str
    written_at: datetime


def check_note(actor: Actor, application: Application, ties: Ties) -> Agency:
    """The agency that a note is written for; nobody writes beside their own case."""
    agency = check_review(actor)
    check_read(actor, application)
    if actor.person == application.worker or ties.own:
        raise Forbidden("own-case")
    return agency


def find_faults(words: str) -> list[Fault]:
    """What is wrong with the words of a note."""
    return find_note_faults(words, "words") if words.strip() else [Fault("words-missing", "words")]
