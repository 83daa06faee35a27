"""What a worker hears of money, contract and farm, each by one message."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from app.services import contract_looks, farm_register, payslips, repayments, roster
from app.services.contract_looks import Said
from app.services.farm_register import Sent
from permits.deadlines import legal_day
from permits.people import SYSTEM
from recruitment.ethics.words import Weighed
from recruitment.farm_register import Direction
from tests.abroad import enlist
from tests.builders import Story
from tests.costs import ask_back, shown
from tests.farmed import add_farm, another_employer, owner_of, working
from tests.payslips import week
from tests.services.test_contracts import offer_anew, own
from tests.welfare import send_on


def offered_anew(story: Story) -> None:
    """Another version of the contract is drawn, and a payment is said to be paid back."""
    offer_anew(story, wage=Decimal("380.00"))
    claim = UUID(ask_back(story))
    repayments.note_part(story.work(story.supervisor), claim, shown(story), 2)


def reword(story: Story) -> Story:
    """The same work is offered in other words: SETRASS reads them first (R16)."""
    offer_anew(story, title="Corte de café, y lo que diga el caporal")
    return story


def call_worse(story: Story) -> None:
    """Somebody of SETRASS reads the newest version, and calls it worse."""
    held = own(story).held
    said = Said(held.base.digest, held.newest.digest, Weighed.WORSE, "Es otro trabajo.")
    contract_looks.look(story.work(story.setrass), story.id, held.newest.version, said)


def paid_and_seen_elsewhere(story: Story) -> Story:
    """At work: the employer writes two payslips, and another farm notes the worker at its gate."""
    owner = owner_of(working(story))
    elsewhere = another_employer(story)
    other = add_farm(story.work(story.setrass), elsewhere, "Otra Finca")
    story.later(days=20)
    last = legal_day(story.now)
    for day in (last - timedelta(days=9), last - timedelta(days=1)):
        payslips.write_payslip(story.work(owner), story.id, week(day))
    send_on(story)
    number = story.application.worker_number or ""
    sent = Sent(uuid4(), Direction.ENTRY, story.now, number)
    farm_register.record(story.work(owner_of(elsewhere)), other, [sent])
    return story


def place_ends(story: Story) -> Story:
    """Somebody joins the roster, and fourteen days before the end of it are reminded."""
    enlist(story).later(days=351)
    roster.remind_ending(story.work(SYSTEM))
    return story


def late_in_parts(story: Story) -> Story:
    """A repayment is to come on a day to which the worker agreed, and does not."""
    claim = UUID(ask_back(story.supervise().start().submit()))
    plan = [(legal_day(story.now) + timedelta(days=9), Decimal("777.77"))]
    repayments.propose_plan(story.work(story.supervisor), claim, plan, 2)
    repayments.answer_plan(story.work(story.worker), story.id, claim, 3, agrees=True)
    repayments.tell_late(story.later(days=10).work(SYSTEM))
    return story
