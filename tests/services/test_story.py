"""The main story through the services: applied, approved twice, signed, verified, revoked."""

import pytest

from app.services import credentials, effects, status_lists, verification
from app.storage.credentials import find_by_number
from permits.applications import Status
from permits.approvals import Opinion
from permits.errors import Conflict
from permits.issuing import CredentialState, RevocationReason
from permits.people import SYSTEM, Actor, PersonId, Role
from permits.scans import Reason
from tests.builders import Story


@pytest.mark.parametrize("status", list(Status))
def test_every_status_can_be_lived(story: Story, status: Status) -> None:
    assert story.reach(status).application.status is status


@pytest.mark.promise("P2")
@pytest.mark.asvs("2.3.5")
@pytest.mark.feature("O2", "W13", "B1")
def test_two_approvals_make_one_permit_that_verifies(story: Story) -> None:
    story.start().submit().approve().sign().later(days=10)
    status_lists.republish_due(story.work(SYSTEM))
    permit = credentials.find_permit_of(story.work(story.worker), story.id)
    assert permit is not None
    assert permit.credential.state is CredentialState.ISSUED
    agent = Actor(PersonId(story.inm.person), Role.BORDER_AGENT, "Agente", "HN-GT-1")
    checked = verification.verify_credential(story.work(agent), permit.credential.text or "")
    judged = checked.verdict
    assert judged.reason is Reason.OK
    assert judged.claims is not None
    assert judged.claims.full_name == "María Ángela Gutiérrez Ñamendí"


@pytest.mark.promise("P8")
@pytest.mark.feature("B3", "O16")
def test_a_revoked_credential_is_refused_once_the_list_is_published(story: Story) -> None:
    story.start().submit().approve().sign().later(days=10)
    permit = credentials.find_permit_of(story.work(story.worker), story.id)
    assert permit is not None
    credentials.revoke_credential(
        story.work(story.inm),
        permit.credential.id,
        RevocationReason.STOLEN,
        seen_version=permit.credential.version,
    )
    while effects.run_next_effect(story.work(SYSTEM)):
        pass
    judged = verification.judge(story.work(SYSTEM), permit.credential.text or "")
    assert judged.reason is Reason.REVOKED
    found = find_by_number(story.session, story.ports.vault, permit.credential.number)
    assert found is not None
    assert found.state is CredentialState.REVOKED


@pytest.mark.asvs("2.3.1")
def test_the_second_agency_waits_for_the_first(story: Story) -> None:
    story.start().submit()
    with pytest.raises(Conflict) as refused:
        story.decide(story.inm, Opinion.APPROVE)
    assert refused.value.code == "not-this-agencys-turn"


@pytest.mark.promise("P2")
def test_a_returned_application_starts_a_new_round_and_voids_earlier_approvals(
    story: Story,
) -> None:
    story.start().submit().decide(story.setrass, Opinion.APPROVE)
    story.decide(story.inm, Opinion.RETURN).submit()
    assert story.application.round == 2
    with pytest.raises(Conflict):
        story.decide(story.inm, Opinion.APPROVE)
    story.approve()
    assert story.application.status is Status.APPROVED
