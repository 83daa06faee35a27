"""Cases that nobody had to file, as for a fee, with their worker shielded."""

import pytest

from app.services import complaint_desk, complaint_intake
from app.services.complaint_intake import Noticed
from app.storage import permit_shields
from permits.deadlines import legal_day
from permits.people import SYSTEM, PersonId
from recruitment.complaints.words import Category, Filing, Severity
from tests.builders import NOW, Story
from tests.complained import Office, token_of


@pytest.mark.feature("H7", "N9")
def test_a_noticed_case_is_sealed_to_the_office_and_shields_its_worker(story: Story) -> None:
    story.start().submit()
    office = Office(story.session, story.ports)
    system = office.work(SYSTEM)
    complaint_intake.open_from_fee(system, story.worker.person, story.id, None, "Acta 1")  # waits
    office.ready()
    handler = office.work(office.handlers[0])
    assert complaint_desk.list_desk(handler) == []
    worker = PersonId(story.worker.person)
    noticed = Noticed(
        Severity.S1, (Category.MOVEMENT,), "free: no", worker=worker, application=story.id
    )
    identity = complaint_intake.open_case(system, noticed)
    ((row),) = complaint_desk.list_desk(handler)
    assert (row.filed.gravity, row.filed.filing) == (Severity.S1, Filing.CHECK_IN)
    assert {one.kind.value for one in row.clocks} == {"acknowledge", "first-contact", "decision"}
    opened = complaint_desk.open_on_desk(handler, token_of(office.handlers[0]), identity)
    assert opened.content is not None
    told = opened.content.conversation.told
    assert (told.words, bool(told.about)) == ("free: no", True)
    (shield,) = permit_shields.list_shields(story.session, worker, legal_day(NOW))
    assert shield.ends_on is None
