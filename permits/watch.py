"""The watch list: what is asked of it about a case, what it may answer, and the second look.

A hit is a flag of the case and no status: only who takes second looks knows of it. For everybody
else a case whose check is open waits, whether the list has not answered or has found something.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from permits.applications import ApplicationId
from permits.errors import Conflict, Fault, Forbidden, refuse_if
from permits.people import Actor, Permission, PersonId
from permits.policies import Ties, check_permission

NOTE_LIMIT = 1000
"""Characters of what a second look says of itself."""


class CheckState(StrEnum):
    """How a check of one round stands."""

    PENDING = "pending"
    """Not answered yet: the list is away, or has just been asked."""
    CLEAR = "clear"
    HIT = "hit"
    CLEARED = "cleared"
    """A hit that a second look found to be about somebody else, or no obstacle."""
    UPHELD = "upheld"


OPEN = frozenset({CheckState.PENDING, CheckState.HIT})
"""Nobody at INM decides meanwhile."""

ANSWERED = frozenset({CheckState.CLEAR, CheckState.CLEARED})
"""INM may decide; the list is asked again until it has."""


class SecondLook(StrEnum):
    """What whoever looks again says."""

    CLEAR = "clear"
    REFUSE = "refuse"


@dataclass(frozen=True)
class WatchQuery:
    """What the list is told of a person: what stands on the document, and nothing else."""

    document_kind: str
    document_number: str
    given_names: str
    surnames: str
    date_of_birth: date | None
    nationality: str


@dataclass(frozen=True)
class WatchCheck:
    """One question to the list about one round, or about the `change` of a name that is asked for.

    `references` are the list's own names of what it found, sealed where they are kept. `note` is
    what the second look wrote for colleagues of the same desk. `cleared_by` are those who cleared a
    hit of this round before the list found something else; their notes stay.
    """

    id: UUID
    application: ApplicationId
    round: int | None
    state: CheckState
    asked_at: datetime
    answered_at: datetime | None = None
    references: tuple[str, ...] = ()
    reviewed_by: PersonId | None = None
    reviewed_at: datetime | None = None
    note: str = field(default="", repr=False)
    cleared_by: tuple[PersonId, ...] = ()
    change: UUID | None = None

    @property
    def lookers(self) -> frozenset[PersonId]:
        """Everybody who took a second look at what it found."""
        reviewer = () if self.reviewed_by is None else (self.reviewed_by,)
        return frozenset((*reviewer, *self.cleared_by))


def asked_again(check: WatchCheck, found: Collection[str], now: datetime) -> WatchCheck:
    """What a check becomes that was answered before and is asked again while its case waits.

    Only what the list did not name before is a hit, however the others were judged: the same entry
    is looked at once. Nothing changes a hit that waits, nor one that was upheld.
    """
    new = tuple(one for one in found if one not in check.references)
    if check.state not in ANSWERED:
        return check
    if not new:
        return replace(check, answered_at=now)
    cleared = () if check.reviewed_by is None else (check.reviewed_by,)
    return replace(
        check,
        state=CheckState.HIT,
        answered_at=now,
        references=(*check.references, *new),
        reviewed_by=None,
        reviewed_at=None,
        cleared_by=(*check.cleared_by, *cleared),
    )


def check_looker(actor: Actor, involved: Collection[PersonId], ties: Ties) -> None:
    """Who had a part in the case before takes no second look at it; nor at their own.

    `involved` decided on it in any round, recommended or suspended, prepared it or what it gives
    anew (`services/involvement`).
    """
    check_permission(actor, Permission.WATCH_REVIEW)
    if ties.own:
        raise Forbidden("own-case")
    if ties.prepared:
        raise Forbidden("prepared-case")
    if actor.person in involved:
        raise Forbidden("involved-before")


def check_second_look(
    actor: Actor, check: WatchCheck, involved: Collection[PersonId], ties: Ties, note: str
) -> None:
    """Whether this looker may say so now.

    Conflict("second-look-over") where somebody was faster; Invalid for a note that is missing or
    too long.
    """
    check_looker(actor, involved, ties)
    if check.state is not CheckState.HIT:
        raise Conflict("second-look-over")
    faults = [] if note.strip() else [Fault("missing", "note")]
    if len(note) > NOTE_LIMIT:
        faults.append(Fault("too-long", "note", {"limit": NOTE_LIMIT}))
    refuse_if(faults)
