"""Taking a right back: one official proposes it, another of the same agency confirms it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from permits.approvals import find_note_faults
from permits.authorisations import AuthorisationId
from permits.errors import Fault
from permits.people import Agency, PersonId
from permits.retaliation import Origin

RevocationId = NewType("RevocationId", UUID)


class RevocationGround(StrEnum):
    """Coded grounds of a revocation (domain table 4.4, and fraud)."""

    RE_ENTRY_BAN = "M1"
    ALERT = "M2"
    DOCUMENT_FALSE_OR_EXPIRED = "M3"
    OVERSTAY = "M4"
    FRAUD = "fraud"


GROUNDS_OF: Mapping[Agency, frozenset[RevocationGround]] = {
    Agency.SETRASS: frozenset({RevocationGround.FRAUD}),
    Agency.INM: frozenset(RevocationGround),
    Agency.CONSULATE: frozenset(),
}
"""Migration grounds are for INM alone to state; a consulate takes back no right of Honduras."""


URGENT = frozenset({RevocationGround.RE_ENTRY_BAN, RevocationGround.ALERT})
"""An order from outside the agency, of a court or of security: it waits for no other office."""


DECIDED_WITHIN = 10
"""Working days in which a colleague confirms or rejects a proposal (proposed); then it is late."""

LAPSES_AFTER = 20
"""Working days after which a proposal that nobody decided on counts no more (proposed).

Until then its worker can neither end the right nor know where they stand.
"""


class Hearing(StrEnum):
    """How the worker was heard before."""

    IN_PERSON = "in-person"
    IN_WRITING = "in-writing"
    NOT_REACHED = "not-reached"


class Outcome(StrEnum):
    """What became of a proposal; `withdrawn` by who made it, `lapsed` by time.

    The others by somebody else.
    """

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


@dataclass(frozen=True)
class Revocation:
    """A proposal to take a right back, and what became of it.

    `hearing` is what the worker said, or how they were looked for; `note` tells the worker why.
    `follows` is that of the right before, by which a right that goes on from it was taken back
    with it: one measure, of the same two people, with one recourse.
    """

    id: RevocationId
    authorisation: AuthorisationId
    worker: PersonId
    agency: Agency
    grounds: tuple[RevocationGround, ...]
    origin: Origin
    heard: Hearing
    hearing: str
    note: str
    proposed_by: PersonId
    proposed_at: datetime
    outcome: Outcome = Outcome.PROPOSED
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    follows: RevocationId | None = None


def find_faults(
    agency: Agency, grounds: Collection[RevocationGround], hearing: str, note: str
) -> list[Fault]:
    """What is wrong with a proposal as handed in; all at once.

    Nobody loses a right unheard, nor without being told why.
    """
    checks = (
        (len(grounds) > 0, "grounds-missing", "grounds"),
        (not set(grounds) - GROUNDS_OF[agency], "grounds-of-other-agency", "grounds"),
        (bool(hearing.strip()), "hearing-missing", "hearing"),
        (bool(note.strip()), "note-missing", "note"),
    )
    faults = [Fault(code, field) for holds, code, field in checks if not holds]
    return faults + find_note_faults(hearing, "hearing") + find_note_faults(note)
