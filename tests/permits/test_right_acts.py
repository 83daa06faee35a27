"""Who may suspend, give back, take back and replace, in every standing of a right."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from permits.authorisations import AuthorisationId, AuthorisationStatus
from permits.errors import DomainError
from permits.issuing import Credential, CredentialId, CredentialState
from permits.people import Actor, Agency, Role
from permits.retaliation import Origin
from permits.revocations import Hearing, Outcome, Revocation, RevocationGround, RevocationId
from permits.right_acts import (
    RightAct,
    RightCase,
    check_confirm,
    check_drop,
    check_propose,
    check_reinstate,
    check_revoke_card,
    check_suspend,
    right_acts,
)
from permits.suspensions import Suspension, SuspensionId, SuspensionReason
from tests.permits.cases import NOW, person, stand_in
from tests.permits.test_authorisations import RIGHT

S = AuthorisationStatus
DURING = datetime(2026, 12, 10, 15, 0, tzinfo=NOW.tzinfo)
OVER = datetime(2027, 3, 1, 15, 0, tzinfo=NOW.tzinfo)

SUPERVISOR = Actor(person(60), Role.SETRASS_SUPERVISOR)
OFFICER = Actor(person(61), Role.SETRASS_OFFICER)
OTHER_OFFICER = Actor(person(62), Role.SETRASS_OFFICER)
INM_SUPERVISOR = Actor(person(63), Role.INM_SUPERVISOR)
HOLDER = Actor(RIGHT.worker, Role.WORKER)

CARD = Credential(
    CredentialId(UUID(int=2)),
    RIGHT.id,
    "7K3M9XQ2HB4T",
    CredentialState.ISSUED,
    b"k" * 8,
    1,
    5,
    b"",
    b"",
    NOW,
    NOW + timedelta(days=90),
    2,
    NOW,
    "TEXT",
    NOW,
)
PAUSED = Suspension(
    SuspensionId(UUID(int=3)),
    AuthorisationId(RIGHT.id),
    RIGHT.worker,
    Agency.SETRASS,
    SUPERVISOR.person,
    SuspensionReason.ALERT,
    Origin.OWN,
    "Hay que confirmar un dato.",
    date(2026, 12, 5),
    date(2026, 12, 14),
    DURING,
)
PROPOSED = Revocation(
    RevocationId(UUID(int=4)),
    AuthorisationId(RIGHT.id),
    RIGHT.worker,
    Agency.SETRASS,
    (RevocationGround.FRAUD,),
    Origin.OWN,
    Hearing.IN_PERSON,
    "Dijo que no sabía.",
    "El documento era de otra persona.",
    OFFICER.person,
    DURING,
)
STANDS = RightCase(RIGHT, credential=CARD)
SUSPENDED = replace(
    STANDS,
    authorisation=replace(RIGHT, stored=S.SUSPENDED, suspended_until=PAUSED.until),
    suspension=PAUSED,
)
WAITING = replace(STANDS, proposal=PROPOSED)
BOTH = replace(SUSPENDED, proposal=PROPOSED)
TAKEN = replace(
    STANDS,
    authorisation=replace(RIGHT, stored=S.REVOKED),
    credential=replace(CARD, state=CredentialState.REVOKED),
)

STANDINGS: Mapping[str, tuple[RightCase, datetime]] = {
    "granted": (STANDS, NOW),
    "active": (STANDS, DURING),
    "suspended": (SUSPENDED, DURING),
    "proposed": (WAITING, DURING),
    "suspended and proposed": (BOTH, DURING),
    "expired": (STANDS, OVER),
    "expired and proposed": (WAITING, OVER),
    "revoked": (TAKEN, DURING),
}
CARD_ACTS = "replace revoke-card"
OFFERED = {
    "granted": {
        "supervisor": f"suspend propose-revocation {CARD_ACTS}",
        "officer": f"propose-revocation {CARD_ACTS}",
        "other officer": f"propose-revocation {CARD_ACTS}",
        "inm": f"suspend propose-revocation {CARD_ACTS}",
        "worker": "replace",
    },
    "suspended": {
        "supervisor": f"propose-revocation {CARD_ACTS}",
        "officer": f"reinstate propose-revocation {CARD_ACTS}",
        "other officer": f"reinstate propose-revocation {CARD_ACTS}",
        "inm": f"propose-revocation {CARD_ACTS}",
        "worker": "replace",
    },
    "proposed": {
        "supervisor": f"suspend confirm-revocation drop-revocation {CARD_ACTS}",
        "officer": f"drop-revocation {CARD_ACTS}",
        "other officer": f"confirm-revocation drop-revocation {CARD_ACTS}",
        "inm": f"suspend {CARD_ACTS}",
        "worker": "replace",
    },
    "suspended and proposed": {
        "supervisor": f"confirm-revocation drop-revocation {CARD_ACTS}",
        "officer": f"reinstate drop-revocation {CARD_ACTS}",
        "other officer": f"reinstate confirm-revocation drop-revocation {CARD_ACTS}",
        "inm": CARD_ACTS,
        "worker": "replace",
    },
    "expired": dict.fromkeys(("supervisor", "officer", "other officer", "inm"), "revoke-card"),
    "expired and proposed": {
        "supervisor": "drop-revocation revoke-card",
        "officer": "drop-revocation revoke-card",
        "other officer": "drop-revocation revoke-card",
        "inm": "revoke-card",
    },
    "revoked": {},
}
OFFERED["active"] = OFFERED["granted"]
PEOPLE = {
    "supervisor": SUPERVISOR,
    "officer": OFFICER,
    "other officer": OTHER_OFFICER,
    "inm": INM_SUPERVISOR,
    "worker": HOLDER,
}


@pytest.mark.promise("P3")
@pytest.mark.asvs("2.3.1", "8.2.1")
@pytest.mark.feature("O16")
@pytest.mark.parametrize("who", sorted(PEOPLE))
@pytest.mark.parametrize("standing", sorted(STANDINGS))
def test_each_person_in_each_standing(standing: str, who: str) -> None:
    case, now = STANDINGS[standing]
    told = right_acts(PEOPLE[who], case, now)
    assert " ".join(told) == OFFERED[standing].get(who, "")


OFFICIALS = {"setrass-officer", "inm-officer", "setrass-supervisor", "inm-supervisor"}


@pytest.mark.parametrize("role", list(Role))
def test_nobody_but_officials_and_the_worker_has_anything_to_do_with_it(role: Role) -> None:
    acts = set(right_acts(stand_in(role), STANDS, DURING))
    if role.value in OFFICIALS:
        suspending = {RightAct.SUSPEND} if "supervisor" in role.value else set()
        both = {RightAct.PROPOSE_REVOCATION, RightAct.REPLACE, RightAct.REVOKE_CARD}
        assert acts == both | suspending
    elif role is Role.WORKER:
        assert acts == {RightAct.REPLACE}
    else:
        assert acts == set()


REFUSALS: list[tuple[Callable[[], object], str]] = [
    (lambda: check_suspend(OFFICER, STANDS, DURING), "not-permitted"),
    (lambda: check_suspend(SUPERVISOR, replace(STANDS, own=True), DURING), "own-case"),
    (lambda: check_suspend(replace(SUPERVISOR, person=RIGHT.worker), STANDS, DURING), "own-case"),
    (lambda: check_suspend(SUPERVISOR, SUSPENDED, DURING), "no-such-right-move"),
    (lambda: check_suspend(SUPERVISOR, STANDS, OVER), "no-such-right-move"),
    (lambda: check_reinstate(SUPERVISOR, SUSPENDED, DURING), "own-suspension"),
    (lambda: check_reinstate(INM_SUPERVISOR, SUSPENDED, DURING), "other-agencys-measure"),
    (lambda: check_reinstate(OFFICER, STANDS, DURING), "no-such-right-move"),
    (lambda: check_propose(OFFICER, WAITING, DURING), "revocation-already-proposed"),
    (lambda: check_propose(OFFICER, TAKEN, DURING), "no-such-right-move"),
    (lambda: check_confirm(OFFICER, WAITING, DURING), "own-proposal"),
    (lambda: check_confirm(INM_SUPERVISOR, WAITING, DURING), "other-agencys-measure"),
    (lambda: check_confirm(SUPERVISOR, STANDS, DURING), "no-revocation-proposed"),
    (lambda: check_confirm(SUPERVISOR, replace(WAITING, own=True), DURING), "own-case"),
    (lambda: check_drop(INM_SUPERVISOR, WAITING), "other-agencys-measure"),
    (lambda: check_revoke_card(OFFICER, replace(STANDS, own=True)), "own-case"),
    (lambda: check_revoke_card(OFFICER, TAKEN), "permit-not-standing"),
]


@pytest.mark.promise("P3")
@pytest.mark.feature("O16")
@pytest.mark.parametrize(("act", "code"), REFUSALS)
def test_why_not(act: Callable[[], object], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        act()
    assert refused.value.code == code


def test_who_proposed_withdraws_and_a_colleague_rejects() -> None:
    assert check_drop(OFFICER, WAITING) is Outcome.WITHDRAWN
    assert check_drop(SUPERVISOR, WAITING) is Outcome.REJECTED
