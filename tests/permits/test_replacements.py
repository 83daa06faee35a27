"""Which card is replaced, by whom, and which is not."""

from dataclasses import replace
from datetime import datetime

import pytest

from permits import replacements
from permits.errors import DomainError
from permits.issuing import Credential, CredentialState, RevocationReason
from permits.people import Actor
from permits.replacements import check_replace
from tests.permits.cases import NOW
from tests.permits.test_authorisations import RIGHT
from tests.permits.test_right_acts import CARD, DURING, HOLDER, OFFICER, OVER

R, ST = RevocationReason, CredentialState
SECOND = replace(CARD, replacement=1)
WRONG = replace(CARD, state=ST.REVOKED, revocation_reason=R.WRONG_DATA)


@pytest.mark.feature("W15")
@pytest.mark.parametrize(
    ("who", "card", "reason", "now", "code"),
    [
        (HOLDER, CARD, R.LOST, DURING, ""),
        (HOLDER, CARD, R.STOLEN, NOW, ""),
        (HOLDER, CARD, R.DAMAGED, DURING, ""),
        (HOLDER, CARD, R.FRAUD, DURING, "invalid"),
        (HOLDER, CARD, R.LOST, OVER, "right-ended"),
        (HOLDER, replace(CARD, state=ST.PENDING), R.LOST, DURING, "permit-not-ready"),
        (HOLDER, replace(CARD, state=ST.REPLACED), R.LOST, DURING, "already-replaced"),
        (HOLDER, SECOND, R.LOST, DURING, "replaced-before"),
        (OFFICER, SECOND, R.LOST, DURING, ""),
        (HOLDER, replace(CARD, state=ST.REVOKED, revocation_reason=R.LOST), R.LOST, DURING, ""),
        (
            HOLDER,
            replace(CARD, state=ST.REVOKED, revocation_reason=R.FRAUD),
            R.LOST,
            DURING,
            "revoked-by-office",
        ),
        (HOLDER, replace(SECOND, state=ST.REVOKED, revocation_reason=R.LOST), R.LOST, DURING, ""),
        (OFFICER, WRONG, R.LOST, DURING, ""),
        (HOLDER, WRONG, R.WRONG_DATA, DURING, ""),
        (HOLDER, CARD, R.WRONG_DATA, DURING, "invalid"),
    ],
)
def test_which_card_is_replaced_by_whom(
    who: Actor, card: Credential, reason: RevocationReason, now: datetime, code: str
) -> None:
    told = ""
    try:
        check_replace(who, card, RIGHT, reason, now)
    except DomainError as refused:
        told = refused.code
    assert told == code
    assert replacements.is_first(CARD)
    assert not replacements.is_first(SECOND)
