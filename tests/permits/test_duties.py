"""Who may be two things at once, and how far a role may be bounded."""

from itertools import combinations
from uuid import UUID

import pytest

from permits.duties import check_grant, check_scope, conflict_of, conflicts_among
from permits.errors import Conflict, Invalid
from permits.people import (
    ACCOUNT_ROLES,
    AGENCY_OF,
    OF_HONDURAS,
    ROLE_PERMISSIONS,
    Permission,
    Role,
    Scope,
)

POSTS, DEPARTMENTS = {"HN-GT-1"}, {"HN-CP"}
EMPLOYER = UUID(int=9)

TOGETHER = {
    frozenset(pair)
    for pair in [
        (Role.BORDER_AGENT, Role.COMPLAINT_HANDLER),
        (Role.BORDER_AGENT, Role.DATA_ANALYST),
        (Role.BORDER_AGENT, Role.FACILITATOR),
        (Role.BORDER_AGENT, Role.LABOUR_INSPECTOR),
        (Role.POST_SUPERVISOR, Role.COMPLAINT_HANDLER),
        (Role.POST_SUPERVISOR, Role.DATA_ANALYST),
        (Role.POST_SUPERVISOR, Role.FACILITATOR),
        (Role.POST_SUPERVISOR, Role.LABOUR_INSPECTOR),
        (Role.COMPLAINT_HANDLER, Role.DATA_ANALYST),
        (Role.COMPLAINT_HANDLER, Role.FACILITATOR),
        (Role.COMPLAINT_HANDLER, Role.LABOUR_INSPECTOR),
        (Role.DATA_ANALYST, Role.FACILITATOR),
        (Role.DATA_ANALYST, Role.LABOUR_INSPECTOR),
        (Role.FACILITATOR, Role.LABOUR_INSPECTOR),
        (Role.BORDER_AGENT, Role.COMPLAINT_SUPERVISOR),
        (Role.POST_SUPERVISOR, Role.COMPLAINT_SUPERVISOR),
        (Role.COMPLAINT_SUPERVISOR, Role.DATA_ANALYST),
        (Role.COMPLAINT_SUPERVISOR, Role.FACILITATOR),
        (Role.COMPLAINT_SUPERVISOR, Role.LABOUR_INSPECTOR),
        (Role.ADMINISTRATOR, Role.LABOUR_INSPECTOR),
    ]
} | {
    frozenset((role, other))
    for role in AGENCY_OF
    if AGENCY_OF[role] in OF_HONDURAS
    for other in (Role.DATA_ANALYST, Role.LABOUR_INSPECTOR)
}


@pytest.mark.feature("D1")
def test_every_pair_of_roles_is_either_in_the_list_of_those_that_meet_or_kept_apart() -> None:
    pairs = {frozenset(pair) for pair in combinations(ACCOUNT_ROLES, 2)}
    allowed = {pair for pair in pairs if conflict_of(*sorted(pair)) is None}
    assert allowed == TOGETHER


def test_the_rule_is_the_same_from_both_sides() -> None:
    for one, other in combinations(ACCOUNT_ROLES, 2):
        assert conflict_of(one, other) == conflict_of(other, one)


@pytest.mark.parametrize("one", list(AGENCY_OF))
@pytest.mark.parametrize("other", list(AGENCY_OF))
def test_nobody_holds_two_roles_of_the_agencies(one: Role, other: Role) -> None:
    assert (conflict_of(one, other) is None) == (one is other)


def test_no_two_roles_that_meet_decide_and_watch_or_administer() -> None:
    decides = {r for r in Role if Permission.APPLICATION_DECIDE in ROLE_PERMISSIONS[r]}
    powers = {Permission.ACCOUNT_GRANT, Permission.AUDIT_READ, Permission.CROSSING_RECORD}
    for pair in TOGETHER:
        if pair & decides:
            assert not powers & frozenset().union(*(ROLE_PERMISSIONS[role] for role in pair))


def test_a_grant_that_conflicts_names_the_rule_and_both_roles() -> None:
    with pytest.raises(Conflict) as refused:
        check_grant([Role.LABOUR_INSPECTOR, Role.SETRASS_OFFICER], Role.INM_OFFICER)
    assert (refused.value.code, refused.value.facts) == (
        "roles-conflict",
        {"rule": "both-agencies", "held": "setrass-officer", "wanted": "inm-officer"},
    )
    check_grant([Role.LABOUR_INSPECTOR], Role.SETRASS_OFFICER)


def test_what_is_held_already_is_looked_over_whole() -> None:
    held = [Role.AUDITOR, Role.SETRASS_OFFICER, Role.DATA_ANALYST]
    assert conflicts_among(held) == [
        (Role.AUDITOR, Role.DATA_ANALYST, "watches-itself"),
        (Role.AUDITOR, Role.SETRASS_OFFICER, "watches-itself"),
    ]
    assert conflicts_among([Role.DATA_ANALYST, Role.SETRASS_OFFICER]) == []


@pytest.mark.parametrize(
    ("role", "scope", "faults"),
    [
        (Role.BORDER_AGENT, Scope(post="HN-GT-1"), set()),
        (Role.BORDER_AGENT, Scope(), {("missing", "post")}),
        (Role.BORDER_AGENT, Scope(post="HN-XX-9"), {("unknown-post", "post")}),
        (Role.SETRASS_OFFICER, Scope(), set()),
        (Role.SETRASS_OFFICER, Scope(department="HN-CP"), set()),
        (Role.SETRASS_OFFICER, Scope(department="HN-ZZ"), {("unknown-department", "department")}),
        (Role.SETRASS_OFFICER, Scope(post="HN-GT-1"), {("not-of-this-role", "post")}),
        (Role.EMPLOYER, Scope(employer=EMPLOYER), set()),
        (Role.EMPLOYER, Scope(), {("missing", "employer")}),
        (Role.AUDITOR, Scope(department="HN-CP"), {("not-of-this-role", "department")}),
        (Role.PARTNER_AUTHORITY, Scope(country="GTM"), set()),
        (
            Role.PARTNER_AUTHORITY,
            Scope(employer=EMPLOYER),
            {("not-of-this-role", "employer"), ("missing", "country")},
        ),
    ],
)
def test_the_bounds_of_each_role(role: Role, scope: Scope, faults: set[tuple[str, str]]) -> None:
    found: set[tuple[str, str]] = set()
    try:
        check_scope(role, scope, POSTS, DEPARTMENTS)
    except Invalid as invalid:
        found = {(fault.code, fault.field) for fault in invalid.faults}
    assert found == faults
