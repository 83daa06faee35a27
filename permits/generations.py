"""What is given out after a restore never repeats what was given out before it.

What was given out between the backup and the loss is unknown to the restored database: places in
the status list and receipts that people hold. So each restore begins a list of its own, numbered by
its instant, and marks the receipts from then on; neither rests on what the database remembers.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from permits.permit_numbers import ALPHABET
from permits.status_list import SIZE, TTL

FIRST_LIST = 1
"""The status list that a house begins with."""

HALF_FULL = SIZE // 2
"""Places given of a list when the next is opened: a place is still drawn at random, and what is
drawn tells nothing of how many there are."""

KNOWN_AFTER = timedelta(seconds=TTL)
"""So long after its publication every reader with a network has a list."""

_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def list_after(now: datetime, standing: Iterable[int]) -> int:
    """Return the number of the list that a restore at `now` begins, above every one that stands.

    Two restores get different numbers even from the same backup, unless in the same second.
    """
    return max([int((now - _EPOCH).total_seconds()), *(number + 1 for number in standing)])


def list_following(number: int) -> int:
    """Return the number of the list that is opened when this one, the newest, is half full.

    A restore counts by its second, so it is above whatever was opened in the time that was lost:
    nobody gives out 65,536 places a second.
    """
    return number + 1


def receipt_mark(number: int) -> str:
    """Return what receipts end with after the restore that began this list; "" before the first."""
    if number == FIRST_LIST:
        return ""
    mark = ""
    while number:
        number, digit = divmod(number, len(ALPHABET))
        mark = ALPHABET[digit] + mark
    return f"-{mark}"
