"""When a right may be renewed, for which days, and what the checks see of a renewal."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from permits.authorisations import Authorisation, AuthorisationId, AuthorisationStatus
from permits.errors import Conflict
from permits.findings import Severity
from permits.programme_files import read
from permits.programmes import Programme
from permits.renewals import Renewal, check_renew, check_renewal, days_of, longest
from tests.permits.cases import CASE, DIGEST, NOW, WORKER
from tests.permits.test_offer_checks import with_offer
from tests.permits.test_programmes import given_mapping, threshold

FIRST, LAST = date(2026, 12, 1), date(2027, 1, 31)
RIGHT = Authorisation(
    AuthorisationId(UUID(int=5)), CASE, WORKER.person, "coffee-hn-gt", 1, DIGEST, FIRST, LAST, NOW
)
RENEWAL = Renewal(RIGHT.id, FIRST, LAST, (CASE,), stands=True)


def programme(maximum: int = 180, renewal: int | None = 30) -> Programme:
    mapping = given_mapping()
    mapping["validity"]["maximum_days"] = threshold(maximum)
    if renewal is None:
        del mapping["validity"]["renewal_days"]
    else:
        mapping["validity"]["renewal_days"] = threshold(renewal)
    return read(mapping)


@pytest.mark.feature("W22")
@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2027, 1, 1), None),
        (date(2027, 1, 31), None),
        (date(2026, 12, 31), "too-early-to-renew"),
        (date(2027, 2, 1), "right-not-active"),
    ],
)
def test_a_right_is_renewed_in_its_last_thirty_days(day: date, code: str | None) -> None:
    if code is None:
        check_renew(RIGHT, FIRST, programme(), day)
    else:
        with pytest.raises(Conflict, match=code):
            check_renew(RIGHT, FIRST, programme(), day)


@pytest.mark.parametrize("stored", [AuthorisationStatus.SUSPENDED, AuthorisationStatus.REVOKED])
def test_what_was_suspended_or_taken_back_is_not_renewed(stored: AuthorisationStatus) -> None:
    until = LAST if stored is AuthorisationStatus.SUSPENDED else None
    with pytest.raises(Conflict, match="right-not-active"):
        check_renew(replace(RIGHT, stored=stored, suspended_until=until), FIRST, programme(), LAST)


def test_a_right_that_has_not_begun_is_not_renewed() -> None:
    short = replace(RIGHT, valid_until=date(2026, 12, 20))
    with pytest.raises(Conflict, match="right-not-active"):
        check_renew(short, FIRST, programme(), date(2026, 11, 30))


def test_a_programme_without_the_row_has_no_renewal() -> None:
    with pytest.raises(Conflict, match="not-renewable"):
        check_renew(RIGHT, FIRST, programme(renewal=None), LAST)


@pytest.mark.feature("W22")
def test_the_whole_stay_ends_by_its_length_and_by_its_season() -> None:
    assert longest(FIRST, programme(100)) == date(2027, 3, 10)
    assert longest(FIRST, programme(180)) == date(2027, 4, 30)  # the season closes
    mapping = given_mapping()
    del mapping["season"]
    assert longest(FIRST, read(mapping)) == date(2027, 5, 29)
    # Who is shielded may stay ninety days more, for the proceedings.
    assert longest(FIRST, programme(180), shielded=True) == date(2027, 7, 29)
    last = replace(RIGHT, valid_until=date(2027, 4, 30))
    check_renew(last, FIRST, programme(180), date(2027, 4, 30), shielded=True)
    with pytest.raises(Conflict, match="stay-exhausted"):
        check_renew(RIGHT, FIRST, programme(62), LAST)
    check_renew(RIGHT, FIRST, programme(63), LAST)


@pytest.mark.feature("W22")
def test_the_new_right_follows_the_day_after_whatever_the_work_began() -> None:
    offer = with_offer(starts_on=FIRST, ends_on=date(2027, 3, 15)).offer
    assert offer is not None
    follows = (date(2027, 2, 1), date(2027, 3, 15))
    assert days_of(offer, programme(), date(2027, 1, 10), RENEWAL) == follows
    late = days_of(offer, programme(), date(2027, 2, 5), RENEWAL)  # decided after the end
    assert late == (date(2027, 2, 5), date(2027, 3, 15))
    short = days_of(offer, programme(70), date(2027, 1, 10), RENEWAL)
    assert short == (date(2027, 2, 1), date(2027, 2, 8))
    with pytest.raises(Conflict, match="offer-is-over"):
        days_of(replace(offer, ends_on=LAST), programme(), date(2027, 1, 10), RENEWAL)


@pytest.mark.feature("W22", "N12")
def test_who_is_shielded_stays_ninety_days_without_work_of_an_employer() -> None:
    """The pool's season is over, the next one has not begun, and nobody has to be named."""
    offer = with_offer(employer="", starts_on=date(2027, 10, 1), ends_on=date(2027, 12, 1)).offer
    assert offer is not None
    shielded = replace(RENEWAL, last_day=date(2027, 4, 30), shielded=True)
    on = date(2027, 4, 20)
    until = date(2027, 7, 29)
    assert days_of(offer, programme(180), on, shielded) == (date(2027, 5, 1), until)
    found = [
        (one.code, dict(one.facts)) for one in check_renewal(offer, programme(180), on, shielded)
    ]
    assert found[0] == ("renewal-shortened", {"until": until.isoformat()})
    assert not [code for code, _ in found if code in {"renewal-with-gap", "renewal-no-days"}]
    over = replace(offer, starts_on=FIRST, ends_on=LAST)
    assert days_of(over, programme(180), on, shielded) == (date(2027, 5, 1), until)
    employed = replace(over, employer="3f0f6f5e-0000-4000-8000-000000000001")
    for without, renewal in ((over, replace(shielded, shielded=False)), (employed, shielded)):
        with pytest.raises(Conflict, match="offer-is-over"):
            days_of(without, programme(180), on, renewal)


def test_a_first_right_is_counted_by_its_own_days() -> None:
    offer = with_offer(starts_on=FIRST, ends_on=date(2027, 3, 15)).offer
    assert offer is not None
    assert days_of(offer, programme(60), FIRST, None) == (FIRST, date(2027, 1, 29))
    late = date(2026, 12, 10)
    assert days_of(offer, programme(), late, None) == (late, date(2027, 3, 15))


@pytest.mark.feature("W22")
@pytest.mark.parametrize(
    ("starts", "ends", "renewal", "maximum", "found"),
    [
        (FIRST, date(2027, 2, 20), RENEWAL, 180, {}),
        (FIRST, date(2027, 2, 28), RENEWAL, 180, {}),
        (FIRST, date(2027, 3, 1), RENEWAL, 180, {"stay-needs-permit": Severity.WARN}),
        (date(2027, 2, 2), date(2027, 2, 20), RENEWAL, 180, {"renewal-with-gap": Severity.BLOCK}),
        (FIRST, LAST, RENEWAL, 180, {"renewal-no-days": Severity.BLOCK}),
        (FIRST, date(2027, 2, 20), RENEWAL, 70, {"renewal-shortened": Severity.INFO}),
        (
            FIRST,
            date(2027, 2, 20),
            replace(RENEWAL, stands=False),
            180,
            {"renewal-right-ended": Severity.BLOCK},
        ),
        (
            FIRST,
            date(2027, 2, 20),
            replace(RENEWAL, corrected=True),
            180,
            {"identity-corrected": Severity.BLOCK},
        ),
    ],
)
def test_what_the_checks_see(
    starts: date, ends: date, renewal: Renewal, maximum: int, found: dict[str, Severity]
) -> None:
    offer = with_offer(starts_on=starts, ends_on=ends).offer
    assert offer is not None
    seen = check_renewal(offer, programme(maximum), date(2027, 1, 20), renewal)
    assert {finding.code: finding.severity for finding in seen} == found


@pytest.mark.feature("W22")
@pytest.mark.parametrize(
    ("asked_on", "on", "late"),
    [
        (None, LAST, False),
        (None, LAST + timedelta(days=1), True),
        (LAST, LAST + timedelta(days=9), False),  # the agencies may take their time
        (LAST + timedelta(days=1), LAST + timedelta(days=9), True),
    ],
)
def test_a_renewal_is_handed_in_before_the_right_has_ended(
    asked_on: date | None, on: date, late: bool
) -> None:
    offer = with_offer(starts_on=FIRST, ends_on=date(2027, 2, 20)).offer
    assert offer is not None
    seen = check_renewal(offer, programme(), on, replace(RENEWAL, asked_on=asked_on))
    assert ("renewal-too-late" in {one.code for one in seen}) is late


ANEW = replace(RENEWAL, stands=False, anew_from=FIRST)
"""What a recourse gives anew: the days of the right that was taken back, and no others."""


@pytest.mark.feature("O10")
@pytest.mark.parametrize(
    ("day", "days"),
    [
        (date(2026, 11, 30), (FIRST, LAST)),
        (date(2027, 1, 10), (date(2027, 1, 10), LAST)),
        (LAST, (LAST, LAST)),
        (date(2027, 2, 1), None),
    ],
)
def test_what_is_given_anew_ends_where_the_right_before_would_have(
    day: date, days: tuple[date, date] | None
) -> None:
    offer = with_offer(starts_on=FIRST, ends_on=date(2027, 3, 15)).offer
    assert offer is not None
    seen = [finding.code for finding in check_renewal(offer, programme(), day, ANEW)]
    if days is None:
        assert seen == ["renewal-no-days"]
        with pytest.raises(Conflict, match="offer-is-over"):
            days_of(offer, programme(), day, ANEW)
    else:
        assert (seen, days_of(offer, programme(), day, ANEW)) == ([], days)
