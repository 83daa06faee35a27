"""Who decided on a permit handles no complaint about it, and no row tells whose permit it was."""

from uuid import UUID

import pytest
from sqlalchemy import text

from app.services import codecisions, complaint_acts, complaint_intake, complaint_list
from app.services.complaint_cases import load
from app.services.complaint_intake import Noticed
from permits.errors import Forbidden
from permits.people import Actor, Agency, PersonId, Role
from permits.permit_numbers import show
from permits.retaliation import Wish
from recruitment.complaints.filed import Told
from recruitment.complaints.handling import Deed
from recruitment.complaints.moves import Action
from recruitment.complaints.words import Category, Severity
from tests.builders import Story
from tests.complained import Office
from tests.complaint_desk import SECRET, Desk
from tests.rights import RightStory, signed


@pytest.fixture
def desk(story: Story) -> Desk:
    return Desk(Office(story.session, story.ports)).begin()


def posted(story: Story, handler: Actor) -> Actor:
    """The handler, who worked for SETRASS before."""
    story.session.execute(
        text("INSERT INTO postings VALUES (:person, 'setrass', now())"), {"person": handler.person}
    )
    return Actor(handler.person, Role.SETRASS_OFFICER)


def decided_by(story: Story, handler: Actor) -> RightStory:
    story.setrass = posted(story, handler)
    return signed(story)


@pytest.mark.feature("H1", "D1")
def test_a_case_that_the_service_opens_is_kept_from_who_decided_on_the_permit(
    desk: Desk, story: Story
) -> None:
    handler, _ = desk.office.handlers
    decided_by(story, handler)
    worker = PersonId(story.worker.person)
    noticed = Noticed(Severity.S1, (Category.MOVEMENT,), Told("no"), worker=worker)
    opened = complaint_intake.open_case(desk.system, noticed)
    with pytest.raises(Forbidden, match="has-a-part"):
        complaint_acts.take(desk.by(0), opened, seen=1)
    listed = [
        {one.filed.id for one in complaint_list.list_desk(desk.by(number)).rows}
        for number in (0, 1)
    ]
    assert [opened in some for some in listed] == [False, True]
    complaint_acts.take(desk.by(1), opened, seen=load(desk.by(1), opened).filed.version)
    assert load(desk.by(1), opened).ties.approved == {handler.person}
    _names_nobody(story, opened, handler)


def _names_nobody(story: Story, case: UUID, handler: Actor) -> None:
    row = story.session.execute(
        text("SELECT c::text, length(kept_out) FROM complaints c WHERE id = :id"), {"id": case}
    ).one()
    assert row[1] == 128  # of eight marks two stand for somebody
    for one in (handler.person, story.inm.person, story.worker.person):
        assert str(one) not in row[0]
        assert one.hex not in row[0]


@pytest.mark.feature("H1", "D1", "H6")
def test_a_permits_number_puts_its_decider_out_of_the_case_and_shields_all_the_same(
    desk: Desk, story: Story
) -> None:
    handler, _ = desk.office.handlers
    lived = decided_by(story, handler)
    desk.take().act(Action.SCREEN)
    desk.accept()
    number = show(lived.permit.credential.number)
    complaint_acts.protect(desk.by(), desk.token(), desk.complaint, SECRET, number, seen=desk.seen)
    with pytest.raises(Forbidden, match="has-a-part"):
        desk.opened()
    handled = load(desk.by(1), desk.complaint)
    with pytest.raises(Forbidden, match="has-a-part"):
        complaint_acts.take(desk.by(), desk.complaint, seen=handled.filed.version)
    assert handled.filed.handler is None
    assert handled.ties.out == {handler.person}
    assert handled.steps[-1].deed == Deed.PROTECT.value
    assert story.session.execute(text("SELECT count(*) FROM permit_shields")).scalar_one() == 1
    complaint_acts.take(desk.by(1), desk.complaint, seen=handled.filed.version)
    _names_nobody(story, desk.complaint, handler)


@pytest.mark.feature("N12", "D1")
def test_who_decided_on_a_permit_answers_no_wish_about_it(desk: Desk, story: Story) -> None:
    handler, _ = desk.office.handlers
    lived = decided_by(story, handler)
    found = lived.right.authorisation
    work = story.work(lived.supervisors[Agency.INM])
    asked = codecisions.ask_codecision(
        work, found.id, Wish.SUSPEND, "Ya no viene.", seen_version=found.version
    )
    with pytest.raises(Forbidden, match="has-a-part"):
        codecisions.answer_codecision(desk.by(0), asked.id, "Sí.", agreed=True)
    codecisions.answer_codecision(desk.by(1), asked.id, "Es represalia.", agreed=False)
