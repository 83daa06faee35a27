"""How long a file is kept, when its worker may have it gone, and that a hold beats both."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from permits.applications import Application, ApplicationId, Status
from permits.consents import expiry
from permits.deadlines import end_of
from permits.erasure import Erasure, Obstacle, erasure_of
from permits.retention import RULES
from permits.retention_terms import Period, Then
from tests.permits.cases import person

CHANGED = datetime(2026, 3, 1, 15, 0, tzinfo=UTC)
UNTIL = date(2027, 2, 15)


def application(status: Status, round_: int = 1) -> Application:
    return Application(
        ApplicationId(person(9)), person(1), "coffee-hn-gt", status, round_, 3, "d" * 64
    )


def asked(status: Status, days: float, *, round_: int = 1, held: bool = False) -> Erasure:
    valid_until = UNTIL if status is Status.APPROVED else None
    now = CHANGED + timedelta(days=days)
    return erasure_of(application(status, round_), CHANGED, valid_until, now, held=held)


@pytest.mark.feature("H8")
@pytest.mark.parametrize(
    ("status", "round_", "days", "obstacle"),
    [
        (Status.DRAFT, 0, 0, None),
        (Status.WITHDRAWN, 0, 0, None),
        (Status.WITHDRAWN, 1, 29.9, Obstacle.RECOURSE),
        (Status.WITHDRAWN, 1, 30, None),
        (Status.LAPSED, 2, 29.9, Obstacle.RECOURSE),
        (Status.LAPSED, 2, 30, None),
        (Status.REFUSED, 1, 89.9, Obstacle.RECOURSE),
        (Status.REFUSED, 1, 90, None),
        (Status.UNDER_REVIEW, 1, 4000, Obstacle.UNDER_WAY),
        (Status.RETURNED, 1, 4000, Obstacle.UNDER_WAY),
        (Status.APPROVED, 1, 4000, Obstacle.PERMIT),
    ],
)
def test_when_a_worker_may_have_a_file_gone(
    status: Status, round_: int, days: float, obstacle: Obstacle | None
) -> None:
    assert asked(status, days, round_=round_).obstacle == obstacle
    assert asked(status, days, round_=round_, held=True) == Erasure(Obstacle.HELD, None, None)


@pytest.mark.parametrize(
    ("status", "round_", "due"),
    [
        (Status.DRAFT, 0, CHANGED + timedelta(days=90)),
        (Status.WITHDRAWN, 0, CHANGED + timedelta(days=90)),
        (Status.WITHDRAWN, 1, CHANGED.replace(year=2028)),
        (Status.LAPSED, 1, CHANGED.replace(year=2028)),
        (Status.REFUSED, 1, CHANGED.replace(year=2028)),
        (Status.APPROVED, 1, end_of(UNTIL).replace(year=2032)),
        (Status.UNDER_REVIEW, 1, None),
        (Status.RETURNED, 1, None),
    ],
)
def test_when_a_file_goes_by_itself(status: Status, round_: int, due: datetime | None) -> None:
    assert asked(status, 0, round_=round_).due_at == due


@pytest.mark.feature("H8")
def test_a_file_is_kept_as_long_as_a_recourse_waits() -> None:
    refused = application(Status.REFUSED)
    late = CHANGED + timedelta(days=4000)
    kept = erasure_of(refused, CHANGED, None, late, contested=True)
    assert kept == Erasure(Obstacle.RECOURSE, None, None)
    assert erasure_of(refused, CHANGED, None, late).obstacle is None


def test_an_approved_case_without_a_right_is_not_due() -> None:
    told = erasure_of(application(Status.APPROVED), CHANGED, None, CHANGED)
    assert (told.obstacle, told.due_at) == (Obstacle.PERMIT, None)


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        (Period(years=5), datetime(2024, 2, 29, tzinfo=UTC), datetime(2029, 2, 28, tzinfo=UTC)),
        (Period(years=4), datetime(2024, 2, 29, tzinfo=UTC), datetime(2028, 2, 29, tzinfo=UTC)),
        (Period(days=90), datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)),
    ],
)
def test_periods_count_calendar_years(period: Period, start: datetime, end: datetime) -> None:
    assert period.after(start) == end
    assert period.before(period.after(start)) <= start


@pytest.mark.feature("D8")
def test_a_consent_ends_five_years_after_the_work_as_its_text_promises() -> None:
    given = datetime(2026, 11, 23, 15, tzinfo=UTC)
    assert expiry(given, UNTIL) == end_of(UNTIL).replace(year=2032)
    assert expiry(given, None) == given.replace(year=2031)
    approved = replace(application(Status.APPROVED))
    assert erasure_of(approved, given, UNTIL, given).due_at == expiry(given, UNTIL)


def test_every_line_of_the_table_says_why_and_what_then() -> None:
    for rule in RULES:
        assert rule.purpose
        assert rule.basis
        assert rule.since
        assert (rule.keep is None) == (rule.then is Then.STAYS)
