"""Nobody decides on their own document, and the other agency's hold keeps nobody from deciding."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from app.services import approvals, queues
from app.services.accounts import IDENTITY
from app.services.dossiers import read_dossier
from app.services.ports import Ports
from app.services.queue_steps import steps_of
from app.services.queues import QueueFilter
from app.storage import accounts
from app.storage.database import Session
from permits.approvals import Opinion
from permits.audit import Act
from permits.errors import Conflict, Forbidden
from permits.next_actions import NextAction
from permits.people import SYSTEM, Actor, PersonId, Role
from tests.builders import CUI, NOW, Story, add_official
from tests.crewed import crew_of


def holder_of(story: Story, number: str) -> Actor:
    """An official whose own identity document has this number."""
    actor = Actor(PersonId(story.work(SYSTEM).new_id()), Role.SETRASS_OFFICER, "Olga")
    account = accounts.Account.of(actor, f"{actor.person.hex}@demo.example", "")
    index = story.ports.vault.index(IDENTITY, number)
    event = story.work(SYSTEM).event(Act.ACCOUNT_ADDED, actor.person, {"role": actor.role.value})
    account = replace(account, identity_index=index)
    accounts.add_account(story.session, account, SYSTEM.person, NOW, event=event)
    return actor


@pytest.mark.promise("P3")
@pytest.mark.asvs("2.3.5")
@pytest.mark.feature("O2")
def test_who_is_the_applicant_by_document_neither_holds_nor_decides(story: Story) -> None:
    story.start().submit()
    version = story.application.version
    applicant, other = holder_of(story, CUI), holder_of(story, "9999999999999")
    with pytest.raises(Forbidden) as refused:
        story.decide(applicant, Opinion.APPROVE)
    assert refused.value.code == "own-case"
    with pytest.raises(Forbidden) as refused:
        approvals.hold_application(story.work(applicant), story.id, seen_version=version)
    assert refused.value.code == "own-case"
    assert read_dossier(story.work(applicant), story.id).actions == ()
    assert "approve" in read_dossier(story.work(other), story.id).actions
    # The list knows it, too, and says no word of why.
    offered = {}
    for actor in (applicant, other):
        work = story.work(actor)
        offered[actor.person] = steps_of(work, queues.list_queue(work, queues.QueueFilter()).rows)
    assert offered == {applicant.person: {}, other.person: {story.id: NextAction.APPROVE}}


@pytest.mark.feature("O2", "O4")
def test_a_hold_of_the_other_agency_prepares_and_blocks_nothing(story: Story) -> None:
    story.start().submit()
    work = story.work(story.inm)
    approvals.hold_application(work, story.id, seen_version=story.application.version)
    assert story.application.held_by == story.inm.person
    story.decide(story.setrass, Opinion.APPROVE)
    colleague = add_official(story.session, story.ports, Role.INM_OFFICER)
    work = story.work(colleague)
    approvals.hold_application(work, story.id, seen_version=story.application.version)
    with pytest.raises(Conflict) as refused:
        story.decide(story.inm, Opinion.APPROVE)
    assert refused.value.code == "held-by-other"
    assert story.decide(colleague, Opinion.APPROVE).application.status.value == "approved"


@pytest.mark.promise("P3")
@pytest.mark.feature("O2")
@pytest.mark.parametrize(
    "made",
    [
        "UPDATE applications SET assisted_by = :officer WHERE id = :case",
        "UPDATE consents SET way = 'witnessed', witness = :officer WHERE application = :case",
    ],
)
def test_who_prepared_a_case_in_an_earlier_role_neither_holds_nor_decides_it(
    owner_session: Session, ports: Ports, made: str
) -> None:
    story = Story(owner_session, ports).start().submit()
    officer = add_official(story.session, story.ports, Role.SETRASS_OFFICER)
    story.session.execute(text(made), {"officer": officer.person, "case": story.id})
    version = story.application.version
    with pytest.raises(Forbidden, match="prepared-case"):
        story.decide(officer, Opinion.APPROVE)
    with pytest.raises(Forbidden, match="prepared-case"):
        approvals.hold_application(story.work(officer), story.id, seen_version=version)
    assert read_dossier(story.work(officer), story.id).actions == ()
    assert "approve" in read_dossier(story.work(story.setrass), story.id).actions
    rows = queues.list_queue(story.work(officer), QueueFilter()).rows
    assert steps_of(story.work(officer), rows) == {}
    assert story.id in steps_of(story.work(story.setrass), rows)


@pytest.mark.promise("P3")
@pytest.mark.feature("O2", "N14")
def test_who_registered_the_crew_decides_on_none_of_it(session: Session, ports: Ports) -> None:
    crewed = crew_of(session, ports)
    before = replace(crewed.employer, person=crewed.setrass.person)
    crewed.register(1, before).consent()
    story = Story(session, ports)
    (member,) = crewed.members
    story.id = member.application.id
    with pytest.raises(Forbidden, match="prepared-case"):
        story.decide(crewed.setrass, Opinion.APPROVE)
