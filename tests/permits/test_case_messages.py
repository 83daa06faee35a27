"""Which messages of a case its officials read, and how far each is."""

from datetime import UTC, datetime

import pytest

from permits.case_messages import READ_BESIDE, MessageState, state_of
from permits.notices import (
    ABOUT_ACCOUNTS,
    ABOUT_CHILDREN,
    ABOUT_COMPLAINTS,
    BY_SMS_ALONE,
    NoticeKind,
)

AT = datetime(2026, 11, 23, 15, tzinfo=UTC)

PRIVATE = {
    NoticeKind.CHECK_IN,
    NoticeKind.COST_PAID,
    NoticeKind.COST_PART_LATE,
    NoticeKind.COST_PLAN,
    NoticeKind.CREW_REGISTERED,
    NoticeKind.EMPLOYER_ASKED,
    NoticeKind.OTHER_FARM_ASKED,
    NoticeKind.PAYSLIP_WRITTEN,
    NoticeKind.POOL_FREED,
    NoticeKind.RETURN_SURVEY,
    NoticeKind.WELFARE_ANSWERED,
}


@pytest.mark.feature("N6")
def test_nothing_that_lets_in_or_was_said_in_confidence_stands_beside_a_case() -> None:
    kept = BY_SMS_ALONE | ABOUT_ACCOUNTS | ABOUT_CHILDREN | ABOUT_COMPLAINTS | PRIVATE
    assert READ_BESIDE & kept == set()


@pytest.mark.parametrize(
    ("attempts", "done", "failed", "reports", "state"),
    [
        (0, False, False, "", MessageState.WAITING),
        (3, False, False, "", MessageState.TRIED),
        (60, False, True, "", MessageState.GIVEN_UP),
        (3, True, False, "", MessageState.SENT),
        (60, True, True, "", MessageState.SENT),
        (0, True, False, "came", MessageState.DELIVERED),
        (0, True, False, "failed", MessageState.UNDELIVERED),
        (0, True, False, "failed, came", MessageState.DELIVERED),
    ],
)
def test_how_far_it_is(
    attempts: int, *, done: bool, failed: bool, reports: str, state: MessageState
) -> None:
    told = state_of(
        attempts=attempts,
        done_at=AT if done else None,
        failed_at=AT if failed else None,
        delivered_at=AT if "came" in reports else None,
        undelivered_at=AT if "failed" in reports else None,
    )
    assert told is state
