"""What a worker is owed beside wages, as it is told."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from app.services import travel_papers, welfare_claims, welfare_desk
from permits.deadlines import legal_day
from permits.people import SYSTEM
from recruitment.ethics.words import Payer
from recruitment.travel_papers import Cover, Told, TravelPaperKind
from recruitment.welfare import Ower, WelfareAction, WelfareKind, WelfareStep, WelfareTold
from tests.builders import Story

WORDS = "Me corté la mano con el machete."


def told(on: date, kind: WelfareKind = WelfareKind.ACCIDENT, teller: str = "") -> WelfareTold:
    """A hand that was cut; 4,321.09 lempiras, by an insurance."""
    insured = "Seguros Atlas, 77-A"
    return WelfareTold(kind, on, WORDS, insured, Decimal("4321.09"), "HNL", teller)


def claim(story: Story) -> str:
    """Yesterday's accident, claimed by its worker; the claim's id."""
    identity = story.work(SYSTEM).new_id()
    yesterday = legal_day(story.now) - timedelta(days=1)
    welfare_claims.claim_welfare(story.work(story.worker), story.id, identity, told(yesterday))
    return str(identity)


def insure(story: Story) -> None:
    """An insurance among the travel papers, from today on, that the employer paid."""
    today = legal_day(story.now)
    cover = Cover("Seguros Atlas", "77-A", today, today + timedelta(days=90))
    paper = Told(TravelPaperKind.INSURANCE, today, Payer.EMPLOYER, cover=cover)
    travel_papers.note_paper(story.work(story.worker), story.id, paper)


def send_on(story: Story) -> None:
    """A claim that the office sends to the insurer, of which its worker hears."""
    identity, today = UUID(claim(story.supervise())), legal_day(story.now)
    step = WelfareStep(WelfareAction.SEND, today, story.now, Ower.INSURER, "Seguros Atlas")
    welfare_desk.note_step(story.work(story.supervisor), identity, step, 1)
