"""Who is inside when a permit ends hears of renewing first, and is asked once afterwards."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from permits.stays import (
    ASK_AFTER,
    OFFER_AHEAD,
    Standing,
    Stay,
    StayNotice,
    notice_due,
    standing_on,
)
from tests.permits.cases import NOW

LAST = date(2026, 12, 20)
DAY = timedelta(days=1)
STAY = Stay(UUID(int=1), UUID(int=2), "K3M9QF27XWP4", "HN-GT-1", NOW, LAST)
OFFERED = replace(STAY, renewal_offered_on=LAST - OFFER_AHEAD)


@pytest.mark.feature("B7", "N16")
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (LAST - OFFER_AHEAD - DAY, None),
        (LAST - OFFER_AHEAD, Standing.ENDING),
        (LAST, Standing.ENDING),
        (LAST + DAY, Standing.NOT_EXITED),
    ],
)
def test_where_a_stay_stands(day: date, expected: Standing | None) -> None:
    assert standing_on(STAY, day) is expected


@pytest.mark.feature("B7", "N16")
@pytest.mark.parametrize(
    ("stay", "day", "expected"),
    [
        (STAY, LAST - OFFER_AHEAD - DAY, None),
        (STAY, LAST - OFFER_AHEAD, StayNotice.RENEWAL_OFFERED),
        (STAY, LAST, StayNotice.RENEWAL_OFFERED),  # heard of late, heard of all the same
        (OFFERED, LAST, None),
        (OFFERED, LAST + ASK_AFTER, None),  # the journey home takes its day
        (OFFERED, LAST + ASK_AFTER + DAY, StayNotice.ASKED),
        (STAY, LAST + ASK_AFTER + DAY, StayNotice.ASKED),
        (replace(OFFERED, asked_on=LAST + 2 * DAY), LAST + 9 * DAY, None),
    ],
)
def test_what_a_person_is_told_and_when(stay: Stay, day: date, expected: StayNotice | None) -> None:
    assert notice_due(stay, day) is expected
