"""The official's signature: one decision as it stands, one official, and nothing else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from permits.applications import ApplicationId
from permits.approvals import Decision, Ground, Opinion, Signature
from permits.decision_signatures import Standing, judge, sign, statement, verifies
from permits.people import Agency, PersonId

SEED, OTHER = bytes(range(32)), bytes(32)
CASE, OFFICIAL = ApplicationId(UUID(int=7)), PersonId(UUID(int=9))
REFUSED = Decision(
    CASE,
    2,
    "ab" * 32,
    Agency.SETRASS,
    OFFICIAL,
    Opinion.REFUSE,
    datetime(2026, 11, 27, 15, 0, 0, 123456, UTC),
    (Ground("L7"),),
    "Ya tiene otra solicitud.",
)

pytestmark = pytest.mark.feature("O2")


def test_what_was_signed_is_recognised_whatever_zone_it_was_read_in() -> None:
    signature = sign(SEED, REFUSED)
    assert (len(signature.key), len(signature.value)) == (32, 64)
    honduras = REFUSED.decided_at.astimezone(timezone(timedelta(hours=-6)))
    assert judge(SEED, replace(REFUSED, decided_at=honduras), signature) is Standing.GOOD
    assert judge(SEED, REFUSED, None) is Standing.NONE


@pytest.mark.parametrize(
    "changed",
    [
        {"application": ApplicationId(UUID(int=8))},
        {"round": 1},
        {"digest": "cd" * 32},
        {"agency": Agency.INM},
        {"official": PersonId(UUID(int=10))},
        {"opinion": Opinion.APPROVE, "grounds": ()},
        {"grounds": (Ground("L1"),)},
        {"note": "Ya tiene otra solicitud"},
        {"decided_at": REFUSED.decided_at + timedelta(microseconds=1)},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_whatever_is_changed_afterwards_is_found(changed: dict[str, object]) -> None:
    forged = replace(REFUSED, **changed)  # type: ignore[arg-type]
    assert judge(SEED, forged, sign(SEED, REFUSED)) is Standing.BAD


def test_who_writes_the_row_cannot_sign_for_the_official() -> None:
    forged = sign(OTHER, REFUSED)
    assert verifies(forged, REFUSED)  # a key of their own
    assert judge(SEED, REFUSED, forged) is Standing.BAD  # and not the official's


def test_rubbish_is_no_signature() -> None:
    good = sign(SEED, REFUSED)
    for key, value in [(b"", b""), (good.key, b"x" * 64), (good.key, good.value[:63])]:
        assert not verifies(Signature(key, value), REFUSED)


def test_the_statement_is_a_vector_that_stays() -> None:
    """Whoever checks a signature in ten years must find these very bytes."""
    said = (
        '{"agency":"setrass","application":"00000000-0000-0000-0000-000000000007",'
        '"at":"2026-11-27T15:00:00.123456+00:00","digest":"' + "ab" * 32 + '","grounds":["L7"],'
        '"note":"2fa60c633522b7889772a5c7771c5c6490a686879964d95909ad639ea652cc5e",'
        '"official":"00000000-0000-0000-0000-000000000009","opinion":"refuse","round":2}'
    )
    assert statement(REFUSED) == f"vereda decision 1\n{said}".encode()
