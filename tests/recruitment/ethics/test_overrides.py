"""Setting a finding aside: by another official, with a reason and an end; some never."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from permits.errors import Conflict, DomainError, Invalid
from permits.findings import Severity
from permits.people import Actor, Permission, PersonId, Role
from recruitment.ethics.catalogue import CATALOGUE
from recruitment.ethics.overrides import (
    Override,
    Plea,
    find_standing,
    grant_override,
    is_set_aside,
    may_pass,
)
from recruitment.ethics.rules import Effect, RuleFinding, RuleId
from recruitment.vacancy_checks import NOT_YET
from tests.recruitment.ethics.table import ON, fires, judge, parameters
from tests.recruitment.ethics.test_rules import CASES, NEVER

BLOCK, WARN, INFO = Severity.BLOCK, Severity.WARN, Severity.INFO
SUPERVISOR = Actor(PersonId(UUID(int=7)), Role.SETRASS_SUPERVISOR)
OFFICER = Actor(PersonId(UUID(int=8)), Role.SETRASS_OFFICER)
OWNER = PersonId(UUID(int=9))
REASON = "La granja entregó la tabla de pagos de la temporada."
PLEA = Plea(REASON, ON + timedelta(days=30))
DAY = timedelta(days=1)


def finding(rule: RuleId = RuleId.R08, severity: Severity | None = None) -> RuleFinding:
    """What a rule finds in the first of its cases that fires."""
    table = CASES[rule]
    case = next(one for one in table.cases if one.code in CATALOGUE[rule].outcomes)
    found = judge(CATALOGUE[rule], table.base, case)
    assert found is not None
    return replace(found, severity=severity) if severity else found


def grant(found: RuleFinding, plea: Plea = PLEA, actor: Actor = SUPERVISOR) -> Override:
    return grant_override(found, plea, actor, {OWNER}, parameters(), ON)


def refusal(found: RuleFinding, plea: Plea = PLEA, actor: Actor = SUPERVISOR) -> DomainError:
    with pytest.raises(DomainError) as refused:
        grant(found, plea, actor)
    return refused.value


def test_a_warning_is_set_aside_by_another_official_in_writing_and_for_a_time() -> None:
    given = grant(finding(), actor=OFFICER)
    assert given == Override(
        RuleId.R08, "few-days", WARN, OFFICER.person, REASON, ON, ON + timedelta(days=30)
    )
    assert may_pass([finding()], [given], ON)
    assert not may_pass([finding()], [], ON)


@pytest.mark.parametrize("rule", [RuleId(one) for one in sorted(NEVER)])
@pytest.mark.parametrize("severity", [BLOCK, WARN])
def test_what_is_never_set_aside_is_not_by_anybody(rule: RuleId, severity: Severity) -> None:
    found = finding(rule, severity)
    assert refusal(found).code == "override-never"
    forged = Override(rule, found.code, BLOCK, OWNER, REASON, ON, ON + DAY)
    assert not is_set_aside(found, [forged], ON)
    assert find_standing([found], [forged], ON) == (found,)


def test_a_block_is_set_aside_by_a_supervisor_alone() -> None:
    blocking = finding(RuleId.R06)
    assert blocking.severity is BLOCK
    assert grant(blocking).by == SUPERVISOR.person
    assert refusal(blocking, actor=OFFICER).code == "override-not-yours"


@pytest.mark.parametrize(
    "role", [one for one in Role if one not in {Role.SETRASS_OFFICER, Role.SETRASS_SUPERVISOR}]
)
def test_no_other_role_sets_anything_aside(role: Role) -> None:
    actor = Actor(PersonId(UUID(int=5)), role)
    assert refusal(finding(), actor=actor).code == "override-not-yours"


def test_a_program_sets_nothing_aside() -> None:
    program = SUPERVISOR.bounded({Permission.EMPLOYER_BAR})
    assert refusal(finding(), actor=program).code == "override-not-yours"


def test_who_recorded_the_thing_does_not_judge_it() -> None:
    own = Actor(OWNER, Role.SETRASS_SUPERVISOR)
    assert refusal(finding(), actor=own).code == "override-own"


def test_what_is_only_shown_needs_no_override() -> None:
    assert isinstance(refusal(finding(severity=INFO)), Conflict)
    assert may_pass([finding(severity=INFO)], [], ON)


@pytest.mark.parametrize(
    ("plea", "faults"),
    [
        (Plea("x" * 20, ON), []),
        (Plea("x" * 19, ON), [("too-short", "reason")]),
        (Plea("  " + "x" * 19 + "  ", ON), [("too-short", "reason")]),
        (Plea(REASON, None), [("missing", "ends_on")]),
        (Plea(REASON, ON - DAY), [("override-end-past", "ends_on")]),
        (Plea(REASON, ON + timedelta(days=179)), []),
        (Plea(REASON, ON + timedelta(days=180)), [("override-too-long", "ends_on")]),
        (Plea("", None), [("too-short", "reason"), ("missing", "ends_on")]),
    ],
)
def test_reason_and_end_are_asked_for_at_once(plea: Plea, faults: list[tuple[str, str]]) -> None:
    if not faults:
        assert grant(finding(), plea).ends_on == plea.ends_on
        return
    refused = refusal(finding(), plea)
    assert isinstance(refused, Invalid)
    assert [(one.code, one.field) for one in refused.faults] == faults


def test_an_override_counts_from_its_first_to_its_last_day() -> None:
    given, found = grant(finding()), finding()
    days = (ON - DAY, ON, given.ends_on, given.ends_on + DAY)
    assert [is_set_aside(found, [given], day) for day in days] == [False, True, True, False]


def test_an_override_covers_what_was_looked_at_and_nothing_graver() -> None:
    given = grant(finding())
    assert not is_set_aside(finding(severity=BLOCK), [given], ON)
    assert not is_set_aside(replace(finding(), code="unknown"), [given], ON)
    assert not is_set_aside(finding(RuleId.R18), [given], ON)
    graver = replace(given, severity=BLOCK)
    assert is_set_aside(finding(), [graver], ON)


def test_what_an_override_leaves_undone_still_asks() -> None:
    """It lets a publication pass; whoever a finding has told is told all the same."""
    found = finding(RuleId.R38)
    assert is_set_aside(found, [grant(found)], ON)
    assert found.effects == (Effect.TELL_SENAF,)


@pytest.mark.parametrize("rule", sorted(NOT_YET.keys() - set(NEVER)))
def test_what_is_handled_in_a_case_has_no_exception(rule: RuleId) -> None:
    """A person's wage or a farm's signs hold no vacancy that an exception could let go."""
    found = finding(rule)
    assert refusal(found).code == "override-never"
    forged = Override(rule, found.code, BLOCK, OWNER, REASON, ON, ON + DAY)
    assert not is_set_aside(found, [forged], ON)


def test_the_case_of_the_tables_is_the_one_that_fires() -> None:
    assert finding().code == fires("few-days").code
    assert date(2026, 11, 28) == ON
