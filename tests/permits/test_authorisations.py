"""The right on the edges of its days."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from permits.authorisations import (
    Authorisation,
    AuthorisationId,
    AuthorisationStatus,
    status_on,
)
from permits.deadlines import end_of, legal_day, start_of
from tests.permits.cases import CASE, DIGEST, NOW, person

FIRST, LAST = date(2026, 12, 1), date(2027, 2, 15)
RIGHT = Authorisation(
    AuthorisationId(UUID(int=1)), CASE, person(1), "coffee-hn-gt", 1, DIGEST, FIRST, LAST, NOW
)
DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date.min, AuthorisationStatus.GRANTED),
        (FIRST - DAY, AuthorisationStatus.GRANTED),
        (FIRST, AuthorisationStatus.ACTIVE),
        (LAST, AuthorisationStatus.ACTIVE),
        (LAST + DAY, AuthorisationStatus.EXPIRED),
        (date.max, AuthorisationStatus.EXPIRED),
    ],
)
def test_the_edges_of_its_days(day: date, expected: AuthorisationStatus) -> None:
    assert status_on(RIGHT, day) is expected


def test_the_last_day_ends_at_midnight_of_the_legal_zone_and_not_of_utc() -> None:
    assert status_on(RIGHT, legal_day(end_of(LAST) - TICK)) is AuthorisationStatus.ACTIVE
    assert status_on(RIGHT, legal_day(end_of(LAST))) is AuthorisationStatus.EXPIRED
    assert status_on(RIGHT, legal_day(start_of(FIRST) - TICK)) is AuthorisationStatus.GRANTED
    assert status_on(RIGHT, legal_day(start_of(FIRST))) is AuthorisationStatus.ACTIVE


def test_a_right_of_one_day_is_active_on_that_day() -> None:
    one = Authorisation(RIGHT.id, CASE, person(1), "coffee-hn-gt", 1, DIGEST, FIRST, FIRST, NOW)
    assert [status_on(one, FIRST + DAY * n) for n in (-1, 0, 1)] == list(AuthorisationStatus)
