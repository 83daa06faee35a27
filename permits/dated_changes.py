"""What an administrator changes without a release: proposed by one, approved by another, dated.

A change says what of which kind it changes, what it says from which day on, and where that comes
from. Nothing is overwritten: what counted before stays readable, and the newest first day that has
come is what counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from permits.errors import Conflict, Fault, Forbidden
from permits.people import Actor, PersonId


class ChangeKind(StrEnum):
    """What may be changed so."""

    TEXT = "text"
    """The words of a letter or a message."""
    LISTED = "listed"
    """A row of a reference list."""
    QUESTION = "question"
    """A question of a programme's own: that it is asked, or from when it is not."""


class ChangeState(StrEnum):
    """What became of a proposal."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


SOURCE_LIMIT = 300
"""Characters of where a change comes from: a decree, a minute, a letter."""


@dataclass(frozen=True)
class DatedChange:
    """One change of one thing; `content` is what it says, by the names of its kind.

    `source` tells where it comes from. `decided_by` is the other person, or its author where it
    was withdrawn.
    """

    id: UUID
    kind: ChangeKind
    subject: str
    content: Mapping[str, str]
    source: str
    valid_from: date
    proposed_by: PersonId
    proposed_at: datetime
    state: ChangeState = ChangeState.PROPOSED
    decided_by: PersonId | None = None
    decided_at: datetime | None = None


def find_faults(source: str, valid_from: date, today: date) -> list[Fault]:
    """What is wrong with the frame of a proposal: no source, or a day that is no later day."""
    checks: tuple[tuple[bool, str, str, dict[str, str | int]], ...] = (
        (not source.strip(), "missing", "source", {}),
        (len(source) > SOURCE_LIMIT, "too-long", "source", {"limit": SOURCE_LIMIT}),
        (valid_from <= today, "day-not-later", "valid_from", {}),
    )
    return [Fault(code, field, facts) for wrong, code, field, facts in checks if wrong]


def decided(
    change: DatedChange, actor: Actor, state: ChangeState, at: datetime, today: date
) -> DatedChange:
    """The change after somebody's word.

    Forbidden("own-proposal") for who approves or rejects what they proposed, and
    Forbidden("not-own-proposal") for who takes back another's. Conflict where it was settled
    before, and where its first day has come while it waited: nothing counts from a day behind us.
    """
    if change.state is not ChangeState.PROPOSED:
        raise Conflict("proposal-settled", state=change.state.value)
    own = actor.person == change.proposed_by
    if state is ChangeState.WITHDRAWN and not own:
        raise Forbidden("not-own-proposal")
    if state is not ChangeState.WITHDRAWN and own:
        raise Forbidden("own-proposal")
    if state is ChangeState.APPROVED and change.valid_from <= today:
        raise Conflict("proposal-too-late")
    return replace(change, state=state, decided_by=actor.person, decided_at=at)


def in_force(changes: Iterable[DatedChange], day: date) -> dict[str, DatedChange]:
    """The approved change that counts on a day, by subject; of one day the later approved."""
    counting = [
        one for one in changes if one.state is ChangeState.APPROVED and one.valid_from <= day
    ]
    counting.sort(key=lambda one: (one.valid_from, one.decided_at or one.proposed_at))
    return {one.subject: one for one in counting}
