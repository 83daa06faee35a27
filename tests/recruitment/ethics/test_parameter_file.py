"""The parameters' file: read strictly, every fault at once, and each value from its first day."""

import copy
import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from app.adapters.reference import BUNDLED
from permits.errors import Invalid
from permits.findings import Severity
from recruitment.ethics.catalogue import CATALOGUE
from recruitment.ethics.parameter_file import BOUNDS, LISTS, OPTIONAL, read
from recruitment.ethics.parameters import Parameters
from recruitment.ethics.rules import RuleId
from recruitment.vacancies import MOST_HOURS_PER_DAY
from tests.recruitment.ethics.table import ABROAD, COFFEE, ON, parameters, reference
from tests.recruitment.ethics.test_rules import CASES

GIVEN: dict[str, Any] = tomllib.loads((BUNDLED / "ethics.toml").read_text("utf-8"))


def faults_of(*path: str | int, value: object) -> list[tuple[str, str]]:
    """What is said of the file with one value another; None takes it away."""
    changed: Any = copy.deepcopy(GIVEN)
    *above, last = path
    place = changed
    for name in above:
        place = place[name]
    if value is None:
        del place[last]
    else:
        place[last] = value
    try:
        read(changed)
    except Invalid as invalid:
        return [(one.code, one.field) for one in invalid.faults]
    return []


def test_the_bundled_file_is_without_fault_and_confirms_nothing_yet() -> None:
    rows = read(GIVEN)
    assert set(rows.values) == set(BOUNDS) - OPTIONAL
    assert set(rows.lists) == set(LISTS)
    versions = [one for them in rows.values.values() for one in them]
    assert versions
    assert not any(one.confirmed for one in versions)


def test_every_parameter_belongs_to_a_rule_and_every_rule_has_its_own() -> None:
    named = {f"{rule.id}.{one}" for rule in CATALOGUE.values() for one in rule.parameters}
    families = ("check_ins.", "overrides.", "inspection_plan.", "standings.", "payslips.", "costs.")
    shared = {one for one in BOUNDS if one.startswith(families)} | {"R23.most_waiver_years"}
    assert named == {*BOUNDS, *LISTS} - shared


@pytest.mark.parametrize(
    ("path", "value", "faults"),
    [
        (("R08", "guaranteed_percent"), None, [("missing", "R08.guaranteed_percent")]),
        (("R08",), None, [("missing", "R08")]),
        (("R99",), {"x": 1}, [("unknown-key", "R99")]),
        (("R08", "other"), 1, [("unknown-key", "R08.other")]),
        (("R08", "guaranteed_percent", "value"), 101, [("out-of-range", "")]),
        (("R08", "guaranteed_percent", "value"), "85", [("wrong-type", "")]),
        (("R08", "guaranteed_percent", "source"), None, [("missing", "")]),
        (("R08", "guaranteed_percent", "valid_from"), date(2027, 1, 1), [("gap", "")]),
        (("R14", "words", "items"), [], [("missing", "")]),
        (("R19", "mandatory", "items"), ["wage", "fun"], [("unknown-value", "")]),
        (("R30", "never_legitimate", "items"), ["bribe", "bribe"], [("twice", "")]),
        (("severities", 0, "rule"), "R41", [("unknown-value", "")]),
        (("severities", 0, "outcome"), "no-such", [("unknown-value", "")]),
        (("severities", 0, "severity"), "stop", [("unknown-value", "")]),
        (("severities", 0, "programme"), "TWAP", [("unknown-value", "")]),
        (("severities", 1, "outcome"), "return-not-paid", [("twice", "severities")]),
        (("valid_from",), None, [("missing", "valid_from")]),
    ],
)
def test_a_file_that_cannot_be_relied_on_is_refused(
    path: tuple[str | int, ...], value: object, faults: list[tuple[str, str]]
) -> None:
    told = faults_of(*path, value=value)
    assert told[0][0] == faults[0][0]
    named = faults[0][1] or ".".join(map(str, path))
    assert told[0][1] in {named, named.rpartition(".")[0]}


def test_what_nobody_sets_aside_is_never_made_milder() -> None:
    row = GIVEN["severities"][0] | {"rule": "R30", "outcome": "charged", "severity": "warn"}
    assert faults_of("severities", 0, value=row) == [("never-milder", "severities.0.severity")]
    fine = GIVEN["severities"][0] | {"rule": "R24", "outcome": "fine-unpaid", "severity": "warn"}
    assert faults_of("severities", 0, value=fine) == []


@pytest.mark.parametrize(
    ("rule", "name", "items"),
    [
        ("R01", "words", ["zzz"]),
        ("R14", "words", ["fianza"]),
        ("R15", "words", ["zzz"]),
        ("R30", "never_legitimate", ["medical"]),
    ],
)
def test_what_nobody_sets_aside_is_never_looked_for_less(
    rule: str, name: str, items: list[str]
) -> None:
    told = faults_of(rule, name, "items", value=items)
    assert [code for code, _ in told] == ["never-shorter"]
    more = [*GIVEN[rule][name]["items"], "bribe" if rule == "R30" else "otra palabra"]
    assert faults_of(rule, name, "items", value=list(dict.fromkeys(more))) == []


def with_rows(*rows: Mapping[str, object], programme: str = COFFEE) -> Parameters:
    base = GIVEN["severities"][0] | {"rule": "R23", "outcome": "too-many-workers"}
    given = GIVEN | {"severities": [base | row for row in rows]}
    data = reference()
    return Parameters(data.programmes[programme], data.minimum_wages, read(given))


def severity(found: Parameters, on: date = ON) -> Severity | None:
    return found.severity("R23", "too-many-workers", on)


def test_a_policy_decision_makes_a_warning_a_block_from_its_first_day() -> None:
    later = with_rows({"programme": "*", "valid_from": date(2027, 1, 1)})
    assert severity(later, date(2026, 12, 31)) is None
    assert severity(later, date(2027, 1, 1)) is Severity.BLOCK
    rule, base = CATALOGUE[RuleId.R23], CASES[RuleId.R23].base
    gone = rule(type(base)(), later, date(2027, 1, 1))
    assert gone is not None
    assert gone.severity is Severity.BLOCK


def test_the_nearer_row_of_a_day_counts_and_the_newer_before_it() -> None:
    near = {"programme": COFFEE, "severity": "info"}
    far = {"programme": "*"}
    assert severity(with_rows(near, far)) is Severity.INFO
    assert severity(with_rows(near, far, programme=ABROAD)) is Severity.BLOCK
    newer = far | {"valid_from": date(2026, 11, 1)}
    assert severity(with_rows(near, newer)) is Severity.BLOCK
    assert severity(with_rows({"programme": "twap-*"})) is None


def test_a_later_version_counts_from_its_day() -> None:
    first = GIVEN["R08"]["guaranteed_percent"]
    second = first | {"value": 90, "valid_from": date(2027, 1, 1)}
    given = GIVEN | {"R08": {"guaranteed_percent": [first, second]}}
    data = reference()
    found = Parameters(data.programmes[COFFEE], data.minimum_wages, read(given))
    days = (date(2020, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    values = [found.threshold("R08.guaranteed_percent", day) for day in days]
    assert [one.value for one in values if one] == [85, 85, 90]


def test_the_form_of_a_vacancy_takes_no_more_hours_than_the_rule() -> None:
    """One figure in two places: what a form can hold, and what the check allows."""
    most = parameters().threshold("R09.most_hours_a_day", ON)
    assert most is not None
    assert most.value == MOST_HOURS_PER_DAY
