"""What the job cost some people of the demonstration: six diaries, four who paid nothing."""

from decimal import Decimal

from app.demo.market import COFFEE
from app.demo.officials import Cast
from app.demo.stage import Stage
from app.services import costs, nothing_paid, queues
from app.storage import applications
from permits.applications import Application
from permits.people import Actor, Role
from permits.reach import EVERYTHING
from recruitment.costs import Asker, ClaimAction, Payment, Phase, Way
from recruitment.ethics.words import CostCode, Lender, Payer

DIARIES = 6
"""One more than the five from which a figure is told."""

FREE = 4
"""So many more say that they paid nothing: ten are counted, and nobody of them is told apart."""

FEE = Payment(
    CostCode.FEE_PLACEMENT,
    Decimal(1200),
    "HNL",
    Phase.BEFORE,
    Payer.WORKER,
    Asker.RECRUITER,
    Way.LOAN,
    "Un tramitador inventado",
    "Dijo que sin eso no me anotaban.",
    Lender.MONEYLENDER,
    Decimal(60),
    repaid_by_wage=False,
)
TRANSPORT = Payment(
    CostCode.TRAVEL_IN,
    Decimal(130),
    "GTQ",
    Phase.BEFORE,
    Payer.FAMILY,
    Asker.NOBODY,
    Way.CASH,
)


def seed_costs(stage: Stage, cast: Cast) -> None:
    """The first two of the queue's coffee pickers paid a fee and ask it back; the others a bus.

    The next ones paid nothing and say so; the rest say nothing at all.
    """
    official = stage.work(stage.now, cast.setrass[0])
    rows = queues.list_queue(official, queues.filter_of(official, queues.Wanted())).rows
    every = [
        applications.get_application(official.session, row.id, reach=EVERYTHING) for row in rows
    ]
    pickers = [one for one in every if one.programme == COFFEE]
    for application in pickers[DIARIES : DIARIES + FREE]:
        work = stage.work(stage.now, Actor(application.worker, Role.WORKER))
        nothing_paid.say_nothing(work, application.id)
    for number, application in enumerate(pickers[:DIARIES]):
        _note(stage, application, TRANSPORT)
        if number < 2:
            _note(stage, application, FEE, asks=True)


def _note(stage: Stage, own: Application, payment: Payment, *, asks: bool = False) -> None:
    work = stage.work(stage.now, Actor(own.worker, Role.WORKER))
    identity = work.new_id()
    costs.add_cost(work, own.id, identity, payment)
    if asks:
        costs.move_own_claim(work, own.id, identity, ClaimAction.ASK, 1)
