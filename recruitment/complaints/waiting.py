"""What of a complainant's waits for the office: a message, an appeal, or word of retaliation.

Nothing that they write leaves at once: it is told by the day, and retaliation in steps of hours, so
that nobody's inbox says when somebody wrote.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from recruitment.complaints.handling import Deed, Ties
from recruitment.complaints.moves import MOVES, Action
from recruitment.complaints.telling import Hand, told_of_danger
from recruitment.complaints.words import Request, Status

MESSAGE_TOLD = timedelta(days=7)
"""So long a message that nobody answers is told daily: thanks need no answer."""

RETALIATION_EVERY = timedelta(hours=3)
"""So often word of retaliation goes out; within the first contact of danger (domain.md 3.3)."""

CARING = frozenset({Deed.CONTACT, Deed.PROTECT})
"""Deeds besides an answer by which somebody has taken care of who was punished."""


class Waiting(StrEnum):
    """What waits, the gravest first."""

    RETALIATION = "retaliation"
    APPEAL = "appeal"
    MESSAGE = "message"


@dataclass(frozen=True)
class Asked:
    """What a complainant wrote after their first message; `answered` by a later one of ours."""

    written_on: date
    asks: Request | None
    answered: bool


def appealed_on(status: Status, closed_on: date | None, said: Iterable[Asked]) -> date | None:
    """The first day on which they asked for an appeal against this closing; None where nobody did.

    The term counts to that day: that an office reads it later takes nobody's appeal away.
    """
    if closed_on is None or (status, Action.APPEAL) not in MOVES:
        return None
    days = [one.written_on for one in said if one.asks is Request.APPEAL]
    return min((day for day in days if day >= closed_on), default=None)


def find_waiting(
    status: Status,
    closed_on: date | None,
    said: Collection[Asked],
    cared_on: date | None,
    before: date,
) -> Mapping[Waiting, date]:
    """What waits of what was written before a day, each with the day since which it does.

    An appeal waits until it is opened. Retaliation waits until an answer, or an act of care on a
    later day (`cared_on`, the last): of one on the same day nobody knows which came first.
    """
    earlier = [one for one in said if one.written_on < before]
    found = {}
    if (appealed := appealed_on(status, closed_on, earlier)) is not None:
        found[Waiting.APPEAL] = appealed
    for one in earlier:
        if one.answered:
            continue
        if one.asks is Request.REPORT_RETALIATION:
            if cared_on is None or cared_on <= one.written_on:
                found.setdefault(Waiting.RETALIATION, one.written_on)
        elif one.asks is not Request.APPEAL and one.written_on >= before - MESSAGE_TOLD:
            found.setdefault(Waiting.MESSAGE, one.written_on)
    return {one: found[one] for one in Waiting if one in found}


def told_of_retaliation(hands: Collection[Hand], ties: Ties) -> Sequence[Hand]:
    """Who hears of retaliation: the duty list, supervisors, and who holds the case."""
    told = told_of_danger(hands, ties, 2, breached=False)
    own = (one for one in hands if one.person == ties.handler and one.person not in ties.out)
    return [*told, *(one for one in own if one not in told)]
