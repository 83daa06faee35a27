"""An employer is barred, and the worker process does what follows."""

from uuid import UUID

from app.services import effects, employer_bars
from app.services.case import load_case
from app.services.employer_bars import BarReason, EmployerBar
from permits.people import SYSTEM
from tests.builders import Story

KINDS = {employer_bars.RETURN, employer_bars.TELL}


def employer_of(story: Story) -> UUID:
    """The employer of the work that a case names."""
    offer = load_case(story.work(story.worker), story.id).offer
    assert offer is not None
    return UUID(offer.employer)


def bar(story: Story) -> EmployerBar:
    """A supervisor of SETRASS bars the employer of a case; everything has followed."""
    story.supervise()
    reason = BarReason.FEE_CHARGED
    made = employer_bars.bar_employer(story.work(story.supervisor), employer_of(story), reason)
    follow(story)
    return made


def follow(story: Story) -> int:
    """The worker process does what waits of a bar; returns how many effects."""
    done = 0
    while effects.run_next_effect(story.work(SYSTEM), KINDS) is not None:
        done += 1
    return done
