"""Nobody loses a permit for having complained, and nobody learns from a permit that they did."""

from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import text

from app.services import authorisations, codecisions, complaint_shields
from app.services.complaint_shields import find_by_number
from permits.authorisations import AuthorisationStatus
from permits.errors import Conflict, Forbidden, Hidden, Invalid
from permits.people import Agency, Role
from permits.permit_numbers import show
from permits.retaliation import Origin, Wish
from permits.revocations import URGENT, RevocationGround
from permits.suspensions import SuspensionReason
from tests.builders import Story, add_official
from tests.rights import PAUSE, PROPOSAL, RightStory, signed


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
    # What a court or the watch list says waits for no office.
    lived.suspend()


@pytest.mark.feature("N12", "H6", "H7")
@pytest.mark.parametrize("origin", [Origin.OWN, Origin.AUTHORITY])
def test_while_a_shield_stands_every_wish_waits_whoever_is_said_to_ask(
    lived: RightStory, origin: Origin
) -> None:
    story, found = lived.story, lived.right.authorisation
    office = story.work(add_official(story.session, story.ports, Role.COMPLAINT_HANDLER))
    complaint_shields.open_shield(office, found.worker)
    doubt = replace(PAUSE, reason=SuspensionReason.FRAUD_SUSPECTED, origin=origin)
    suspending = partial(
        authorisations.suspend_authorisation,
        story.work(lived.supervisors[Agency.SETRASS]),
        found.id,
    )
    taking = replace(PROPOSAL, origin=origin)
    with pytest.raises(Conflict, match="second-office-needed"):
        suspending(doubt, seen_version=found.version)
    with pytest.raises(Conflict, match="second-office-needed"):
        lived.propose(said=taking)
    ask(lived)
    (waiting,) = codecisions.list_waiting(office)
    codecisions.answer_codecision(office, waiting.codecision.id, "Es fraude.", agreed=True)
    with story.session.begin_nested() as agreed:
        suspending(doubt, seen_version=found.version)
        agreed.rollback()
    story.session.execute(text("DELETE FROM permit_shields"))
    lived.propose(said=taking)  # nothing shields: it is the agency's own matter again


@pytest.mark.feature("N12", "H6", "H7")
def test_a_shield_that_comes_between_proposal_and_confirmation_counts(lived: RightStory) -> None:
    story, found = lived.story, lived.right.authorisation
    lived.propose()
    office = story.work(add_official(story.session, story.ports, Role.COMPLAINT_HANDLER))
    complaint_shields.open_shield(office, found.worker)
    with pytest.raises(Conflict, match="second-office-needed"):
        lived.confirm()


@pytest.mark.feature("N12", "H6")
@pytest.mark.parametrize("ground", sorted(URGENT))
def test_an_order_from_outside_takes_back_a_shielded_right_without_the_office(
    lived: RightStory, ground: RevocationGround
) -> None:
    story, found = lived.story, lived.right.authorisation
    office = story.work(add_official(story.session, story.ports, Role.COMPLAINT_HANDLER))
    complaint_shields.open_shield(office, found.worker)
    said = replace(PROPOSAL, grounds=(ground,))
    with pytest.raises(Conflict, match="second-office-needed"):
        lived.propose(said=replace(said, origin=Origin.EMPLOYER))  # whatever an employer says
    lived.propose(said=said).confirm()
    assert lived.right.authorisation.stored is AuthorisationStatus.REVOKED


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
