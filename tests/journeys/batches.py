"""Batches of cards in each state, so that each of their pages can be looked at."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from app.services import card_batches
from app.services.work import Work
from permits.card_batches import BatchAction
from permits.people import PersonId


@dataclass(frozen=True)
class Batches:
    """Ids of batches that are being drawn, ready and printed, and of a permit on a printed card."""

    drawing: UUID
    ready: UUID
    printed: UUID
    card: UUID


def order(work: Work, count: int) -> list[UUID]:
    """So many batches of one card each."""
    return [
        card_batches.order_batch(work, uuid4(), "coffee-hn-gt", "es", 1).id for _ in range(count)
    ]


def settle(work: Work, drawn: Sequence[UUID]) -> Batches:
    """One of the two that were drawn is printed; a third is ordered and not drawn yet."""
    ready, printed = drawn
    other = work.as_actor(replace(work.actor, person=PersonId(uuid4())))
    card_batches.settle_batch(other, printed, BatchAction.CONFIRM)
    _, cards = card_batches.read_batch(work, printed)
    (drawing,) = order(work, 1)
    return Batches(drawing, ready, printed, cards[0].credential)
