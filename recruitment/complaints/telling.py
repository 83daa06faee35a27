"""Whom the office tells of danger, of a term that ended, and of what is due; never who has a part.

Danger (S1) goes to the duty list until somebody reads it, from the second time on to supervisors
too, and to everybody once its first hour is over. A breach goes to supervisors and to who holds
the case. Where nobody is left of those, everybody without a part is told. Where everybody has a
part an institution outside is: of danger at once and each hour, from the second day on once a day.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from permits.people import PersonId
from recruitment.complaints.handling import Ties

QUARTERS_AN_HOUR, QUARTERS_A_DAY = 4, 96
"""Danger is told by quarters of an hour."""


@dataclass(frozen=True)
class Hand:
    """Who handles complaints now: as a supervisor or not, and whether they are on duty."""

    person: PersonId
    supervises: bool = False
    on_duty: bool = False


def told_of_danger(
    hands: Collection[Hand], ties: Ties, nth: int, *, breached: bool
) -> Sequence[Hand]:
    """Who hears of danger that nobody has read, the `nth` time (from 1)."""
    may = _may(hands, ties)
    if breached:
        return may
    on_duty = [one for one in may if one.on_duty]
    if not on_duty:
        return may
    return [one for one in may if one.on_duty or (nth > 1 and one.supervises)]


def is_heard_by_nobody(hands: Collection[Hand], ties: Ties) -> bool:
    """Whether everybody of the office has a part in a case, so that no message of it goes there."""
    return not _may(hands, ties)


def rings_outside(before: int, now: int) -> bool:
    """Whether an institution outside is told again, of alarms of a quarter of an hour each.

    `before` have gone, `now` should have gone.
    """
    return _outside(now) > _outside(before)


def told_of_breach(hands: Collection[Hand], ties: Ties) -> Sequence[Hand]:
    """Who hears that a term ended: supervisors, and who holds the case."""
    may = _may(hands, ties)
    if not any(one.supervises for one in may):
        return may
    return [one for one in may if one.supervises or one.person == ties.handler]


def is_told_daily(hand: Hand, hands: Collection[Hand], ties: Ties, *, breached: bool) -> bool:
    """Whether a line of the day's message is for this person.

    Their own case, or one that nobody holds; to a supervisor also what is late. A case whose
    holder handles none any more is everybody's.
    """
    if hand.person in ties.out:
        return False
    held = ties.handler in {one.person for one in hands}
    return not held or ties.handler == hand.person or (breached and hand.supervises)


def told_of_leavers(hands: Collection[Hand]) -> Sequence[Hand]:
    """Who hears daily that somebody left and the key was not changed: supervisors, else all."""
    return [one for one in hands if one.supervises] or list(hands)


def _outside(alarms: int) -> int:
    first = min(alarms, QUARTERS_A_DAY)
    return -(-first // QUARTERS_AN_HOUR) + (alarms - first) // QUARTERS_A_DAY


def _may(hands: Collection[Hand], ties: Ties) -> Sequence[Hand]:
    return [one for one in hands if one.person not in ties.out]
