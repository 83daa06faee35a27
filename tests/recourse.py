"""Recourse that was asked, and judged by people who are new to the case."""

from app.services import appeals
from permits.appeals import Ruling
from permits.people import SUPERVISOR_OF
from tests.builders import Story, add_official


def judge_twice(story: Story) -> None:
    """Upheld, then overturned; by two people."""
    for ruling in (Ruling.UPHELD, Ruling.OVERTURNED):
        appeal = appeals.file_appeal(story.work(story.worker), story.id, "Es mío.")
        role = SUPERVISOR_OF[appeal.agency]
        work = story.work(add_official(story.session, story.ports, role))
        appeals.judge_appeal(work, appeal.id, ruling, "Se revisó.")
