"""The states of a carrier, pair by pair."""

import itertools

import pytest

from permits.errors import Conflict
from permits.issuing import (
    CREDENTIAL_MOVES,
    STANDING,
    CredentialAction,
    CredentialState,
    move_credential,
)

LEADS = {
    "pending": {"sign": "issued", "revoke": "revoked"},
    "issued": {"replace": "replaced", "revoke": "revoked"},
    "replaced": {},
    "revoked": {},
}


@pytest.mark.feature("O16")
@pytest.mark.parametrize(
    ("state", "action"), list(itertools.product(CredentialState, CredentialAction))
)
def test_only_the_listed_moves_exist(state: CredentialState, action: CredentialAction) -> None:
    after = LEADS[state.value].get(action.value)
    if after is not None:
        assert move_credential(state, action) is CredentialState(after)
        return
    with pytest.raises(Conflict) as refused:
        move_credential(state, action)
    assert refused.value.code == "no-such-credential-move"
    assert refused.value.facts == {"state": state.value, "action": action.value}


def test_what_does_not_stand_never_comes_back() -> None:
    assert {state for state, _ in CREDENTIAL_MOVES} == STANDING
    assert set(LEADS) == {state.value for state in CredentialState}
