"""Batches of cards of a load: printed and handed over, ready, and still being drawn."""

from collections import defaultdict
from datetime import datetime, timedelta
from uuid import UUID

from app.demo.load_made import Pile
from app.demo.officials import demo_cast, official
from permits.audit import Act, Fact
from permits.authorisations import Authorisation
from permits.issuing import Credential

SHARE_OF_HUNDRED = 70
"""Of the cards that stand, those that are on a batch; the others wait for one."""

SIZE, LANGUAGE = 50, "es"
HANDED_OVER_OF_HUNDRED = 60
STATES = ("printed",) * 7 + ("ready",) * 2 + ("drawing",)


class Batches:
    """Gathers cards of one programme until a batch is full."""

    def __init__(self, pile: Pile, now: datetime) -> None:
        self._pile, self._now = pile, now
        self._waiting: dict[str, list[UUID]] = defaultdict(list)
        self._inm, self._chief = demo_cast().inm[0], official("jefe.inm")

    def add(self, right: Authorisation, card: Credential) -> None:
        """Put a card on the batch of its programme, if it comes on one."""
        if not self._pile.is_one_of(SHARE_OF_HUNDRED, 100):
            return
        waiting = self._waiting[right.programme]
        waiting.append(card.id)
        if len(waiting) == SIZE:
            self._order(right.programme, waiting)
            waiting.clear()

    def _order(self, programme: str, cards: list[UUID]) -> None:
        random = self._pile.random
        state, at = random.choice(STATES), self._now - timedelta(hours=random.randrange(2, 24))
        batch, printed = self._pile.new_id(), at + timedelta(hours=1)
        drawing = state == "drawing"
        row = {
            "id": batch,
            "programme": programme,
            "language": LANGUAGE,
            "agency": "inm",
            "department": None,
            "ordered_by": self._inm.person,
            "ordered_at": at,
            "total": len(cards),
            "drawn": 0 if drawing else len(cards),
            "state": state,
            "ready_at": None if drawing else at + timedelta(minutes=5),
            "settled_at": printed if state == "printed" else None,
            "settled_by": self._chief.person if state == "printed" else None,
        }
        self._pile.keep("card_batches", row)
        facts: dict[str, Fact] = {"cards": len(cards), "programme": programme}
        self._pile.tell(Act.CARDS_ORDERED, batch, self._inm, at, facts)
        for position, card in enumerate(cards):
            self._print(batch, position, card, printed if state == "printed" else None)

    def _print(self, batch: UUID, position: int, card: UUID, printed: datetime | None) -> None:
        given = printed is not None and self._pile.is_one_of(HANDED_OVER_OF_HUNDRED, 100)
        row = {
            "batch": batch,
            "position": position,
            "credential": card,
            "printed_at": printed,
            "handed_over_at": printed if given else None,
            "handed_over_by": self._inm.person if given else None,
        }
        self._pile.keep("card_prints", row)
