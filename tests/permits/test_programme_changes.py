"""What another version of a programme changes, and what open cases do not let it change."""

from datetime import date
from typing import Any

import pytest

from permits.programme_changes import Change, find_breaks, list_changes, list_parameters
from permits.programme_files import read
from permits.programmes import Programme
from tests.permits.test_dated_values import LATER, rule, since
from tests.permits.test_programmes import DAY, given_mapping, threshold

TODAY = date(2026, 12, 1)
BEFORE = read(given_mapping())


def changed(**changes: object) -> Programme:
    return read(given_mapping() | changes)


def clocks(**changes: object) -> dict[str, Any]:
    whole: dict[str, Any] = given_mapping()["clocks"] | changes
    return whole


def test_every_dated_value_is_told_with_its_source() -> None:
    told = {(one.path, one.plain, one.confirmed) for one in list_parameters(BEFORE)}
    assert ("minimum_age_years", "18", False) in told
    assert ("season", "10-01 to 04-30", True) in told
    assert ("clocks.red_percent", "90", False) in told
    assert len(told) == 25
    assert all(one.source and one.note for one in list_parameters(BEFORE))


def test_nothing_changes_where_nothing_differs() -> None:
    assert list_changes(BEFORE, BEFORE) == ()


def test_changes_are_told_field_by_field_with_days_and_sources() -> None:
    confirmed = threshold(18) | {"confirmed": True}
    after = changed(
        name_es="Otro",
        posts=["HN-GT-1", "HN-GT-2"],
        minimum_age_years=[confirmed, since(LATER, 19)],
        rules=[rule("resident", "info")],
    )
    source = "round table"
    assert list_changes(BEFORE, after) == (
        Change("name_es", None, "Café", "Otro", source),
        Change("posts", None, "HN-GT-1", "HN-GT-1, HN-GT-2", source),
        Change("minimum_age_years.confirmed", DAY, "False", "True", "clause"),
        Change("minimum_age_years", LATER, "", "19", "clause"),
        Change("minimum_age_years.source", LATER, "", "clause", "clause"),
        Change("minimum_age_years.note", LATER, "", "why", "clause"),
        Change("minimum_age_years.confirmed", LATER, "", "False", "clause"),
        Change("rules.resident", DAY, "", "info", "clause"),
        Change("rules.resident.source", DAY, "", "clause", "clause"),
        Change("rules.resident.note", DAY, "", "why", "clause"),
        Change("rules.resident.confirmed", DAY, "", "True", "clause"),
    )


def test_a_new_programme_is_all_change() -> None:
    told = {change.field: change.after for change in list_changes(None, BEFORE)}
    assert (told["code"], told["clocks.red_percent"]) == ("coffee-hn-gt", "90")
    assert told.keys() >= {one.path for one in list_parameters(BEFORE)}


BREAKS: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
    ({}, []),
    ({"name_es": "Otro", "posts": []}, []),
    # What was handed in keeps the agencies that it was handed in to.
    ({"agencies": ["setrass"], "pathway": ["application", "labour", "permit"]}, []),
    ({"nationalities": ["SLV"]}, [("still-used", "nationalities")]),
    ({"nationalities": ["GTM", "SLV"]}, []),
    ({"hiring": ["named"]}, [("still-used", "hiring")]),
    ({"sealed": True, "mode": "parallel"}, [("fixed-while-open", "sealed")]),
    ({"destination": "GTM"}, [("fixed-while-open", "destination")]),
    ({"credential_profile": "inji"}, [("fixed-while-open", "credential_profile")]),
    ({"minimum_age_years": threshold(19)}, [("past-changed", "minimum_age_years")]),
    ({"minimum_age_years": threshold(18) | {"confirmed": True, "source": "law"}}, []),
    ({"minimum_age_years": [threshold(18), since(LATER, 19)]}, []),
    (
        {"minimum_age_years": [threshold(18), since(TODAY, 19)]},
        [("past-changed", "minimum_age_years")],
    ),
    ({"minimum_age_years": [threshold(18), since(date(2026, 12, 2), 19)]}, []),
    ({"clocks": clocks(red_percent=threshold(91))}, [("past-changed", "clocks.red_percent")]),
    ({"rules": [rule("resident", "warn")]}, [("past-changed", "rules.resident")]),
    ({"rules": [rule("resident", "warn", LATER)]}, []),
]


@pytest.mark.parametrize(("changes", "breaks"), BREAKS)
def test_what_open_cases_do_not_let_change(
    changes: dict[str, Any], breaks: list[tuple[str, str]]
) -> None:
    after = changed(**changes)
    found = [(fault.code, fault.field) for fault in find_breaks(BEFORE, after, 3, TODAY)]
    assert found == breaks
    assert find_breaks(BEFORE, after, 0, TODAY) == []


def test_who_is_asked_less_is_not_harmed() -> None:
    paper = {**rule("", "info"), "kind": "health-certificate"}
    del paper["code"], paper["severity"]
    asking = changed(rules=[rule("resident", "warn")], papers=[paper])
    softer = changed(rules=[rule("resident", "info")], papers=[paper])
    assert find_breaks(asking, softer, 1, TODAY) == []
    assert find_breaks(asking, BEFORE, 1, TODAY) == []
    harder = [(fault.code, fault.field) for fault in find_breaks(BEFORE, asking, 1, TODAY)]
    assert harder == [
        ("past-changed", "rules.resident"),
        ("past-changed", "papers.health-certificate"),
    ]
    assert [f.field for f in find_breaks(softer, asking, 1, TODAY)] == ["rules.resident"]


def test_a_later_value_that_counts_already_is_not_taken_away() -> None:
    before = changed(minimum_age_years=[threshold(18), since(date(2026, 11, 1), 19)])
    (fault,) = find_breaks(before, BEFORE, 1, TODAY)
    assert (fault.code, fault.field) == ("past-changed", "minimum_age_years")


def test_a_code_never_changes_and_a_programme_in_use_stays() -> None:
    other = changed(code="coffee-hn-sv")
    assert [fault.code for fault in find_breaks(BEFORE, other, 0, TODAY)] == ["code-changed"]
    (fault,) = find_breaks(BEFORE, None, 2, TODAY)
    assert (fault.code, fault.facts) == ("programme-in-use", {"open": 2})
    assert find_breaks(BEFORE, None, 0, TODAY) == []
