"""Handing a printed card over: found by its number, compared with the document, recorded once."""

from dataclasses import dataclass
from uuid import UUID

from app.services import credentials
from app.services.credentials import Permit
from app.services.work import Work
from app.storage import card_batches
from app.storage import credentials as kept
from permits import permit_numbers
from permits.audit import Act
from permits.card_batches import BatchCard, check_hand_over
from permits.errors import Fault, Invalid, NotFound
from permits.people import Permission
from permits.permit_claims import PermitClaims, read_claims
from permits.policies import check_permission


@dataclass(frozen=True)
class FoundCard:
    """A card with the permit that it carries and what the permit says."""

    card: BatchCard
    permit: Permit
    claims: PermitClaims


def find_number(work: Work, typed: str) -> UUID:
    """The credential whose number somebody typed.

    Invalid("malformed") where it is no permit number, Invalid("no-such-card") where none of that
    number is on a card, within reach or not.
    """
    check_permission(work.actor, Permission.CARD_HAND_OVER)
    number = permit_numbers.read(typed)
    if number is None:
        raise Invalid([Fault("malformed", "number")])
    found = kept.find_id(work.session, number)
    if found is None or card_batches.find_card(work.session, found) is None:
        raise Invalid([Fault("no-such-card", "number")])
    return found


def read_card(work: Work, credential: UUID) -> FoundCard:
    """The card to be compared with the person who stands there; that it was looked at is logged.

    NotFound("no-such-card") beyond reach, and for a permit that is on no card.
    """
    check_permission(work.actor, Permission.CARD_HAND_OVER)
    permit = credentials.read_credential(work, credential, "hand-over")
    return FoundCard(_card(work, credential), permit, read_claims(permit.credential.payload))


def hand_over(work: Work, credential: UUID) -> None:
    """Record that the card is in its worker's hands.

    Conflict("card-not-printed", "card-handed-over" or "permit-not-standing").
    """
    found = read_card(work, credential)
    check_hand_over(_card(work, credential, hold=True))
    facts = {"number": found.card.number}
    event = work.event(Act.CARD_HANDED_OVER, credential, facts)
    card_batches.hand_over(work.session, credential, event=event)


def card_of(work: Work, permit: Permit) -> BatchCard | None:
    """The plastic card of a permit that was read already, if it was ever in a batch."""
    return card_batches.find_card(work.session, permit.credential.id)


def _card(work: Work, credential: UUID, *, hold: bool = False) -> BatchCard:
    card = card_batches.find_card(work.session, credential, hold=hold)
    if card is None:
        raise NotFound("no-such-card")
    return card
