"""Every rule by its table of cases: fires, stays silent, has its edge, passes nothing unknown."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from permits.findings import Severity
from recruitment.ethics.catalogue import CATALOGUE, Overrider, overrider_of
from recruitment.ethics.rules import GRAVEST_FIRST, UNKNOWN, Effect, Outcome, Rule, RuleId
from recruitment.vacancy_checks import NOT_YET
from tests.recruitment.ethics.actor_cases import ACTOR_CASES
from tests.recruitment.ethics.contract_cases import CONTRACT_CASES
from tests.recruitment.ethics.offer_cases import OFFER_CASES
from tests.recruitment.ethics.table import ABROAD, ON, Case, Cases, agrees, fires, judge, parameters
from tests.recruitment.ethics.worker_cases import WORKER_CASES

CASES: Mapping[RuleId, Cases] = {**OFFER_CASES, **CONTRACT_CASES, **ACTOR_CASES, **WORKER_CASES}
KINDS = {"fires", "silent", "edge", "missing"}
NEVER = {"R01", "R04", "R14", "R15", "R16", "R30", "R33", "R35"}


@pytest.mark.feature("E4")
@pytest.mark.parametrize("rule", CATALOGUE.values(), ids=list(CATALOGUE))
def test_a_rule_finds_what_its_cases_say(rule: Rule[Any]) -> None:
    table = CASES[rule.id]
    wrong = [
        (case, judge(rule, table.base, case))
        for case in table.cases
        if not agrees(rule, table.base, case)
    ]
    assert wrong == []


def test_every_rule_has_every_kind_of_case_and_every_outcome_one() -> None:
    assert set(CASES) == set(CATALOGUE) == set(RuleId)
    for rule in CATALOGUE.values():
        cases = CASES[rule.id].cases
        assert {case.kind for case in cases} | {"silent"} == KINDS, rule.id
        assert {case.code for case in cases if case.code} == {*rule.outcomes, UNKNOWN}, rule.id
        assert "" in {case.code for case in cases}, rule.id


def test_what_is_missing_never_passes_whatever_it_is() -> None:
    """Each fact that a rule must have, taken away alone, gives a finding as grave as the rule."""
    for rule in CATALOGUE.values():
        table = CASES[rule.id]
        for name in rule.needs:
            case = Case("missing", UNKNOWN, {name: None}, (name,))
            found = judge(rule, table.base, case)
            assert found is not None, (rule.id, name)
            assert (found.code, found.missing) == (UNKNOWN, (name,)), rule.id
            assert found.severity is min(
                (one.severity for one in rule.outcomes.values()), key=GRAVEST_FIRST.index
            )
            assert found.effects == ()  # nobody is accused of what nobody knows


def test_an_employer_cannot_count_who_told_something_else() -> None:
    table = CASES[RuleId.R40]
    for case in table.cases:
        found = judge(CATALOGUE[RuleId.R40], table.base, case)
        assert found is None or found.code == UNKNOWN or not found.facts, case


PASSES_WITHOUT = {
    ("R06", "attested_minimum_per_day"): "at home the decree counts",
    ("R07", "attested_minimum_per_day"): "at home the decree counts",
    ("R07", "tops_up"): "the piece rate is enough by itself",
    ("R13", "currency"): "nothing is taken for housing or food",
    ("R16", "approved"): "both texts are the same to the letter",
    ("R16", "delivered"): "both texts are the same to the letter",
    ("R16", "looked"): "both texts are the same to the letter",
    ("R16", "others"): "both texts are the same to the letter",
    ("R16", "reported"): "a worker may have nothing to report",
    ("R17", "heard_in"): "the worker reads a language of the contract",
    ("R17", "read_aloud"): "the worker reads a language of the contract",
    ("R26", "special_stay"): "the stay is no longer than a visitor's",
    ("R31", "currency"): "nothing was paid",
    ("R31", "exchange_rates"): "nothing was paid in another currency",
    ("R31", "wage_per_month"): "nothing was paid",
    ("R33", "cannot_leave"): "the worker holds the document",
    ("R33", "threatened"): "the worker holds the document",
    ("R34", "paid_otherwise"): "what was paid is counted",
    ("R34", "told_less"): "what was paid is counted",
    ("R34", "told_unpaid"): "what was paid is counted",
    ("R39", "change_requested"): "the worker is where the permit says",
}
"""What a rule reads and may pass without, on its base, each with why."""


def test_no_fact_that_counts_can_be_left_out() -> None:
    """Each fact that a rule names, taken away alone from what passes."""
    passed = set()
    for rule in CATALOGUE.values():
        base = CASES[rule.id].base
        assert rule(base, parameters(), ON) is None, rule.id
        for name in rule.inputs:
            if rule(replace(base, **{name: None}), parameters(), ON) is None:
                passed.add((rule.id.value, name))
    assert passed == set(PASSES_WITHOUT)


def test_facts_of_which_nothing_is_known_pass_no_rule() -> None:
    for rule in CATALOGUE.values():
        found = rule(rule.of(), parameters(), ON)
        assert found is not None, rule.id
        assert found.code == UNKNOWN, rule.id


def test_a_finding_says_where_it_stands_and_which_values_counted() -> None:
    found = judge(
        CATALOGUE[RuleId.R08], CASES[RuleId.R08].base, fires("few-days", guaranteed_days=1)
    )
    assert found is not None
    assert found.source.startswith("R08; Orden GECCO")
    assert [name for name, _ in found.counted] == ["R08.guaranteed_percent"]
    assert (found.confirmed, found.facts, found.field) == (False, {"limit": 85}, "guaranteed_days")


def test_a_way_back_that_is_not_paid_warns_at_home_and_blocks_abroad() -> None:
    rule, table = CATALOGUE[RuleId.R22], CASES[RuleId.R22]
    seen = {
        (case.under, case.code): found.severity
        for case in table.cases
        if (found := judge(rule, table.base, case))
    }
    assert seen[("coffee-hn-gt", "return-not-paid")] is Severity.WARN
    assert seen[(ABROAD, "return-not-paid")] is Severity.BLOCK
    assert seen[(ABROAD, "only-to-border")] is Severity.BLOCK
    assert seen[("coffee-hn-gt", UNKNOWN)] is Severity.WARN
    unknown = rule(rule.of(), parameters(ABROAD), ON)
    assert unknown is not None
    assert unknown.severity is Severity.BLOCK


WARNS = {"R08", "R11", "R13", "R18", "R22", "R23", "R29", "R31", "R32", "R34", "R38", "R39"}
MILDER = {
    *("R06 row-missing warn", "R14 words-seen info", "R15 words-seen info", "R20 items-open warn"),
    *("R07 topped-up warn", "R09 over-ordinary warn", "R16 reported warn", "R16 altered info"),
    *("R20 inspection-old warn", "R21 items-missing warn", "R21 too-few-to-wash warn"),
    *("R24 serious-complaint warn", "R24 many-complaints warn", "R25 not-located warn"),
    *("R25 no-coffee-key warn", "R27 outside-season warn", "R28 discrimination warn"),
    "R31 repay info",
}
"""Outcomes less grave than their rule."""


def test_what_blocks_and_what_warns_is_what_the_design_says() -> None:
    """Domain 2.5, under a programme that has no row of its own."""
    gravest = {
        rule.id.value: min(
            (one.severity for one in rule.outcomes.values()), key=list(Severity).index
        )
        for rule in CATALOGUE.values()
    }
    assert {rule for rule, one in gravest.items() if one is Severity.WARN} == WARNS
    assert set(gravest.values()) == {Severity.BLOCK, Severity.WARN}
    milder = {
        f"{rule.id} {code} {one.severity}"
        for rule in CATALOGUE.values()
        for code, one in rule.outcomes.items()
        if one.severity is not gravest[rule.id]
    }
    assert milder == MILDER


def _severity(outcome: Outcome) -> Severity:
    return outcome.severity


def test_what_nobody_may_set_aside_is_what_the_design_says() -> None:
    assert {rule.id for rule in CATALOGUE.values() if not rule.overridable} == NEVER


@pytest.mark.feature("E4")
def test_only_what_holds_a_vacancy_is_said_to_have_an_exception() -> None:
    """The service keeps exceptions of a vacancy's findings alone (domain 2.5)."""
    for rule in CATALOGUE.values():
        seen = {overrider_of(rule, severity) for severity in Severity}
        if rule.id in NEVER:
            assert seen == {Overrider.NOBODY}, rule.id
        elif rule.id in NOT_YET:  # what a vacancy is not judged by
            assert seen == {Overrider.CASE}, rule.id
        else:
            assert seen == {Overrider.SUPERVISOR, Overrider.OFFICIAL}, rule.id


@pytest.mark.parametrize(
    ("rule", "code", "effects"),
    [
        ("R30", "charged", {Effect.FREEZE_RECRUITER, Effect.OPEN_CASE_S2}),
        ("R31", "repay", {Effect.REPAY}),
        (
            "R31",
            "more-than-a-wage",
            {Effect.REPAY, Effect.SCREEN_FOR_DEBT_BONDAGE, Effect.OPEN_CASE_S2},
        ),
        ("R33", "held", {Effect.OPEN_CASE_S2}),
        ("R33", "held-with-threats", {Effect.OPEN_CASE_S1}),
        ("R34", "unpaid", {Effect.OPEN_CASE_S2}),
        ("R35", "not-free", {Effect.OPEN_CASE_S1, Effect.REFER_TO_CICESCT}),
        ("R36", "not-safe", {Effect.OPEN_CASE_S1}),
        ("R37", "sign-of-several", {Effect.OPEN_CASE_S1, Effect.PROPOSE_INSPECTION}),
        ("R38", "no-care", {Effect.TELL_SENAF}),
        ("R39", "other-farm", {Effect.ASK_WORKER_FIRST}),
        ("R40", "different-terms", {Effect.AUDIT_RECRUITER}),
    ],
)
def test_what_a_finding_asks_for(rule: str, code: str, effects: set[Effect]) -> None:
    table = CASES[RuleId(rule)]
    case = next(one for one in table.cases if one.code == code)
    found = judge(CATALOGUE[RuleId(rule)], table.base, case)
    assert found is not None
    assert set(found.effects) == effects
