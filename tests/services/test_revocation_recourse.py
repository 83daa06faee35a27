"""A revocation contested: upheld it stands; overturned, a new right by two new approvals."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.services import acceptances, appeals, codecisions, rights_before, stays
from app.services.case import load_case
from app.services.ports import Ports
from app.storage.audit import list_about
from app.storage.authorisations import find_of_application
from app.storage.database import Session
from app.storage.outbox import outbox
from app.storage.own_applications import find_restoring
from app.storage.taken_back import has_lost
from permits.appeals import Against, Ruling, Stage
from permits.applications import Status
from permits.approvals import Opinion
from permits.audit import Act
from permits.authorisations import AuthorisationStatus
from permits.deadlines import legal_day
from permits.errors import Conflict, Forbidden, Hidden, NotFound
from permits.issuing import CredentialState
from permits.people import NOBODY, Agency, Role
from permits.programmes import Hiring
from permits.retaliation import Wish
from permits.stays import Standing
from tests.agreed import agree
from tests.builders import Story, add_official
from tests.rights import RightStory, signed
from tests.services.test_quotas import held
from tests.services.test_renewals import enter
from tests.services.test_submissions import links


@pytest.fixture
def lost(story: Story) -> RightStory:
    """A right that two people of INM took back."""
    return signed(story).propose().confirm()


def kinds(session: Session) -> list[str]:
    payloads = session.scalars(select(outbox.c.payload).where(outbox.c.kind == "notice"))
    return [str(one["kind"]) for one in payloads]


@pytest.mark.promise("P2")
@pytest.mark.feature("O10", "O16")
def test_overturned_both_agencies_decide_anew_and_the_old_right_stays_revoked(
    lost: RightStory, session: Session
) -> None:
    before, first = lost.right.authorisation, lost.story.id
    old_card = lost.permit.credential
    assert held(session) == []
    story = lost.contest().judge(Ruling.OVERTURNED)
    after = story.application
    assert (after.status, after.round, after.restores) == (Status.UNDER_REVIEW, 1, before.id)
    assert story.id != first
    assert after.receipt not in {None, before.digest}
    case = load_case(story.work(story.setrass), story.id)
    assert case.answers.document_number is not None
    assert "similar-application" not in {finding.code for finding in case.findings}
    story.approve().sign()
    new = find_of_application(session, story.id)
    old = find_of_application(session, first)
    assert new is not None
    assert old is not None
    assert (old.stored, new.stored) == (AuthorisationStatus.REVOKED, AuthorisationStatus.GRANTED)
    assert (new.valid_from, new.valid_until) == (before.valid_from, before.valid_until)
    assert {of for _, _, of in held(session)} == {story.id}
    card = lost.permit.credential
    assert (card.state, card.number != old_card.number) == (CredentialState.ISSUED, True)
    assert card.status_index != old_card.status_index
    assert "appeal-overturned" in kinds(session)
    acts = [event.act for event in list_about(session, {story.id})]
    assert Act.APPLICATION_REOPENED in acts


@pytest.mark.feature("O10")
def test_upheld_it_stands_and_may_be_appealed_once(lost: RightStory, session: Session) -> None:
    story = lost.story
    lost.contest().judge(Ruling.UPHELD)
    work = story.work(story.worker)
    recourse = appeals.recourse_of(work, load_case(work, story.id))
    assert recourse.chance is not None
    assert recourse.chance.stage is Stage.APPEAL
    assert recourse.appeals[0].against is Against.REVOCATION
    lost.contest().judge(Ruling.UPHELD)
    assert lost.right.authorisation.stored is AuthorisationStatus.REVOKED
    assert find_restoring(session, lost.right.authorisation.id) is None
    with pytest.raises(Conflict, match="no-recourse-left"):
        lost.contest()


@pytest.mark.promise("P2")
@pytest.mark.feature("O10")
def test_who_took_it_back_neither_judges_nor_decides_anew(
    lost: RightStory, session: Session, ports: Ports
) -> None:
    lost.contest()
    chief = next(one for one in lost.supervisors.values() if one.role is Role.INM_SUPERVISOR)
    with pytest.raises(Forbidden, match="involved-before"):
        lost.judge(Ruling.OVERTURNED, chief)
    taker = next(one for one in lost.officers.values() if one.role is Role.INM_OFFICER)
    story = lost.judge(Ruling.OVERTURNED)
    story.decide(story.setrass, Opinion.APPROVE)
    with pytest.raises(Forbidden, match="decided-before-recourse"):
        story.decide(taker, Opinion.APPROVE)
    story.decide(story.inm, Opinion.APPROVE)  # who approved before had no part in taking it back


@pytest.mark.promise("P2")
@pytest.mark.feature("O10")
def test_who_suspended_it_or_gave_it_back_does_not_judge_that_it_was_taken(
    story: Story, session: Session, ports: Ports
) -> None:
    pauser, giver = (add_official(session, ports, Role.INM_SUPERVISOR) for _ in range(2))
    lost = signed(story).suspend(pauser).reinstate(giver).propose().confirm().contest()
    for who in (pauser, giver):
        (waiting,) = appeals.list_open(story.work(who))
        opened = appeals.open_appeal(story.work(who), waiting.appeal.id)
        assert opened.obstacle is not None
        assert opened.obstacle.code == "involved-before"
        with pytest.raises(Forbidden, match="involved-before"):
            lost.judge(Ruling.OVERTURNED, who)
    lost.judge(Ruling.OVERTURNED)


@pytest.mark.promise("P2")
@pytest.mark.feature("O10", "O16")
def test_who_proposed_what_was_dropped_and_who_passed_on_a_wish_judge_nothing(
    story: Story, session: Session, ports: Ports
) -> None:
    proposer, rejecter, asker = (add_official(session, ports, Role.INM_SUPERVISOR) for _ in "123")
    lived = signed(story).propose(proposer).drop(rejecter)
    found = lived.right.authorisation
    codecisions.ask_codecision(
        story.work(asker), found.id, Wish.REVOKE, "Lo pide.", seen_version=found.version
    )
    lost = lived.propose().confirm().contest()
    for who in (proposer, rejecter, asker):
        with pytest.raises(Forbidden, match="involved-before"):
            lost.judge(Ruling.OVERTURNED, who)
    lost.judge(Ruling.OVERTURNED)


@pytest.mark.promise("P2")
@pytest.mark.feature("O10", "O16")
def test_who_proposed_what_was_dropped_does_not_decide_anew(
    story: Story, session: Session, ports: Ports
) -> None:
    proposer = add_official(session, ports, Role.INM_OFFICER)
    lived = signed(story).propose(proposer).drop(proposer)
    story = lived.propose().confirm().contest().judge(Ruling.OVERTURNED)
    story.decide(story.setrass, Opinion.APPROVE)
    with pytest.raises(Forbidden, match="decided-before-recourse"):
        story.decide(proposer, Opinion.REFUSE)


@pytest.mark.promise("P2")
@pytest.mark.feature("O10")
def test_a_refusal_of_what_is_given_anew_is_judged_by_nobody_of_before(
    lost: RightStory, session: Session, ports: Ports
) -> None:
    """Who took it back, who upheld that, and who overturned it had their part."""
    first, last = (add_official(session, ports, Role.INM_SUPERVISOR) for _ in "12")
    lost.contest().judge(Ruling.UPHELD, first)
    story = lost.contest().judge(Ruling.OVERTURNED, last)
    story.decide(story.setrass, Opinion.APPROVE)
    story.decide(add_official(session, ports, Role.INM_OFFICER), Opinion.REFUSE)
    asked = appeals.file_appeal(story.work(story.worker), story.id, "Otra vez.")
    for who in (lost.supervisors[Agency.INM], first, last):
        with pytest.raises(Forbidden, match="involved-before"):
            appeals.judge_appeal(story.work(who), asked.id, Ruling.UPHELD, "Se revisó.")
    new = add_official(session, ports, Role.INM_SUPERVISOR)
    appeals.judge_appeal(story.work(new), asked.id, Ruling.UPHELD, "Se revisó.")


@pytest.mark.feature("O10")
def test_only_its_worker_asks_within_ten_working_days(
    lost: RightStory, session: Session, ports: Ports
) -> None:
    story = lost.story
    stranger = Story(session, ports).start().worker
    for who in (stranger, story.setrass, story.inm):
        with pytest.raises((NotFound, Hidden, Forbidden)):
            appeals.file_appeal(story.work(who), story.id, "Es mío.")
    work = story.later(days=14).work(story.worker)
    chance = appeals.recourse_of(work, load_case(work, story.id)).chance
    assert chance is not None
    story.later(days=1)
    with pytest.raises(Conflict, match="recourse-too-late"):
        lost.contest()


def test_a_right_that_stands_cannot_be_contested(story: Story) -> None:
    lived = signed(story)
    with pytest.raises(Conflict, match="no-recourse-left"):
        lived.contest()
    with pytest.raises(Conflict, match="no-recourse-left"):
        lived.propose().contest()


@pytest.mark.feature("O10")
def test_where_no_day_is_left_nothing_is_opened_and_nothing_is_held_against_the_worker(
    story: Story, session: Session
) -> None:
    lived = signed(story)
    story.later(days=80)
    lived.propose().confirm().contest()
    first = story.id
    assert has_lost(session, story.worker.person)
    story.now += timedelta(days=5)
    lived.judge(Ruling.OVERTURNED)
    assert story.id == first
    assert find_restoring(session, lived.right.authorisation.id) is None
    assert not has_lost(session, story.worker.person)


@pytest.mark.feature("O10")
def test_the_employer_is_asked_anew_whether_the_place_is_free(story: Story) -> None:
    story.start(hiring=Hiring.ON_ACCEPTANCE).submit()
    acceptances.answer_question(story.work(NOBODY), links(story)[0], accepted=True)
    lived = RightStory(agree(story).approve().sign()).propose().confirm()
    lived.contest().judge(Ruling.OVERTURNED)
    findings = load_case(story.work(story.setrass), story.id).findings
    assert "employer-acceptance-pending" in {finding.code for finding in findings}
    acceptances.answer_question(story.work(NOBODY), links(story)[-1], accepted=True)
    agree(story).approve()


@pytest.mark.feature("O10", "W22")
def test_the_stay_is_counted_from_its_first_right_and_its_person_once(
    story: Story, session: Session
) -> None:
    lived = signed(story)
    first = lived.right.authorisation
    story.later(days=10)
    enter(story)
    lived.propose().confirm().contest().judge(Ruling.OVERTURNED)
    story.approve().sign()
    new = lived.right.authorisation
    assert (new.valid_from, new.valid_until) == (legal_day(story.now), first.valid_until)
    before = rights_before.find_before(story.work(story.worker), story.application)
    assert before is not None
    assert (before.first_day, before.authorisation) == (first.valid_from, first.id)
    story.later(days=70)
    chief = add_official(session, story.ports, Role.SETRASS_SUPERVISOR)
    listed = stays.list_stays(story.work(chief), Standing.ENDING).stays
    assert [one.authorisation for one in listed] == [new.id]
