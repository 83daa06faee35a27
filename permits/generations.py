"""What is given out after a restore never repeats what was given out before it.

What was given out between the backup and the loss is unknown to the restored database: places in
the status list and receipts that people hold. So each restore begins a list of its own, numbered by
its instant, and marks the receipts from then on; neither rests on what the database remembers.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from permits.permit_numbers import ALPHABET

FIRST_LIST = 1
"""The status list of a house that was never restored."""

_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def list_after(now: datetime, standing: Iterable[int]) -> int:
    """Return the number of the list that a restore at `now` begins, above every one that stands.

    Two restores get different numbers even from the same backup, unless in the same second.
    """
    return max([int((now - _EPOCH).total_seconds()), *(number + 1 for number in standing)])


def receipt_mark(number: int) -> str:
    """Return what receipts end with while new permits stand on this list; "" for the first."""
    if number == FIRST_LIST:
        return ""
    mark = ""
    while number:
        number, digit = divmod(number, len(ALPHABET))
        mark = ALPHABET[digit] + mark
    return f"-{mark}"
