"""A journey is noted by its worker or an official, asked about once, and shown on the way."""

from datetime import timedelta

import pytest

from app.services import journeys, own_data
from app.services.ports import Ports
from app.services.progress import read_progress
from app.storage.database import Session
from app.web.pages.stages import stages_of
from permits.deadlines import legal_day
from permits.errors import Conflict, Hidden, NotFound
from permits.journeys import JourneyStep
from permits.people import SYSTEM
from tests.builders import Story

pytestmark = pytest.mark.feature("N13")

S = JourneyStep


def test_a_journey_is_told_by_who_knows_and_shown_on_the_way(
    session: Session, ports: Ports
) -> None:
    story = Story(session, ports).start().submit()
    worker, today = story.work(story.worker), legal_day(story.now)
    with pytest.raises(Conflict, match="journey-not-yet"):
        journeys.note_step(worker, story.id, S.VISA_SUBMITTED, today)
    story.approve().sign().later(days=30)
    worker, today = story.work(story.worker), legal_day(story.now)
    officer, left = story.work(story.setrass), today - timedelta(days=4)
    journeys.note_step(officer, story.id, S.VISA_GRANTED, left - timedelta(days=1))
    for _ in range(2):  # twice is once
        journeys.note_step(worker, story.id, S.DEPARTED, left)
    visa, gone = journeys.read_journey(worker, story.id).notes
    assert (visa.source, gone.source) == ("official", "worker")
    assert journeys.start_of_work(worker, story.id) == left
    shown = [(one.kind, one.state) for one in stages_of(read_progress(worker, story.id))]
    assert ("visa", "done") in shown
    assert journeys.ask_arrived(story.work(SYSTEM)) >= 1
    assert journeys.ask_arrived(story.work(SYSTEM)) == 0
    with pytest.raises(Conflict, match="note-of-another"):
        journeys.remove_step(worker, story.id, visa.id)
    journeys.remove_step(worker, story.id, gone.id)
    with pytest.raises(NotFound):
        journeys.remove_step(worker, story.id, gone.id)
    own = own_data.read_own_data(worker, "pdf").tables["journey_notes"]
    assert [row["step"] for row in own] == ["visa-granted"]
    journeys.read_journey(officer, story.id)
    assert "journey" in {one.purpose for one in own_data.list_looks(worker)}
    other = Story(session, ports).start()
    with pytest.raises(Hidden):
        journeys.read_journey(other.work(other.worker), story.id)
