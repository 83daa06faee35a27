"""Some weeks of payslips of the demonstration's first farm, one contested, and who is inside."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from app.demo.market import FARM
from app.demo.stage import Stage
from app.services import farm_register, payslips
from app.services.farm_register import Sent
from app.storage import farm_hands
from permits.deadlines import legal_day
from permits.people import Actor, PersonId, Role
from permits.wages import PIECE_UNITS
from recruitment.farm_register import Direction
from recruitment.payslips import Answer, Contested, Line, Slip

WEEKS = 3
PAID = 4
"""So many workers are paid; the first one contests the last week."""


def seed_wages(stage: Stage) -> None:
    """The farm pays its workers by the week, and records who came in this morning."""
    farmer = Actor(PersonId(FARM), Role.EMPLOYER, "Finca de la demostración", employer=FARM)
    work, today = stage.work(stage.now, farmer), legal_day(stage.now)
    hands = farm_hands.list_hands(stage.session, employer=FARM)[:PAID]
    for number, hand in enumerate(hands):
        offer = payslips.agreed_of(work, hand.application).offer
        for week in range(WEEKS):
            last = today - timedelta(days=1 + 7 * week)
            units = Decimal(6 if offer.unit not in PIECE_UNITS else 33 - number)
            slip = Slip(
                last - timedelta(days=5),
                last,
                offer.currency,
                6,
                offer.unit,
                units,
                offer.wage,
                paid_on=last,
            )
            payslips.write_payslip(work, hand.application, slip)
        if number == 0:
            own = stage.work(stage.now, Actor(hand.worker, Role.WORKER))
            day = today - timedelta(days=6)
            lines = (Contested(Line.UNITS, "7"),)
            words = "También trabajé el domingo."
            answer = Answer.CONTESTED
            payslips.answer_own(own, hand.application, day, 1, answer, lines, words)  # type: ignore[arg-type]
    for farm in farm_hands.list_farms_of(stage.session, FARM):
        came = [Sent(uuid4(), Direction.ENTRY, stage.now, "", one.application) for one in hands]
        farm_register.record(work, farm.id, came)
