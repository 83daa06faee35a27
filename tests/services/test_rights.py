"""Rights suspended, given back, taken back by two people; what follows for cards, lists, people."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from app.services import authorisations
from app.services.authorisations import Right
from permits.authorisations import AuthorisationStatus
from permits.errors import Conflict, DomainError, Forbidden, Hidden, Invalid, Stale
from permits.issuing import CredentialState, RevocationReason
from permits.people import SYSTEM, Agency, Role
from permits.revocations import Outcome, RevocationGround
from permits.status_list import Status
from permits.suspensions import Ending
from tests.builders import Story, add_official
from tests.rights import PROPOSAL, RightStory, listed, signed, told, work_off

S = AuthorisationStatus


@pytest.fixture
def lived(story: Story) -> RightStory:
    return signed(story)


def acts(lived: RightStory) -> list[str]:
    """The acts about the right and its cards in the log, without looks, the newest last."""
    subjects = [lived.right.authorisation.id, *(card.id for card in lived.right.credentials)]
    rows = lived.story.session.execute(
        text(
            "SELECT act FROM audit_events WHERE subject = ANY(:subjects)"
            " AND act NOT IN ('credential:read', 'credential:prepare', 'credential:sign',"
            " 'authorisation:grant') ORDER BY id"
        ),
        {"subjects": subjects},
    )
    return [row.act for row in rows]


def code_of(refused: pytest.ExceptionInfo[DomainError]) -> str:
    return refused.value.code


@pytest.mark.promise("P8")
@pytest.mark.feature("O16", "B3")
def test_a_suspended_right_stands_still_on_the_list_and_comes_back(lived: RightStory) -> None:
    index = lived.permit.credential.status_index
    lived.suspend()
    assert lived.right.case.status(lived.story.now) is S.SUSPENDED
    assert lived.permit.credential.state is CredentialState.ISSUED
    work_off(lived)
    assert listed(lived, index) is Status.SUSPENDED
    lived.story.later(days=2)
    lived.reinstate()
    work_off(lived)
    assert listed(lived, index) is Status.VALID
    assert lived.right.case.status(lived.story.now) is S.GRANTED
    (suspension,) = lived.right.suspensions
    assert (suspension.ending, suspension.ended_by) == (
        Ending.REINSTATED,
        lived.officers[Agency.SETRASS].person,
    )
    assert lived.right.days_left == 12  # three days were taken, the first and the last too
    assert acts(lived) == ["authorisation:suspend", "authorisation:reinstate"]
    assert told(lived)[-2:] == ["right-suspended", "right-reinstated"]


@pytest.mark.promise("P8")
@pytest.mark.feature("O16")
def test_a_suspension_ends_by_itself_at_its_last_midnight(lived: RightStory) -> None:
    index = lived.permit.credential.status_index
    lived.suspend(days=3)
    until = lived.right.authorisation.suspended_until
    assert until is not None
    lived.story.later(days=2, hours=14)  # still the last day in Tegucigalpa, the next one in UTC
    assert lived.story.now.date() > until
    assert authorisations.end_suspensions(lived.story.work(SYSTEM)) == 0
    lived.story.later(hours=2)
    assert lived.right.case.status(lived.story.now) is S.GRANTED
    assert authorisations.end_suspensions(lived.story.work(SYSTEM)) == 1
    assert authorisations.end_suspensions(lived.story.work(SYSTEM)) == 0
    work_off(lived)
    assert listed(lived, index) is Status.VALID
    assert [one.ending for one in lived.right.suspensions] == [Ending.TIME]
    assert acts(lived) == ["authorisation:suspend", "authorisation:resume"]


@pytest.mark.feature("O16")
def test_an_act_after_the_last_day_does_not_wait_for_the_clock(lived: RightStory) -> None:
    lived.suspend(days=3)
    lived.story.later(days=4)
    lived.suspend(days=5)
    assert [one.ending for one in lived.right.suspensions] == [Ending.OPEN, Ending.TIME]
    assert acts(lived) == [
        "authorisation:suspend",
        "authorisation:resume",
        "authorisation:suspend",
    ]


@pytest.mark.feature("O16")
def test_no_chain_of_suspensions_is_longer_than_fifteen_days(lived: RightStory) -> None:
    with pytest.raises(Invalid) as refused:
        lived.suspend(days=16)
    assert [(f.code, f.facts) for f in refused.value.faults] == [
        ("suspension-too-long", {"limit": 15})
    ]
    lived.suspend(days=10).reinstate()
    lived.suspend(days=14)
    lived.story.later(days=20)
    with pytest.raises(Invalid) as refused:
        lived.suspend(days=1)
    assert refused.value.faults[0].facts == {"limit": 0}


@pytest.mark.promise("P3")
@pytest.mark.feature("O16")
def test_who_suspended_does_not_lift_it(lived: RightStory) -> None:
    by = lived.supervisors[Agency.SETRASS]
    lived.suspend(by)
    with pytest.raises(Forbidden) as refused:
        lived.reinstate(by)
    assert code_of(refused) == "own-suspension"
    with pytest.raises(Forbidden) as refused:
        lived.reinstate(lived.officers[Agency.INM])
    assert code_of(refused) == "other-agencys-measure"


@pytest.mark.promise("P3", "P8")
@pytest.mark.feature("O16")
def test_two_people_take_a_right_back_and_every_card_ends(lived: RightStory) -> None:
    first = lived.permit.credential
    lived.lose_card()
    second = lived.permit.credential
    proposer, confirmer = lived.officers[Agency.INM], lived.supervisors[Agency.INM]
    lived.propose(proposer)
    work_off(lived)
    assert listed(lived, second.status_index) is Status.VALID  # nothing ended yet
    with pytest.raises(Forbidden) as refused:
        lived.confirm(proposer)
    assert code_of(refused) == "own-proposal"
    with pytest.raises(Forbidden) as refused:
        lived.confirm(lived.supervisors[Agency.SETRASS])
    assert code_of(refused) == "other-agencys-measure"
    lived.confirm(confirmer)
    work_off(lived)
    assert lived.right.case.status(lived.story.now) is S.REVOKED
    assert [listed(lived, card.status_index) for card in (first, second)] == [Status.INVALID] * 2
    states = [(card.state, card.revocation_reason) for card in lived.right.credentials]
    assert states == [
        (CredentialState.REVOKED, RevocationReason.AUTHORISATION_ENDED),
        (CredentialState.REPLACED, None),
    ]
    (revocation,) = lived.right.revocations
    assert (revocation.outcome, revocation.proposed_by, revocation.decided_by) == (
        Outcome.CONFIRMED,
        proposer.person,
        confirmer.person,
    )
    assert acts(lived) == [
        "credential:replace",
        "revocation:propose",
        "credential:revoke",
        "authorisation:revoke",
    ]
    assert told(lived)[-2:] == ["revocation-proposed", "right-revoked"]
    with pytest.raises(Conflict) as ended:
        lived.lose_card()
    assert code_of(ended) == "right-ended"


@pytest.mark.feature("O16")
def test_a_card_that_waits_for_its_signature_never_gets_one_once_the_right_is_gone(
    story: Story,
) -> None:
    lived = RightStory(story.start().submit().approve())
    lived.propose().confirm()
    work_off(lived)
    lived.story.sign()
    (card,) = lived.right.credentials
    assert (card.state, card.text) == (CredentialState.REVOKED, None)
    assert listed(lived, card.status_index) is Status.INVALID


@pytest.mark.feature("O16")
def test_a_revocation_ends_the_suspension_too(lived: RightStory) -> None:
    lived.suspend().propose().confirm()
    assert [one.ending for one in lived.right.suspensions] == [Ending.REVOKED]
    assert lived.right.authorisation.suspended_until is None
    lived.story.later(days=30)
    assert authorisations.end_suspensions(lived.story.work(SYSTEM)) == 0
    assert lived.right.case.status(lived.story.now) is S.REVOKED


@pytest.mark.parametrize(
    ("by", "outcome"), [("proposer", Outcome.WITHDRAWN), ("colleague", Outcome.REJECTED)]
)
@pytest.mark.feature("O16")
def test_a_proposal_is_withdrawn_or_rejected_and_may_be_made_again(
    lived: RightStory, by: str, outcome: Outcome
) -> None:
    proposer = lived.officers[Agency.INM]
    lived.propose(proposer)
    with pytest.raises(Conflict) as refused:
        lived.propose(lived.supervisors[Agency.INM])
    assert code_of(refused) == "revocation-already-proposed"
    lived.drop(proposer if by == "proposer" else lived.supervisors[Agency.INM])
    assert lived.right.case.status(lived.story.now) is S.GRANTED
    assert lived.permit.credential.state is CredentialState.ISSUED
    lived.story.later(minutes=1)
    lived.propose(proposer)
    assert [one.outcome for one in lived.right.revocations] == [Outcome.PROPOSED, outcome]
    work_off(lived)
    kinds = ["revocation-proposed", "revocation-dropped", "revocation-proposed"]
    assert told(lived)[-3:] == kinds


@pytest.mark.promise("P15")
@pytest.mark.feature("O16")
def test_grounds_are_the_agencys_own_and_nobody_is_unheard(lived: RightStory) -> None:
    said = replace(PROPOSAL, grounds=(RevocationGround.ALERT,), hearing=" ", note="")
    with pytest.raises(Invalid) as refused:
        lived.propose(lived.officers[Agency.SETRASS], said)
    assert {fault.code for fault in refused.value.faults} == {
        "grounds-of-other-agency",
        "hearing-missing",
        "note-missing",
    }
    (row,) = lived.story.session.execute(text("SELECT count(*) FROM revocations")).all()
    assert row[0] == 0


@pytest.mark.promise("P5")
def test_who_saw_an_older_version_is_told_so(lived: RightStory) -> None:
    found = lived.right.authorisation
    lived.suspend()
    with pytest.raises(Stale):
        authorisations.reinstate_authorisation(
            lived.story.work(lived.officers[Agency.SETRASS]), found.id, seen_version=found.version
        )


@pytest.mark.promise("P15")
@pytest.mark.asvs("8.2.2")
def test_beyond_the_own_department_there_is_no_right(lived: RightStory) -> None:
    elsewhere = replace(
        add_official(lived.story.session, lived.story.ports, Role.SETRASS_SUPERVISOR),
        department="HN-OC",
    )
    with pytest.raises(Hidden):
        lived.suspend(elsewhere)


def test_what_was_said_at_the_hearing_stands_sealed(lived: RightStory) -> None:
    lived.propose()
    row = lived.story.session.execute(text("SELECT hearing FROM revocations")).one()
    assert PROPOSAL.hearing.encode() not in row.hearing
    assert lived.right.revocations[0].hearing == PROPOSAL.hearing


def read(lived: RightStory, actor: object) -> Right:
    return authorisations.read_authorisation(
        lived.story.work(actor),  # type: ignore[arg-type]
        lived.right.authorisation.id,
    )


@pytest.mark.promise("P15")
def test_its_worker_and_the_agencies_read_it_and_nobody_else(lived: RightStory) -> None:
    for actor in (lived.story.worker, lived.story.inm):
        assert read(lived, actor).authorisation == lived.right.authorisation
    with pytest.raises(Hidden):
        read(lived, add_official(lived.story.session, lived.story.ports, Role.AUDITOR))
