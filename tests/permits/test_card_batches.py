"""Batches of cards: every pair of state and action, and which card may be handed over."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from uuid import uuid4

import pytest

from permits.card_batches import (
    MOVES,
    BatchAction,
    BatchCard,
    BatchId,
    BatchState,
    CardBatch,
    check_hand_over,
    is_of_office,
    move_batch,
)
from permits.errors import Conflict
from permits.issuing import CredentialState
from permits.people import Actor, Agency, PersonId, Role

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
CARD = BatchCard(
    0, uuid4(), "123456789ABC", uuid4(), CredentialState.ISSUED, "granted", printed_at=NOW
)


@pytest.mark.parametrize(("state", "action"), list(product(BatchState, BatchAction)))
def test_every_pair_moves_as_the_table_says_or_is_refused(
    state: BatchState, action: BatchAction
) -> None:
    if (state, action) in MOVES:
        assert move_batch(state, action) is MOVES[state, action]
        return
    with pytest.raises(Conflict) as refused:
        move_batch(state, action)
    settled = state in {BatchState.PRINTED, BatchState.DISCARDED, BatchState.READY}
    assert refused.value.code == ("batch-settled" if settled else "batch-still-drawn")


def test_what_was_settled_is_never_moved_again() -> None:
    ends = {BatchState.PRINTED, BatchState.DISCARDED}
    assert not {state for state, _ in MOVES} & ends
    assert set(MOVES.values()) - {BatchState.READY} == ends


def test_a_printed_card_of_a_valid_permit_is_handed_over() -> None:
    check_hand_over(CARD)


@pytest.mark.parametrize(
    ("card", "code"),
    [
        (replace(CARD, printed_at=None), "card-not-printed"),
        (replace(CARD, handed_over_at=NOW), "card-handed-over"),
        (replace(CARD, state=CredentialState.REVOKED), "permit-not-standing"),
        (replace(CARD, state=CredentialState.REPLACED), "permit-not-standing"),
        (replace(CARD, right_status="suspended"), "permit-not-standing"),
        (replace(CARD, right_status="revoked"), "permit-not-standing"),
    ],
)
def test_any_other_card_stays_at_the_counter(card: BatchCard, code: str) -> None:
    with pytest.raises(Conflict) as refused:
        check_hand_over(card)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("role", "department", "own"),
    [
        (Role.SETRASS_OFFICER, None, True),
        (Role.SETRASS_OFFICER, "HN-13", True),
        (Role.SETRASS_OFFICER, "HN-05", False),
        (Role.INM_OFFICER, None, False),
        (Role.INM_OFFICER, "HN-13", False),
        (Role.BORDER_AGENT, None, False),
    ],
)
def test_a_batch_belongs_to_the_office_that_ordered_it(
    role: Role, department: str | None, own: bool
) -> None:
    person = PersonId(uuid4())
    batch = CardBatch(
        BatchId(uuid4()), "coffee-hn-gt", "es", Agency.SETRASS, "HN-13", person, NOW, 3
    )
    assert is_of_office(Actor(person, role, department=department), batch) is own
