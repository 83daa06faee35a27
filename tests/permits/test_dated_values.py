"""A value of a programme may have several versions, and the one of the day is what counts."""

from datetime import date
from typing import Any

import pytest

from permits.people import Agency
from permits.programme_files import read
from permits.programmes import Programme
from tests.permits.test_programmes import DAY, faults_of, given_mapping, threshold

LATER, LAST = date(2027, 1, 15), date(2027, 6, 1)


def since(day: date, value: int) -> dict[str, object]:
    return threshold(value) | {"valid_from": day}


def season(day: date, closes: str) -> dict[str, object]:
    return {**given_mapping()["season"], "valid_from": day, "closes": closes}


def several(**changes: object) -> Programme:
    mapping = given_mapping() | {
        "minimum_age_years": [threshold(18), since(LATER, 19), since(LAST, 20)],
        "season": [season(DAY, "04-30"), season(LAST, "05-31")],
    }
    mapping["clocks"]["statutory_working_days"] = [threshold(40), since(LATER, 30)]
    return read(mapping | changes)


@pytest.mark.parametrize(
    ("day", "age", "term", "closes"),
    [
        (date(2025, 1, 1), 18, 40, (4, 30)),  # before the first day the first version counts
        (DAY, 18, 40, (4, 30)),
        (date(2027, 1, 14), 18, 40, (4, 30)),
        (LATER, 19, 30, (4, 30)),
        (date(2027, 5, 31), 19, 30, (4, 30)),
        (LAST, 20, 30, (5, 31)),
        (date(2035, 1, 1), 20, 30, (5, 31)),
    ],
)
def test_the_value_of_a_day(day: date, age: int, term: int, closes: tuple[int, int]) -> None:
    programme = several().on(day)
    assert programme.minimum_age_years.value == age
    assert programme.clocks.statutory_working_days.value == term
    assert programme.season is not None
    assert programme.season.closes == closes
    assert programme.clocks.red_percent.value == 90
    assert programme.on(DAY) == several()  # every day leads back to every other


def test_what_is_read_stands_on_its_first_day_and_tells_when_a_number_changes() -> None:
    assert several().minimum_age_years.value == 18
    assert several().periods() == ((None, LATER), (LATER, LAST), (LAST, None))
    assert read(given_mapping()).periods() == ((None, None),)


@pytest.mark.parametrize(
    ("versions", "fault"),
    [
        ([], "missing"),
        (["eighteen"], "wrong-type"),
        ([since(LATER, 18)], "gap"),
        ([threshold(18), threshold(19)], "twice"),
        ([threshold(18), since(LAST, 19), since(LATER, 20)], "out-of-order"),
    ],
)
def test_versions_follow_each_other_without_a_gap(versions: list[Any], fault: str) -> None:
    mapping = given_mapping() | {"minimum_age_years": versions}
    assert faults_of(mapping) == [(fault, "minimum_age_years")]


def test_a_fault_within_a_version_names_its_place() -> None:
    mapping = given_mapping() | {"minimum_age_years": [threshold(18), since(LATER, 120)]}
    assert faults_of(mapping) == [("out-of-range", "minimum_age_years.1.value")]


def test_amber_after_red_is_refused_on_every_day() -> None:
    mapping = given_mapping()
    mapping["clocks"]["red_percent"] = [threshold(90), since(LATER, 50)]
    assert faults_of(mapping) == [("out-of-range", "clocks.red_percent")]


ALONE: dict[str, Any] = {
    "agencies": ["setrass"],
    "pathway": ["application", "labour", "permit"],
}


def question(code: str, seen_by: list[str]) -> dict[str, object]:
    return {
        "id": code,
        "kind": "yes-no",
        "label_es": "¿Ya cortó café antes?",
        "label_en": "Have you picked coffee before?",
        "required": True,
        "pictogram": "coffee",
        "after": "languages_read",
        "seen_by": seen_by,
        "source": "clause",
        "valid_from": DAY,
    }


def rule(code: str, severity: str, day: date = DAY) -> dict[str, object]:
    origin = {"source": "clause", "valid_from": day, "note": "why", "confirmed": True}
    return {"code": code, "severity": severity, **origin}


def test_a_rule_and_a_paper_count_from_their_day() -> None:
    paper = rule("", "info", LATER) | {"kind": "criminal-record"}
    del paper["code"], paper["severity"]
    programme = several(rules=[rule("resident", "info", LATER)], papers=[paper])
    assert (programme.rules, programme.papers) == ((), ())
    later = programme.on(LATER)
    assert [(one.code, one.confirmed) for one in later.rules] == [("resident", True)]
    assert [one.kind for one in later.papers] == ["criminal-record"]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"agencies": []}, ("missing", "agencies")),
        ({"agencies": ["setrass"]}, ("step-of-nobody", "pathway")),
        ({"agencies": ["inm"]}, ("step-of-nobody", "pathway")),
        (ALONE | {"recommended": ["inm"]}, ("not-asked", "recommended")),
        (ALONE | {"sealed": True, "mode": "parallel"}, ("sealed-alone", "sealed")),
        (
            ALONE | {"questions": [question("seasons-worked", ["inm"])]},
            ("not-asked", "questions.0.seen_by"),
        ),
        ({"pathway": ["application", "permit"], "mode": "parallel"}, ("step-missing", "pathway")),
        ({"pathway": ["labour", "migration", "permit"]}, ("step-missing", "pathway")),
        ({"agencies": ["inm", "setrass"]}, ("step-order", "pathway")),
        ({"sealed": True, "mode": "sequential"}, ("sealed-in-order", "sealed")),
        ({"sealed": "yes", "mode": "parallel"}, ("wrong-type", "sealed")),
        ({"pictogram": "boat"}, ("unknown-value", "pictogram")),
        ({"credential_profile": "own"}, ("unknown-value", "credential_profile")),
        ({"rules": [rule("resident", "block")]}, ("never-judged", "rules.0.severity")),
        ({"rules": [rule("tall", "info")]}, ("unknown-value", "rules.0.code")),
        ({"rules": [rule("resident", "info")] * 2}, ("twice", "rules")),
    ],
)
def test_what_no_programme_may_say(changes: dict[str, Any], fault: tuple[str, str]) -> None:
    assert faults_of(given_mapping() | changes) == [fault]


def test_one_agency_may_decide_alone() -> None:
    labour = read(given_mapping() | ALONE)
    migration = read(
        given_mapping() | {"agencies": ["inm"], "pathway": ["application", "migration", "permit"]}
    )
    assert (labour.agencies, migration.agencies) == ((Agency.SETRASS,), (Agency.INM,))


def test_either_agency_may_be_the_first() -> None:
    turned = {
        "agencies": ["inm", "setrass"],
        "pathway": ["application", "migration", "labour", "permit"],
    }
    programme = read(given_mapping() | turned)
    assert [agency.value for agency in programme.agencies] == ["inm", "setrass"]
