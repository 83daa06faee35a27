"""People who left for their work and have not said that they arrived."""

from datetime import timedelta

from app.services import journeys
from permits.deadlines import legal_day
from permits.journeys import JourneyStep
from permits.people import SYSTEM
from tests.builders import Story


def left(story: Story) -> Story:
    """They left three days ago, and are asked."""
    day = legal_day(story.now) - timedelta(days=3)
    journeys.note_step(story.work(story.worker), story.id, JourneyStep.DEPARTED, day)
    journeys.ask_arrived(story.work(SYSTEM))
    return story
