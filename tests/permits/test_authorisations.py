"""The life of a right, pair by pair, and its status on the edges of its days."""

import itertools
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from permits.authorisations import (
    MOVES,
    STANDING,
    Authorisation,
    AuthorisationAction,
    AuthorisationId,
    AuthorisationStatus,
    move_authorisation,
    status_on,
)
from permits.deadlines import end_of, legal_day, start_of
from permits.errors import Conflict
from tests.permits.cases import CASE, DIGEST, NOW, person

FIRST, LAST = date(2026, 12, 1), date(2027, 2, 15)
RIGHT = Authorisation(
    AuthorisationId(UUID(int=1)), CASE, person(1), "coffee-hn-gt", 1, DIGEST, FIRST, LAST, NOW
)
DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)
S = AuthorisationStatus

# Written out once more, so that a change of the table is a change of two places.
LEADS = {
    "granted": {"begin": "active", "suspend": "suspended", "revoke": "revoked", "end": "ended"},
    "active": {
        "suspend": "suspended",
        "revoke": "revoked",
        "end": "ended",
        "lapse": "ended",
        "expire": "expired",
    },
    "suspended": {
        "reinstate": "granted",
        "resume": "granted",
        "revoke": "revoked",
        "expire": "expired",
    },
    "revoked": {},
    "ended": {},
    "expired": {},
}


@pytest.mark.asvs("2.3.1")
@pytest.mark.feature("O16")
@pytest.mark.parametrize(
    ("status", "action"), list(itertools.product(AuthorisationStatus, AuthorisationAction))
)
def test_only_the_listed_moves_exist(
    status: AuthorisationStatus, action: AuthorisationAction
) -> None:
    after = LEADS[status.value].get(action.value)
    if after is not None:
        assert move_authorisation(status, action) is AuthorisationStatus(after)
        return
    with pytest.raises(Conflict) as refused:
        move_authorisation(status, action)
    assert refused.value.code == "no-such-right-move"
    assert refused.value.facts == {"status": status.value, "action": action.value}


def test_every_status_is_in_the_table_and_the_final_ones_lead_nowhere() -> None:
    assert set(LEADS) == {status.value for status in AuthorisationStatus}
    assert {status for status, _ in MOVES} == STANDING
    assert set(MOVES.values()) == set(AuthorisationStatus)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date.min, S.GRANTED),
        (FIRST - DAY, S.GRANTED),
        (FIRST, S.ACTIVE),
        (LAST, S.ACTIVE),
        (LAST + DAY, S.EXPIRED),
        (date.max, S.EXPIRED),
    ],
)
def test_the_edges_of_its_days(day: date, expected: AuthorisationStatus) -> None:
    assert status_on(RIGHT, day) is expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (FIRST - DAY, S.SUSPENDED),
        (FIRST + 9 * DAY, S.SUSPENDED),
        (FIRST + 10 * DAY, S.ACTIVE),
        (LAST + DAY, S.EXPIRED),
    ],
)
def test_a_suspension_ends_with_its_last_day_whoever_has_written_it_down(
    day: date, expected: AuthorisationStatus
) -> None:
    suspended = replace(RIGHT, stored=S.SUSPENDED, suspended_until=FIRST + 9 * DAY)
    assert status_on(suspended, day) is expected
    assert suspended.is_suspension_over(day) is (day > FIRST + 9 * DAY)
    before = replace(suspended, suspended_until=FIRST - 5 * DAY)
    assert status_on(before, FIRST - DAY) is S.GRANTED


@pytest.mark.parametrize("day", [date.min, FIRST, LAST + DAY])
def test_what_was_revoked_stays_revoked(day: date) -> None:
    assert status_on(replace(RIGHT, stored=S.REVOKED), day) is S.REVOKED


def test_the_last_day_ends_at_midnight_of_the_legal_zone_and_not_of_utc() -> None:
    assert status_on(RIGHT, legal_day(end_of(LAST) - TICK)) is S.ACTIVE
    assert status_on(RIGHT, legal_day(end_of(LAST))) is S.EXPIRED
    assert status_on(RIGHT, legal_day(start_of(FIRST) - TICK)) is S.GRANTED
    assert status_on(RIGHT, legal_day(start_of(FIRST))) is S.ACTIVE


def test_a_right_of_one_day_is_active_on_that_day() -> None:
    one = replace(RIGHT, valid_until=FIRST)
    told = [status_on(one, FIRST + DAY * n) for n in (-1, 0, 1)]
    assert told == [S.GRANTED, S.ACTIVE, S.EXPIRED]
