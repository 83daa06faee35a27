"""Some weeks of payslips of the demonstration's first farm, one contested, and who is inside."""

from datetime import timedelta
from decimal import Decimal

from app.demo.market import FARM
from app.demo.stage import Stage
from app.services import farm_register, payslips
from app.services.agreed_wages import agreed_of
from app.services.farm_register import Sent
from app.services.work import Work
from app.storage import farm_hands
from app.storage.farm_hands import Hand
from permits.applications import ApplicationId
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
    work = stage.work(stage.now, farmer)
    hands = farm_hands.list_hands(stage.session, employer=FARM)[:PAID]
    for number, hand in enumerate(hands):
        _pay(work, hand, number)
    if hands:
        _contest(stage, hands[0])
    for farm in farm_hands.list_farms_of(stage.session, FARM):
        came = [
            Sent(work.new_id(), Direction.ENTRY, stage.now, "", hand.application) for hand in hands
        ]
        farm_register.record(work, farm.id, came)


def _pay(work: Work, hand: Hand, number: int) -> None:
    """So many weeks, the last one until yesterday."""
    offer = agreed_of(work, hand.application).offer
    units = Decimal(33 - number if offer.unit in PIECE_UNITS else 6)
    for week in range(WEEKS):
        last = legal_day(work.now) - timedelta(days=1 + 7 * week)
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


def _contest(stage: Stage, hand: Hand) -> None:
    """The first worker counts one more in the last week."""
    own = stage.work(stage.now, Actor(hand.worker, Role.WORKER))
    first_day = legal_day(stage.now) - timedelta(days=6)
    payslips.answer_own(
        own,
        ApplicationId(hand.application),
        first_day,
        1,
        Answer.CONTESTED,
        (Contested(Line.UNITS, "40"),),
        "También trabajé el domingo.",
    )
