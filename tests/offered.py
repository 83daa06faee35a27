"""What a worker hears of money and contract: another version is offered, a payment is said paid."""

from decimal import Decimal
from uuid import UUID

from app.services import cost_claims
from tests.builders import Story
from tests.costs import ask_back
from tests.services.test_contracts import offer_anew


def offered_anew(story: Story) -> None:
    """Another version of the contract is drawn, and a payment is said to be paid back."""
    offer_anew(story, wage=Decimal("380.00"))
    claim = UUID(ask_back(story))
    cost_claims.note_paid(story.work(story.supervisor), claim, 2)
