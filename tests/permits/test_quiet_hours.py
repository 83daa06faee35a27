"""Messages that may wait wait for the morning in Honduras; what is urgent goes out at any hour."""

from datetime import UTC, datetime, time, timedelta

import pytest

from permits.notices import NoticeKind
from permits.quiet_hours import URGENT, QuietHours, read_hours

NIGHT = QuietHours(time(20), time(6))
SIX = datetime(2026, 11, 24, 12, tzinfo=UTC)
"""Six in the morning in Honduras."""

MAY_WAIT = {
    "contract-offered",
    "contract-waits",
    "cost-paid",
    "cost-part-late",
    "cost-plan",
    "welfare-answered",
    "registration-judged",
    "registration-verified",
    "answer-due",
    "appeal-overturned",
    "appeal-upheld",
    "application-approved",
    "application-lapsed",
    "application-refused",
    "application-returned",
    "appointment-cancelled",
    "appointment-tomorrow",
    "arrival-asked",
    "check-in",
    "candidacy-ended",
    "crew-registered",
    "employer-asked",
    "employer-barred",
    "employer-barred-permit",
    "employer-change-lapsed",
    "employer-change-refused",
    "employer-change-told",
    "employer-changed",
    "first-agency-approved",
    "identity-change-refused",
    "identity-changed",
    "improvements-asked",
    "interview-invited",
    "offer-made",
    "orientation-cancelled",
    "orientation-invited",
    "other-farm-asked",
    "payslip-written",
    "permit-ready",
    "pool-asked",
    "pool-freed",
    "questions-asked",
    "return-appointment",
    "return-survey",
    "revocation-dropped",
    "revocation-proposed",
    "draft-unsent",
    "right-reinstated",
    "right-unused",
    "roster-ending",
    "stay-ending",
    "stay-over",
    "wage-raised",
}


def test_each_kind_is_urgent_or_may_wait() -> None:
    assert {kind.value for kind in set(NoticeKind) - URGENT} == MAY_WAIT
    assert {NoticeKind.PHONE_CODE, NoticeKind.CONSENT_CODE, NoticeKind.CHILD_ALERT} <= URGENT


@pytest.mark.feature("W11")
@pytest.mark.parametrize(
    ("left", "sent"),
    [
        (SIX - timedelta(hours=10), SIX),  # 20:00
        (SIX - timedelta(hours=10, seconds=1), None),
        (SIX - timedelta(hours=6), SIX),  # midnight
        (SIX - timedelta(seconds=1), SIX),
        (SIX, None),
        (SIX + timedelta(hours=9), None),
    ],
)
def test_what_may_wait_goes_out_when_the_night_is_over(
    left: datetime, sent: datetime | None
) -> None:
    assert NIGHT.send_at(NoticeKind.APPLICATION_APPROVED, left) == (sent or left)
    assert NIGHT.send_at(NoticeKind.PHONE_CODE, left) == left
    assert NIGHT.holds(left) == (sent is not None)


def test_hours_within_one_day() -> None:
    noon = read_hours("12:00-14:30")
    at = SIX + timedelta(hours=7)
    assert noon.send_at(NoticeKind.PERMIT_READY, at) == SIX + timedelta(hours=8, minutes=30)
    assert noon.send_at(NoticeKind.PERMIT_READY, SIX) == SIX


@pytest.mark.parametrize("written", ["", "20-6", "24:00-06:00", "20:00-06:60", "06:00-06:00"])
def test_what_is_no_hours_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"must"):
        read_hours(written)
    assert read_hours("20:00-06:00") == NIGHT
