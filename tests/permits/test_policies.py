"""Who may do what: every role × operation × owner, in every state that makes a difference."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from permits import policies
from permits.applications import Application, Status
from permits.approvals import Decision, Opinion
from permits.errors import Conflict, DomainError, Forbidden, Hidden
from permits.people import ROLE_PERMISSIONS, Actor, Agency, Permission, Role
from tests.permits.cases import (
    BOTH,
    INM,
    OTHER_WORKER,
    SETRASS,
    SETRASS_TOO,
    WORKER,
    application,
    decision,
    stand_in,
)

OFFICERS = {"setrass-officer", "inm-officer"}
SUPERVISORS = {"setrass-supervisor", "inm-supervisor"}
READERS = OFFICERS | SUPERVISORS | {"setrass-analyst", "inm-analyst"}
CONSULATE = {"consulate-officer", "consulate-supervisor"}
AT_THE_BORDER = {"border-agent", "post-supervisor"}

GRANTED = {
    "access-log:read": {"data-protection-officer", "auditor"},
    "check-in:attend": {"setrass-supervisor", "complaint-handler", "complaint-supervisor"},
    "account:grant": {"administrator"},
    "account:invite": {"administrator"},
    "account:list": {*SUPERVISORS, "consulate-supervisor", "post-supervisor", "administrator"},
    "age:clear": {"setrass-supervisor"},
    "age:mark": {"border-agent", "post-supervisor", "facilitator", "labour-inspector"},
    "account:lock": {*SUPERVISORS, "consulate-supervisor", "post-supervisor", "administrator"},
    "api-client:manage": {"administrator"},
    "appeal:decide": {*SUPERVISORS, "consulate-supervisor"},
    "application:assist": {"facilitator"},
    "application:break-glass": READERS,
    "application:create": {"worker"},
    "application:decide": {*OFFICERS, "consulate-officer"},
    "application:edit-own": {"worker"},
    "application:assign": {*SUPERVISORS, "consulate-supervisor"},
    "application:export": SUPERVISORS,
    "application:hold": READERS | CONSULATE,
    "application:list": {*READERS, *CONSULATE, "inm-second-look", "employer", "partner-authority"},
    "application:read": {*READERS, *CONSULATE, "inm-second-look", "employer", "partner-authority"},
    "application:read-own": {"worker"},
    "application:recommend": OFFICERS | {"setrass-analyst", "inm-analyst", "consulate-officer"},
    "audit:read": {"auditor"},
    "authorisation:reinstate": OFFICERS | SUPERVISORS,
    "authorisation:revoke": OFFICERS | SUPERVISORS,
    "authorisation:suspend": SUPERVISORS,
    "contract:look": {"setrass-analyst", "setrass-officer"},
    "break-glass:review": {"data-protection-officer"},
    "card:hand-over": READERS,
    "card:print": OFFICERS | SUPERVISORS,
    "claim:inspect": {"labour-inspector"},
    "complaint:confirm": {"partner-authority", *CONSULATE},
    "complaint:handle": {"complaint-handler", "complaint-supervisor"},
    "complaint:supervise": {"complaint-supervisor"},
    "credential:read": READERS,
    "credential:replace": OFFICERS | SUPERVISORS | {"worker"},
    "credential:revoke": OFFICERS | SUPERVISORS,
    "credential:sign": {"system"},
    "employer:bar": {"setrass-supervisor"},
    "employer:verify": {"setrass-officer", "setrass-supervisor"},
    "farm:inspect": {"setrass-officer", "setrass-supervisor", "labour-inspector"},
    "farm:keep": {"employer"},
    "recruiter:judge": {"setrass-supervisor"},
    "credential:verify": {*READERS, *AT_THE_BORDER, "labour-inspector", "partner-authority"},
    "crew:register": {"employer", "facilitator"},
    "crew:witness": {"facilitator", "setrass-analyst", "inm-analyst"},
    "crossing:list": {*READERS, *AT_THE_BORDER},
    "crossing:record": AT_THE_BORDER,
    "data-request:decide": {"data-protection-officer"},
    "device:manage": {"post-supervisor", "administrator"},
    "outbox:read": {"administrator"},
    "reception:hold": {*SUPERVISORS, "facilitator"},
    "reference:change": {"administrator"},
    "register:import": {"setrass-supervisor"},
    "return:attend": {"setrass-supervisor"},
    "roster:match": {"setrass-officer", "setrass-supervisor"},
    "vacancy:attest": {"partner-authority"},
    "vacancy:name": {"employer"},
    "vacancy:review": {"setrass-officer", "setrass-supervisor"},
    "vacancy:write": {"employer"},
    "watch:review": {"inm-second-look"},
    "worker:approve-recovery": SUPERVISORS,
    "worker:recover": {"facilitator"},
}


@pytest.mark.asvs("8.1.1")
@pytest.mark.feature("D1")
@pytest.mark.parametrize("role", list(Role))
def test_every_role_and_permission(role: Role) -> None:
    for permission in Permission:
        if role.value in GRANTED[permission.value]:
            policies.check_permission(stand_in(role), permission)
            continue
        with pytest.raises(Forbidden) as refused:
            policies.check_permission(stand_in(role), permission)
        assert (permission, refused.value.code) == (permission, "not-permitted")


def test_every_role_has_its_permissions_and_nobody_decides_and_signs() -> None:
    assert set(ROLE_PERMISSIONS) == set(Role)
    assert set(GRANTED) == {permission.value for permission in Permission}
    for granted in ROLE_PERMISSIONS.values():
        assert not {Permission.APPLICATION_DECIDE, Permission.CREDENTIAL_SIGN} <= granted
        assert not {Permission.APPLICATION_DECIDE, Permission.CROSSING_RECORD} <= granted
        assert not {Permission.APPLICATION_DECIDE, Permission.APPLICATION_CREATE} <= granted


STATES = {
    "draft": application(Status.DRAFT),
    "under-review": application(Status.UNDER_REVIEW),
    "returned": application(Status.RETURNED),
    "approved": application(Status.APPROVED),
    "withdrawn draft": application(Status.WITHDRAWN, round=0, digest=None),
}
PEOPLE = {
    "its worker": WORKER,
    "another worker": OTHER_WORKER,
    "setrass": SETRASS,
    "inm": INM,
    "its worker as an officer": Actor(WORKER.person, Role.SETRASS_OFFICER),
    "its worker at the border": Actor(WORKER.person, Role.BORDER_AGENT),
    "its worker signed out": Actor(WORKER.person, Role.ANYONE),
    "a border agent": stand_in(Role.BORDER_AGENT),
    "an administrator": stand_in(Role.ADMINISTRATOR),
    "the system": stand_in(Role.SYSTEM),
    "anyone": stand_in(Role.ANYONE),
}
OPERATIONS: dict[str, Callable[[Actor, Application], object]] = {
    "read": policies.check_read,
    "edit": policies.check_edit,
    "submit or withdraw": policies.check_own,
    "decide": lambda actor, case: policies.check_decide(
        actor, policies.Turn(case, [], BOTH, sequential=True)
    ),
    "hold": policies.check_hold,
}

NONE, NO, OWN = "no-such-application", "not-permitted", "own-case"
SHUT, NOT_NOW, LATER = "not-editable", "not-under-review", "not-this-agencys-turn"
OFFICER = {
    "read": (NONE, "", "", "", NONE),
    "edit": (NONE, NO, NO, NO, NONE),
    "submit or withdraw": (NONE, NO, NO, NO, NONE),
}
STRANGER = {
    "read": (NONE,) * 5,
    "edit": (NONE,) * 5,
    "submit or withdraw": (NONE,) * 5,
    "decide": (NO,) * 5,
    "hold": (NO,) * 5,
}
HOLDS = (NONE, "", NOT_NOW, NOT_NOW, NONE)
# For each operation what is answered in the five states, in their order; "" where it is accepted.
EXPECTED = {
    "its worker": {
        "read": ("",) * 5,
        "edit": ("", SHUT, "", SHUT, SHUT),
        "submit or withdraw": ("",) * 5,
        "decide": (NO,) * 5,
        "hold": (NO,) * 5,
    },
    "setrass": OFFICER | {"decide": HOLDS, "hold": HOLDS},
    "inm": OFFICER | {"decide": (NONE, LATER, NOT_NOW, NOT_NOW, NONE), "hold": HOLDS},
    "its worker as an officer": OFFICER
    | {"decide": (NONE, OWN, OWN, OWN, NONE), "hold": (NONE, OWN, OWN, OWN, NONE)},
}
PREPARED = "prepared-case"
KIND = {NONE: Hidden, NO: Forbidden, OWN: Forbidden, PREPARED: Forbidden}


@pytest.mark.promise("P15")
@pytest.mark.asvs("8.2.2")
@pytest.mark.feature("D1")
@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("who", PEOPLE)
def test_every_role_operation_and_owner(who: str, operation: str) -> None:
    expected = EXPECTED.get(who, STRANGER)[operation]
    for (state, case), code in zip(STATES.items(), expected, strict=True):
        assert _answer(lambda: OPERATIONS[operation](PEOPLE[who], case)) == code, state  # noqa: B023


def _answer(ask: Callable[[], object]) -> str:
    try:
        ask()
    except DomainError as refused:
        return refused.code if type(refused) is KIND.get(refused.code, Conflict) else "?"
    return ""


LABOUR = decision(Agency.SETRASS)
UNDER_REVIEW = application()
HELD_BY_INM = application(held_by=INM.person, held_by_name="Carla")
BOTH_HATS = replace(INM, person=SETRASS.person)


@pytest.mark.feature("O2", "O4")
@pytest.mark.parametrize(
    ("actor", "case", "taken", "required", "sequential", "code"),
    [
        (INM, UNDER_REVIEW, [LABOUR], BOTH, True, ""),
        (INM, UNDER_REVIEW, [], BOTH, False, ""),
        (SETRASS, UNDER_REVIEW, [decision(Agency.INM)], BOTH, False, ""),
        (SETRASS, UNDER_REVIEW, [LABOUR], BOTH, True, "agency-already-decided"),
        (SETRASS_TOO, UNDER_REVIEW, [LABOUR], BOTH, False, "agency-already-decided"),
        (BOTH_HATS, UNDER_REVIEW, [LABOUR], BOTH, True, "official-already-decided"),
        (INM, UNDER_REVIEW, [], BOTH, True, LATER),
        (SETRASS, UNDER_REVIEW, [], (Agency.INM, Agency.SETRASS), True, LATER),
        (SETRASS, UNDER_REVIEW, [], (Agency.INM,), True, "agency-not-required"),
        (SETRASS, UNDER_REVIEW, [], (), True, "agency-not-required"),
        (SETRASS, HELD_BY_INM, [], BOTH, True, "held-by-other"),
        (INM, HELD_BY_INM, [], BOTH, False, ""),
        (INM, UNDER_REVIEW, [decision(Agency.SETRASS, Opinion.RETURN)], BOTH, False, LATER),
        (INM, UNDER_REVIEW, [decision(Agency.SETRASS, Opinion.REFUSE)], BOTH, False, LATER),
    ],
)
def test_a_decision_fits_its_round(
    actor: Actor,
    case: Application,
    taken: Sequence[Decision],
    required: Sequence[Agency],
    sequential: bool,
    code: str,
) -> None:
    def decide() -> Agency:
        return policies.check_decide(actor, policies.Turn(case, taken, required, sequential))

    if not code:
        assert decide() is actor.agency
        return
    with pytest.raises(DomainError) as refused:
        decide()
    assert refused.value.code == code


@pytest.mark.promise("P3")
@pytest.mark.feature("O4")
@pytest.mark.parametrize(
    ("ties", "case", "code"),
    [
        (policies.Ties(), HELD_BY_INM, "held-by-other"),
        (policies.Ties(holder=Agency.SETRASS), HELD_BY_INM, "held-by-other"),
        (policies.Ties(holder=Agency.INM), HELD_BY_INM, ""),
        (policies.Ties(own=True), UNDER_REVIEW, OWN),
        (policies.Ties(prepared=True), UNDER_REVIEW, PREPARED),
        (policies.Ties(own=True, holder=Agency.INM), HELD_BY_INM, OWN),
    ],
)
def test_what_ties_an_official_to_a_case(ties: policies.Ties, case: Application, code: str) -> None:
    def decide() -> None:
        policies.check_decide(SETRASS, policies.Turn(case, [], BOTH, True, ties))

    assert _answer(decide) == code
    tied = OWN if ties.own else PREPARED if ties.prepared else ""
    assert _answer(lambda: policies.check_hold(SETRASS, case, ties)) == tied


@pytest.mark.feature("O14")
def test_who_took_the_second_look_does_not_decide_on_the_case_too() -> None:
    def turn(*, looked_again: bool) -> policies.Turn:
        ties = policies.Ties(looked_again=looked_again)
        return policies.Turn(UNDER_REVIEW, [LABOUR], BOTH, True, ties)

    assert policies.check_decide(INM, turn(looked_again=False)) is Agency.INM
    with pytest.raises(Forbidden, match="official-already-decided"):
        policies.check_decide(INM, turn(looked_again=True))
