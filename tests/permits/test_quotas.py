"""Which quotas count for an offer, where its places are counted, and how a rule is read."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from permits.errors import Fault, Invalid
from permits.programme_files import read
from permits.quotas import Count, Quota, Scope, Usage, counts_of, full, quotas_of
from tests.permits.test_programmes import given_mapping

DAY = date(2026, 10, 1)
SEASON = date(2026, 10, 1)


@dataclass
class Work:
    occupation: str = "9211"
    employer: str = "e1"
    department: str = "HN-CP"
    municipality: str = "0404"


def quota(scope: Scope, value: int, of: str = "", valid_from: date = DAY) -> Quota:
    return Quota(scope, of, value, "clause", valid_from, "why", confirmed=False)


def row(scope: str, value: object = 5, **more: object) -> dict[str, object]:
    about = {"source": "clause", "valid_from": DAY, "note": "why", "confirmed": False}
    return {"scope": scope, "value": value, **about, **more}


def values(quotas: list[Quota], terms: Work | None = None, on: date = DAY) -> list[int]:
    return [quota.value for quota in quotas_of(quotas, terms or Work(), on)]


@pytest.mark.feature("O12")
def test_one_row_counts_for_each_scope_in_the_order_of_the_scopes() -> None:
    quotas = [quota(Scope.EMPLOYER, 3), quota(Scope.DEPARTMENT, 4), quota(Scope.SEASON, 5)]
    assert values(quotas) == [5, 3, 4]
    assert values([]) == []


@pytest.mark.feature("O12")
def test_a_row_that_names_the_thing_goes_before_one_for_each_of_them() -> None:
    quotas = [
        quota(Scope.EMPLOYER, 9, valid_from=date(2026, 11, 1)),
        quota(Scope.EMPLOYER, 2, of="e1"),
        quota(Scope.EMPLOYER, 7, of="e2"),
    ]
    assert values(quotas, on=date(2026, 12, 1)) == [2]
    assert values(quotas, Work(employer="e3"), date(2026, 12, 1)) == [9]
    assert values(quotas, Work(employer="e3"), DAY) == []


def test_the_newest_row_that_has_begun_counts() -> None:
    later = date(2026, 12, 1)
    quotas = [quota(Scope.SEASON, 5), quota(Scope.SEASON, 8, valid_from=later)]
    assert values(quotas, on=date(2026, 11, 30)) == [5]
    assert values(quotas, on=later) == [8]
    assert values(quotas, on=date(2026, 9, 30)) == []


def test_work_abroad_has_no_municipality_to_be_counted_in() -> None:
    quotas = [quota(Scope.MUNICIPALITY, 5), quota(Scope.SEASON, 6)]
    assert values(quotas, Work(municipality="")) == [6]


def test_each_thing_has_a_heap_of_its_own() -> None:
    quotas = (quota(Scope.SEASON, 9), quota(Scope.EMPLOYER, 3))
    assert counts_of("coffee", SEASON, quotas, Work()) == (
        Count("coffee", SEASON, Scope.SEASON, "", 9),
        Count("coffee", SEASON, Scope.EMPLOYER, "e1", 3),
    )
    assert counts_of("coffee", SEASON, quotas[1:], Work(employer="e2"))[0].of == "e2"


@pytest.mark.parametrize(("used", "is_full"), [(2, False), (3, True), (4, True)])
def test_a_heap_is_full_at_its_total_and_beyond(used: int, is_full: bool) -> None:
    count = Count("coffee", SEASON, Scope.EMPLOYER, "e1", 3)
    assert Usage(count, used, quota(Scope.EMPLOYER, 3)).is_full is is_full
    told = full(count, "Finca")
    assert told == Fault("quota-full", "opinion", {"quota": "employer", "of": "Finca", "total": 3})


@pytest.mark.parametrize(
    ("day", "season"),
    [
        (date(2026, 10, 1), date(2026, 10, 1)),
        (date(2026, 12, 31), date(2026, 10, 1)),
        (date(2027, 4, 30), date(2026, 10, 1)),
        (date(2027, 5, 1), date(2027, 1, 1)),
        (date(2027, 10, 1), date(2027, 10, 1)),
    ],
)
def test_the_season_that_a_day_is_counted_in(day: date, season: date) -> None:
    assert read(given_mapping()).season_of(day) == season


def test_without_a_season_the_year_is_counted() -> None:
    mapping = given_mapping()
    del mapping["season"]
    assert read(mapping).season_of(date(2026, 12, 31)) == date(2026, 1, 1)


def programme(*rows: object) -> dict[str, Any]:
    return {**given_mapping(), "quotas": list(rows)}


def faults(*rows: object) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        read(programme(*rows))
    return [(fault.code, fault.field) for fault in refused.value.faults]


@pytest.mark.feature("O12")
def test_rules_are_read_and_there_may_be_none() -> None:
    told = read(programme(row("season", 60000), row("employer", 0, of="e1"))).quotas
    assert told == (quota(Scope.SEASON, 60000), quota(Scope.EMPLOYER, 0, of="e1"))
    assert read(given_mapping()).quotas == ()


def test_every_fault_of_a_rule_is_told_at_once() -> None:
    village = row("village", valid_from=date(2026, 11, 1))
    assert faults(row("season", -1, of="HN-CP"), village, {"scope": "season"}) == [
        ("out-of-range", "quotas.0.value"),
        ("unknown-key", "quotas.0.of"),
        ("unknown-value", "quotas.1.scope"),
        *(
            ("missing", f"quotas.2.{key}")
            for key in ("value", "source", "valid_from", "note", "confirmed")
        ),
    ]
    assert faults(row("employer", of="e1"), row("employer", of="e1")) == [
        ("twice", "quotas.1.scope")
    ]
    assert faults() == [("out-of-range", "quotas")]
