"""Cards printed by the batch: drawn by the worker, printed once an official says so, handed over.

The card costs the worker nothing (`IRIS 1`; domain.md W14).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType
from uuid import UUID

from permits.errors import Conflict, Forbidden
from permits.issuing import CredentialState
from permits.people import Actor, Agency, PersonId

BatchId = NewType("BatchId", UUID)

MOST_CARDS = 1000
"""Cards of one batch: a box of blank cards, and a file that every printer takes."""

KEPT = timedelta(days=7)
"""So long a batch waits for the word that it was printed; then its file goes, its cards wait on."""


class BatchState(StrEnum):
    """Where a batch stands."""

    DRAWING = "drawing"
    READY = "ready"
    PRINTED = "printed"
    DISCARDED = "discarded"


class BatchAction(StrEnum):
    """What is done with a batch: by the worker process (draw), or by an official."""

    FINISH = "finish"
    CONFIRM = "confirm"
    DISCARD = "discard"


MOVES: Mapping[tuple[BatchState, BatchAction], BatchState] = {
    (BatchState.DRAWING, BatchAction.FINISH): BatchState.READY,
    (BatchState.DRAWING, BatchAction.DISCARD): BatchState.DISCARDED,
    (BatchState.READY, BatchAction.CONFIRM): BatchState.PRINTED,
    (BatchState.READY, BatchAction.DISCARD): BatchState.DISCARDED,
}


@dataclass(frozen=True)
class CardBatch:
    """A batch of ID-1 cards of one programme, of the agency and the office that ordered it.

    `department` is the office's, None for one that reaches everywhere. `total` cards were ordered
    and `drawn` of them were looked at by the worker process. `settled_at` is when the batch was
    printed or discarded, by `settled_by`.
    """

    id: BatchId
    programme: str
    language: str
    agency: Agency
    department: str | None
    ordered_by: PersonId
    ordered_at: datetime
    total: int
    drawn: int = 0
    state: BatchState = BatchState.DRAWING
    ready_at: datetime | None = None
    settled_at: datetime | None = None
    settled_by: PersonId | None = None


@dataclass(frozen=True)
class BatchCard:
    """One card of a batch, in the order of the pages (from 0); `number` is the permit's.

    A card `stands` while its permit is valid: one that was revoked, replaced or suspended
    meanwhile is not handed over.
    """

    position: int
    credential: UUID
    number: str
    application: UUID
    state: CredentialState
    right_status: str
    printed_at: datetime | None = None
    handed_over_at: datetime | None = None

    @property
    def stands(self) -> bool:
        """Whether the permit on the card is valid."""
        return self.state is CredentialState.ISSUED and self.right_status == "granted"


def is_of_office(actor: Actor, batch: CardBatch) -> bool:
    """Whether the actor works where the batch was ordered; an office of all departments is one."""
    return actor.agency is batch.agency and actor.department in {None, batch.department}


def check_settle(person: PersonId, batch: CardBatch, action: BatchAction) -> None:
    """A batch is issued by two people: who ordered it may discard it, and another confirms it.

    Forbidden("batch-by-another") for who ordered it (domain 4.2, 4.3); what its state does not
    allow is told first.
    """
    move_batch(batch.state, action)
    if action is BatchAction.CONFIRM and person == batch.ordered_by:
        raise Forbidden("batch-by-another")


def move_batch(state: BatchState, action: BatchAction) -> BatchState:
    """The state after an action; Conflict("batch-still-drawn" or "batch-settled")."""
    after = MOVES.get((state, action))
    if after is None:
        drawing = state is BatchState.DRAWING
        raise Conflict("batch-still-drawn" if drawing else "batch-settled", status=state.value)
    return after


def check_hand_over(card: BatchCard) -> None:
    """Refuse to hand over what was not printed, does not stand, or was handed over already.

    Conflict("card-not-printed", "permit-not-standing" or "card-handed-over").
    """
    if card.printed_at is None:
        raise Conflict("card-not-printed")
    if card.handed_over_at is not None:
        raise Conflict("card-handed-over")
    if not card.stands:
        raise Conflict("permit-not-standing")
