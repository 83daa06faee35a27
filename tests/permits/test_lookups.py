"""What is told of a typed number: never more than amber, and little of whom it names."""

from dataclasses import replace
from datetime import timedelta

import pytest

from permits.authorisations import AuthorisationStatus
from permits.issuing import CredentialState
from permits.lookups import holder_of, initials, judge_number
from permits.permit_claims import read_claims
from permits.scans import COLOURS, Colour, Reason
from tests.permits.test_authorisations import RIGHT
from tests.permits.test_right_acts import CARD, DURING
from tests.vectors.forge import permit

NUMBER = "7K3M9XQ2HB4T"
S, R = CredentialState, AuthorisationStatus
ISSUED = replace(CARD, valid_from=DURING - timedelta(days=3), expires=DURING + timedelta(days=3))
CLAIMS = read_claims(permit().payload)


@pytest.mark.feature("B6")
@pytest.mark.parametrize(
    ("card", "right", "reason"),
    [
        (S.ISSUED, R.ACTIVE, Reason.TYPED_NUMBER),
        (S.PENDING, R.ACTIVE, Reason.NOT_OURS),
        (S.REVOKED, R.ACTIVE, Reason.REVOKED),
        (S.REPLACED, R.ACTIVE, Reason.REVOKED),
        (S.ISSUED, R.SUSPENDED, Reason.SUSPENDED),
        (S.ISSUED, R.REVOKED, Reason.REVOKED),
    ],
)
def test_a_number_is_judged_by_its_card_and_its_right(
    card: CredentialState, right: AuthorisationStatus, reason: Reason
) -> None:
    until = DURING.date() if right is R.SUSPENDED else None
    held = replace(RIGHT, stored=right, suspended_until=until)
    judged = judge_number(NUMBER, replace(ISSUED, state=card), held, DURING)
    assert (judged.reason, judged.colour is Colour.GREEN) == (reason, False)
    assert (holder_of(judged, CLAIMS) is not None) is (reason is Reason.TYPED_NUMBER)


def test_a_number_of_no_card_and_one_outside_its_days() -> None:
    assert judge_number(NUMBER, None, None, DURING).reason is Reason.NOT_OURS
    for now, reason in (
        (ISSUED.expires, Reason.EXPIRED),
        (ISSUED.expires - timedelta(seconds=1), Reason.TYPED_NUMBER),
        (ISSUED.valid_from, Reason.TYPED_NUMBER),
        (ISSUED.valid_from - timedelta(seconds=1), Reason.NOT_YET_VALID),
    ):
        judged = judge_number(NUMBER, ISSUED, RIGHT, now)
        assert (judged.reason, judged.number) == (reason, NUMBER)
        assert judged.claims is None


def test_a_holder_is_initials_and_the_end_of_a_document() -> None:
    judged = judge_number(NUMBER, ISSUED, RIGHT, DURING)
    holder = holder_of(judged, CLAIMS)
    assert COLOURS[judged.reason] is Colour.AMBER
    assert holder is not None
    assert (holder.initials, holder.document_ending) == ("M. F. L. X.", "0101")
    assert initials("  ángela  de la Ó ") == "Á. D. L. Ó."
