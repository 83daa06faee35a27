"""What a worker is told of farms: one asks for them from the pool, and a minimum wage rises."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from app.services import pool_asks, pool_ends, wage_runs
from permits.deadlines import legal_day
from permits.people import SYSTEM
from permits.wages import EmployerSize, MinimumWage
from tests.builders import Story, add_vacancy
from tests.farmed import employer_of, owner_of, working
from tests.pools import in_pool, with_pool
from tests.rights import RightStory

HIGH = MinimumWage(
    "agriculture", EmployerSize.TO_10, Decimal(30000), date(2026, 1, 1), None, "Acuerdo", False
)


def said_yes(story: Story) -> None:
    """Somebody of the pool is asked and says yes: SETRASS is asked for the change."""
    story.ports = with_pool(story.ports)
    in_pool(story).approve().sign()
    vacancy = add_vacancy(story.session, story.ports, now=story.now)
    pool_asks.ask_people(story.work(owner_of(employer_of(story, vacancy))), vacancy, 1)
    worker = story.work(story.worker)
    [job] = pool_asks.list_own(worker, story.id)
    pool_asks.answer_own(worker, story.id, job.ask.id, accepts=True)


def asked_by_a_farm(story: Story) -> None:
    """The same, and the right ends before SETRASS decides."""
    said_yes(story)
    RightStory(story).end()
    pool_ends.end_hopeless(story.work(SYSTEM))


def overtaken(story: Story) -> None:
    """A new minimum is above the contract of somebody at work."""
    working(story)
    reference = replace(story.ports.reference, minimum_wages=(HIGH,))
    story.ports = replace(story.ports, reference=reference)
    system = story.work(SYSTEM)
    run = wage_runs.start_run(system, ["coffee-hn-gt"], legal_day(story.now), [])
    wage_runs.run_batch(system, {"run": str(run.id), "after": "first", "before": []})
