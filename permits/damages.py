"""What a check of the log may find, and which of it came first."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What was done to the log.

    `altered`: an event, a leaf or a kept node is not what was sealed; `removed`: it is gone;
    `inserted`: an event among those that are sealed, without a leaf, or a leaf beyond the newest
    checkpoint; `reordered`: two events changed places; `back-dated`: an event claims a time long
    before the checkpoint that it came after; `rewritten`: events and leaves agree with each other
    and not with what was signed; `forged`: a checkpoint whose signature or form does not hold.
    """

    ALTERED = "altered"
    REMOVED = "removed"
    INSERTED = "inserted"
    REORDERED = "reordered"
    BACK_DATED = "back-dated"
    REWRITTEN = "rewritten"
    FORGED = "forged"


class Teller(StrEnum):
    """What it was seen by: a row of the log itself, or what stands beside it."""

    EVENT = "event"
    LEAF = "leaf"
    NODE = "node"
    CHECKPOINT = "checkpoint"
    ANCHOR = "anchor"


@dataclass(frozen=True)
class Damage:
    """One thing found: in the leaves from `leaf` to `last`, both included, as far as known.

    `event` is the id of the event where one is named; `last` is `leaf` where just one is meant.
    """

    kind: Kind
    told_by: Teller
    leaf: int | None = None
    last: int | None = None
    event: int | None = None


def first_of(damages: Sequence[Damage]) -> Damage | None:
    """The damage nearest to the beginning of the log, told as exactly as it can be.

    Where one is known by a range of leaves only, and another lies within that range, it is the
    narrower that is meant. What has no place in the order of leaves comes last.
    """
    placed = [damage for damage in damages if damage.leaf is not None]
    if not placed:
        return min(damages, key=lambda damage: damage.event or 0, default=None)
    begin, end = min(map(_range, placed))
    within = [
        damage for damage in placed if _range(damage)[0] >= begin and _range(damage)[1] <= end
    ]
    return min(within, key=_width)


def _range(damage: Damage) -> tuple[int, int]:
    first = damage.leaf or 0
    return first, first if damage.last is None else damage.last


def _width(damage: Damage) -> tuple[int, int, bool]:
    first, last = _range(damage)
    return last - first, first, damage.event is None
