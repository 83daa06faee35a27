"""Cases that nobody had to file, as for a fee, with their worker shielded."""

import pytest

from app.services import (
    check_in_complaints,
    check_ins,
    complaint_desk,
    complaint_intake,
    complaint_list,
)
from app.services.complaint_intake import ConfirmedFee, Noticed
from app.storage import permit_shields
from permits.deadlines import legal_day
from permits.people import SYSTEM, PersonId
from recruitment.complaints.filed import Told
from recruitment.complaints.words import Category, Filing, Flag, Severity
from tests.builders import NOW, Story
from tests.complained import Office, token_of
from tests.working import WELL, ask_all, at_work
from tests.working import token_of as link_of


@pytest.mark.feature("N4")
def test_danger_told_in_a_check_in_becomes_a_complaint_once(story: Story) -> None:
    at_work(story.supervise())
    ask_all(story)
    system = story.work(SYSTEM)
    check_ins.answer_link(system, link_of(story), WELL | {"safe": "hurt"}, act=False)
    office = Office(story.session, story.ports).ready()
    assert check_in_complaints.file_waiting(story.work(SYSTEM)) >= 1
    assert check_in_complaints.file_waiting(story.work(SYSTEM)) == 0
    handler = office.handlers[0]
    rows = complaint_list.list_desk(office.work(handler, story.now)).rows
    mine = [one.filed for one in rows if Category.VIOLENCE in one.filed.categories]
    assert [one.gravity for one in mine] == [Severity.S1]
    assert mine[0].employer is not None


@pytest.mark.feature("H7", "N9")
def test_a_noticed_case_is_sealed_to_the_office_and_shields_its_worker(story: Story) -> None:
    story.start().submit()
    office = Office(story.session, story.ports)
    system = office.work(SYSTEM)
    assert check_in_complaints.file_waiting(system) == 0
    fee = ConfirmedFee(story.worker.person, story.id, None, "Acta 1", official=True)
    complaint_intake.open_from_fee(system, fee)  # no keys yet
    office.ready()
    handler = office.work(office.handlers[0])
    assert complaint_list.list_desk(handler).rows == []
    worker = PersonId(story.worker.person)
    told = Told("free: no", about="receipt")
    noticed = Noticed(Severity.S1, (Category.MOVEMENT,), told, worker=worker)
    identity = complaint_intake.open_case(system, noticed)
    ((row),) = complaint_list.list_desk(handler).rows
    assert (row.filed.gravity, row.filed.filing) == (Severity.S1, Filing.CHECK_IN)
    assert {one.kind.value for one in row.clocks} == {"acknowledge", "first-contact", "decision"}
    opened = complaint_desk.open_on_desk(handler, token_of(office.handlers[0]), identity)
    assert opened.content is not None
    told = opened.content.conversation.told
    assert (told.words, bool(told.about)) == ("free: no", True)
    (shield,) = permit_shields.list_shields(story.session, worker, legal_day(NOW))
    assert shield.ends_on is None
    complaint_intake.open_from_fee(system, fee)  # an official took it: it goes outside
    (accused,) = [
        one.filed
        for one in complaint_list.list_desk(handler).rows
        if Category.FEE_CHARGED in one.filed.categories
    ]
    assert accused.flags >= {Flag.OFFICIAL_ACCUSED, Flag.PROTECTION}
