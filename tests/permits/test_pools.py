"""The pool of a department: its terms are the programme's floor, and its checks say so."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from permits.employer_changes import find_faults
from permits.findings import Severity
from permits.offer_checks import check_dates, check_hiring, check_wage
from permits.offers import from_mapping, to_mapping
from permits.pools import pool_id, pool_offer
from permits.programme_files import read
from permits.programmes import Hiring, Programme
from permits.quotas import Scope, quotas_of
from permits.wages import EmployerSize, MinimumWage
from tests.permits.test_eligibility import OFFER
from tests.permits.test_programmes import faults_of, given_mapping
from tests.permits.test_renewals import RIGHT
from tests.quotas import rule

WAGE = MinimumWage(
    "agriculture", EmployerSize.TO_10, Decimal("9053.00"), date(2025, 1, 1), None, "decree", True
)
LARGER = replace(WAGE, size=EmployerSize.OVER_150, per_month_hnl=Decimal(11637))
MAPPING = given_mapping() | {"hiring": ["named", "open"], "pool": ["HN-CP", "HN-OC"]}
COFFEE: Programme = read(MAPPING)


def offer(day: date, programme: Programme = COFFEE) -> Any:  # noqa: ANN401
    return pool_offer(programme, "HN-CP", [WAGE, LARGER], day)


@pytest.mark.feature("W1", "D4")
@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 11, 23), date(2026, 11, 23), date(2027, 2, 20)),  # 90 days without a visa
        (date(2027, 4, 1), date(2027, 4, 1), date(2027, 4, 30)),  # the season ends before
        (date(2027, 4, 30), date(2027, 4, 30), date(2027, 4, 30)),
        (date(2027, 5, 1), date(2027, 10, 1), date(2027, 12, 29)),  # for the next season
        (date(2026, 9, 30), date(2026, 10, 1), date(2026, 12, 29)),
    ],
)
def test_the_terms_are_the_floor_of_the_programme(day: date, first: date, last: date) -> None:
    found = offer(day)
    assert (found.starts_on, found.ends_on) == (first, last)
    assert (found.wage, found.unit, found.currency) == (Decimal("301.77"), "day", "HNL")
    assert (found.employer, found.employer_name, found.is_pool) == ("", "", True)
    assert (found.department, found.municipality, found.occupation) == ("HN-CP", "", "9211")
    assert from_mapping(to_mapping(found)) == found
    assert [*check_dates(found, COFFEE, day, special_stay=False)] == []
    assert [*check_wage(found, COFFEE, [WAGE, LARGER])] == []


def test_one_season_of_one_department_is_one_pool() -> None:
    this, next_ = offer(date(2026, 10, 1)), offer(date(2027, 5, 1))
    assert this.vacancy == offer(date(2027, 4, 30)).vacancy != next_.vacancy
    assert this.vacancy == str(pool_id("coffee-hn-gt", "HN-CP", date(2026, 10, 1)))
    others = {
        pool_id("coffee-hn-sv", "HN-CP", date(2026, 10, 1)),
        pool_id("coffee-hn-gt", "HN-OC", date(2026, 10, 1)),
    }
    assert this.vacancy not in {str(one) for one in others}


def test_where_there_is_none() -> None:
    day = date(2026, 11, 23)
    assert pool_offer(COFFEE, "HN-LE", [WAGE], day) is None
    assert pool_offer(COFFEE, "HN-CP", [LARGER], day) is None
    assert pool_offer(replace(COFFEE, pool=()), "HN-CP", [WAGE], day) is None


@pytest.mark.feature("O1")
def test_who_decides_is_told_that_it_is_a_pool() -> None:
    found = offer(date(2026, 11, 23))
    told = [(one.code, one.severity) for one in check_hiring(found, COFFEE, accepts=True)]
    assert told == [("employer-to-attach", Severity.INFO)]
    gone = replace(COFFEE, pool=("HN-OC",))
    told = [(one.code, one.severity) for one in check_hiring(found, gone, accepts=True)]
    assert ("pool-not-admitted", Severity.BLOCK) in told


def test_no_quota_of_an_employer_counts_for_it() -> None:
    rules = [rule(Scope.SEASON, 9), rule(Scope.DEPARTMENT, 5), rule(Scope.EMPLOYER, 1)]
    counted = quotas_of(rules, offer(date(2026, 11, 23)), date(2026, 11, 23))
    assert [one.scope for one in counted] == [Scope.SEASON, Scope.DEPARTMENT]


@pytest.mark.feature("W21")
@pytest.mark.parametrize(("department", "faults"), [("HN-CP", []), ("HN-OC", ["outside-pool"])])
def test_the_first_employer_is_in_the_department(department: str, faults: list[str]) -> None:
    now = replace(OFFER, vacancy="pool", employer="", department="HN-CP")
    wanted = replace(OFFER, department=department)
    programme = RIGHT.programme
    found = find_faults(wanted, now, RIGHT, programme, programme, RIGHT.valid_from)
    assert [fault.code for fault in found] == faults
    # Who has an employer already changes to any department.
    standing = replace(now, employer="another")
    assert find_faults(wanted, standing, RIGHT, programme, programme, RIGHT.valid_from) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"hiring": ["named"]}, ("pool-without-floor", "pool")),
        ({"wage_sector": None}, ("pool-without-floor", "pool")),
        ({"season": None}, ("pool-without-floor", "pool")),
        ({"pool": []}, ("missing", "pool")),
        ({"pool": ["Copán"]}, ("unknown-value", "pool")),
        ({"pool": ["HN-CP", "HN-CP"]}, ("twice", "pool")),
    ],
)
def test_a_file_without_a_floor_has_no_pool(
    changes: dict[str, Any], fault: tuple[str, str]
) -> None:
    mapping = {key: value for key, value in (MAPPING | changes).items() if value is not None}
    assert faults_of(mapping) == [fault]


def test_a_pool_waits_for_nobody() -> None:
    assert offer(date(2026, 11, 23)).hiring is Hiring.OPEN
