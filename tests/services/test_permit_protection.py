"""Nobody loses a permit for having complained, and nobody learns from a permit that they did."""

import pytest
from sqlalchemy import text

from app.services import codecisions, complaint_shields
from app.services.complaint_shields import find_by_number
from permits.errors import Conflict, Forbidden, Hidden, Invalid
from permits.people import Agency, Role
from permits.permit_numbers import show
from permits.retaliation import Origin, Wish
from tests.builders import Story, add_official
from tests.rights import RightStory, signed


@pytest.fixture
def lived(story: Story) -> RightStory:
    return signed(story)


def ask(lived: RightStory, wish: Wish = Wish.SUSPEND) -> None:
    found = lived.right.authorisation
    work = lived.story.work(lived.supervisors[Agency.SETRASS])
    codecisions.ask_codecision(work, found.id, wish, "Ya no lo quiere.", seen_version=found.version)


@pytest.mark.feature("N12", "H6", "H7")
def test_a_retaliation_through_the_permit_waits_for_the_office_and_tells_nobody(
    lived: RightStory,
) -> None:
    story = lived.story
    handler = add_official(story.session, story.ports, Role.COMPLAINT_HANDLER)
    office = story.work(handler)
    # Without any complaint the answer is the same, so that it tells nothing.
    with pytest.raises(Conflict, match="second-office-needed"):
        lived.suspend(origin=Origin.EMPLOYER)
    ask(lived)
    with pytest.raises(Conflict, match="codecision-waits"):
        ask(lived)
    (waiting,) = codecisions.list_waiting(office)
    assert (waiting.shielded, waiting.codecision.words) == (False, "Ya no lo quiere.")
    codecisions.answer_codecision(office, waiting.codecision.id, "No reclamó.", agreed=True)
    with pytest.raises(Conflict, match="codecision-answered"):
        codecisions.answer_codecision(office, waiting.codecision.id, "Otra vez.", agreed=True)
    # A complaint begins: what was agreed before counts no more.
    right = find_by_number(office, show(lived.permit.credential.number).lower())
    shield = complaint_shields.open_shield(office, right.worker)
    with pytest.raises(Conflict, match="second-office-needed"):
        lived.suspend(origin=Origin.EMPLOYER)
    (waiting,) = codecisions.list_waiting(office)
    assert waiting.shielded
    codecisions.answer_codecision(office, waiting.codecision.id, "Es represalia.", agreed=False)
    with pytest.raises(Conflict, match="second-office-needed"):
        lived.suspend(origin=Origin.EMPLOYER)
    _ends_after_ninety_days(lived, shield.id)
    # An authority's own reason is another matter, and stays with the agencies.
    lived.suspend()


def _ends_after_ninety_days(lived: RightStory, shield: object) -> None:
    story = lived.story
    handler = add_official(story.session, story.ports, Role.COMPLAINT_HANDLER)
    row = "SELECT ends_on - since FROM permit_shields WHERE id = :id"
    found = lived.right.authorisation
    today = found.granted_at.date()
    complaint_shields.end_shields(story.work(handler), [found.id], today)  # another's: nothing
    assert story.session.execute(text(row), {"id": shield}).scalar_one() is None
    since = story.session.execute(
        text("SELECT since FROM permit_shields WHERE id = :id"), {"id": shield}
    ).scalar_one()
    complaint_shields.end_shields(story.work(handler), [shield], since)  # type: ignore[list-item]
    assert story.session.execute(text(row), {"id": shield}).scalar_one() == 90


@pytest.mark.feature("N12", "D2")
def test_only_who_could_do_it_passes_a_wish_on_and_only_the_office_answers(
    lived: RightStory,
) -> None:
    story, found = lived.story, lived.right.authorisation
    for actor, kind in (
        (lived.officers[Agency.SETRASS], Forbidden),
        (story.worker, Forbidden),
        (add_official(story.session, story.ports, Role.COMPLAINT_HANDLER), Forbidden),
    ):
        with pytest.raises((kind, Hidden)):
            codecisions.ask_codecision(
                story.work(actor), found.id, Wish.SUSPEND, "x", seen_version=found.version
            )
    work = story.work(lived.supervisors[Agency.SETRASS])
    with pytest.raises(Invalid):
        codecisions.ask_codecision(work, found.id, Wish.REVOKE, " ", seen_version=found.version)
    with pytest.raises(Forbidden):
        codecisions.list_waiting(work)
    with pytest.raises(Forbidden):
        complaint_shields.open_shield(work, found.worker)
    office = story.work(add_official(story.session, story.ports, Role.COMPLAINT_HANDLER))
    with pytest.raises(Invalid):
        find_by_number(office, "1111-1111-1111")
    shield = complaint_shields.open_shield(office, found.worker)
    told = story.session.execute(
        text("SELECT facts, subject FROM audit_events WHERE act = 'shield:open' ORDER BY id DESC")
    ).first()
    assert told is not None
    assert (told.facts, told.subject) == ({}, shield.id)  # neither whose, nor why
