"""Nobody who had a part in a case looks at it again, nor judges a recourse in it, whoever asks."""

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.services import appeals, employer_changes, second_looks
from app.services.dossiers import read_dossier
from app.services.ports import Ports
from app.storage.database import Session
from permits.appeals import Ruling
from permits.approvals import Opinion
from permits.errors import Forbidden
from permits.people import Actor, Agency, Role
from permits.revocations import GROUNDS_OF
from permits.watch import SecondLook
from tests import outside
from tests.agreed import agree
from tests.builders import Story, add_official, add_vacancy
from tests.rights import PROPOSAL, RightStory
from tests.services.test_renewals import ending, renewed
from tests.services.test_watch import List, ask, second_look

pytestmark = [pytest.mark.promise("P2", "P3"), pytest.mark.feature("O10", "O14")]

FILLED = "UPDATE applications SET assisted_by = :person WHERE id = :case"
SEEN = "UPDATE consents SET way = 'witnessed', witness = :person WHERE application = :case"


@pytest.fixture
def listed() -> List:
    return List()


@pytest.fixture
def ports(listed: List) -> Ports:
    return replace(outside.ports(), watch=listed)


def now_at_the_desk(before: Actor) -> Actor:
    """The same person, who is at the desk of second looks by now."""
    return Actor(before.person, Role.INM_SECOND_LOOK, before.name)


def found(story: Story, listed: List) -> UUID:
    """SETRASS approves, and the list finds somebody; what waits for a second look."""
    listed.found = ("INTERPOL-77/2026",)
    story.decide(story.setrass, Opinion.APPROVE)
    ask(story)
    ((check, _),) = second_looks.list_hits(story.work(second_look(story)))
    return check.id


def test_who_decided_in_an_earlier_round_sees_why_not_and_looks_at_nothing(
    session: Session, ports: Ports, listed: List
) -> None:
    story = Story(session, ports).start().submit()
    story.decide(story.setrass, Opinion.APPROVE)
    ask(story)
    story.decide(story.inm, Opinion.RETURN).submit()
    check = found(story, listed)
    for says in SecondLook:
        work = story.work(now_at_the_desk(story.inm))
        obstacle = second_looks.read_hit(work, check).obstacle
        assert obstacle is not None
        assert obstacle.code == "involved-before"
        with pytest.raises(Forbidden, match="involved-before"):
            second_looks.look_again(work, check, says, "Es otra persona.")
    taken = "UPDATE watch_checks SET state = 'cleared', reviewed_by = :who, reviewed_at = now()"
    with pytest.raises(IntegrityError, match="takes no second look"), session.begin_nested():
        session.execute(text(taken), {"who": story.inm.person})
    work = story.work(second_look(story))
    assert second_looks.read_hit(work, check).obstacle is None
    second_looks.look_again(work, check, SecondLook.CLEAR, "Es otra persona.")


@pytest.mark.parametrize("made", [FILLED, SEEN])
def test_who_prepared_what_is_given_anew_neither_judges_nor_decides_nor_looks_again(
    owner_session: Session, ports: Ports, listed: List, made: str
) -> None:
    session, story = owner_session, Story(owner_session, ports).start().submit()
    story.decide(story.setrass, Opinion.APPROVE)
    ask(story)
    story.decide(story.inm, Opinion.APPROVE).sign()
    helper = add_official(session, ports, Role.INM_SUPERVISOR)
    session.execute(text(made), {"person": helper.person, "case": story.id})
    lost = RightStory(story).propose().confirm().contest()
    (waiting,) = appeals.list_open(story.work(helper))
    with pytest.raises(Forbidden, match="involved-before"):
        lost.judge(Ruling.UPHELD, helper)
    assert appeals.open_appeal(story.work(helper), waiting.appeal.id).obstacle is not None
    anew = lost.judge(Ruling.OVERTURNED)
    officer = Actor(helper.person, Role.INM_OFFICER, helper.name)
    check = found(anew, listed)
    with pytest.raises(Forbidden, match="prepared-case"):
        second_looks.look_again(
            anew.work(now_at_the_desk(helper)), check, SecondLook.REFUSE, "Es ella."
        )
    second_looks.look_again(anew.work(second_look(anew)), check, SecondLook.CLEAR, "Es otra.")
    with pytest.raises(Forbidden, match="prepared-case"):
        anew.decide(officer, Opinion.APPROVE)
    assert "approve" not in read_dossier(anew.work(officer), anew.id).actions
    anew.decide(anew.inm, Opinion.APPROVE)


def test_who_took_the_right_back_looks_at_nothing_that_is_found_anew(
    session: Session, ports: Ports, listed: List
) -> None:
    story = Story(session, ports).start().submit()
    story.decide(story.setrass, Opinion.APPROVE)
    ask(story)
    story.decide(story.inm, Opinion.APPROVE).sign()
    lost = RightStory(story).propose().confirm().contest()
    judge = add_official(session, ports, Role.INM_SUPERVISOR)
    anew = lost.judge(Ruling.OVERTURNED, judge)
    check = found(anew, listed)
    takers = (lost.officers[Agency.INM], lost.supervisors[Agency.INM])
    for who in (*takers, judge, story.inm):
        with pytest.raises(Forbidden, match="involved-before"):
            second_looks.look_again(
                anew.work(now_at_the_desk(who)), check, SecondLook.CLEAR, "Es otra."
            )


def test_who_cleared_a_hit_judges_no_recourse(session: Session, ports: Ports, listed: List) -> None:
    story = Story(session, ports).start().submit()
    check, looker = found(story, listed), second_look(story)
    second_looks.look_again(story.work(looker), check, SecondLook.CLEAR, "Es otra persona.")
    story.decide(story.inm, Opinion.REFUSE)
    asked = appeals.file_appeal(story.work(story.worker), story.id, "Es mío.")
    chief = Actor(looker.person, Role.INM_SUPERVISOR, looker.name)
    with pytest.raises(Forbidden, match="involved-before"):
        appeals.judge_appeal(story.work(chief), asked.id, Ruling.OVERTURNED, "Se revisó.")
    new = add_official(session, ports, Role.INM_SUPERVISOR)
    appeals.judge_appeal(story.work(new), asked.id, Ruling.OVERTURNED, "Se revisó.")


def test_who_suspended_the_renewal_does_not_judge_that_it_was_lost_with_the_right_before(
    session: Session,
) -> None:
    first = ending(Story(session, outside.ports()))
    before = first.id
    pauser = add_official(session, first.ports, Role.INM_SUPERVISOR)
    renewed(first).approve().sign()
    RightStory(first).suspend(pauser, days=2).reinstate(
        add_official(session, first.ports, Role.INM_OFFICER)
    )
    first.id = before
    lost = RightStory(first).propose().confirm().contest()
    with pytest.raises(Forbidden, match="involved-before"):
        lost.judge(Ruling.UPHELD, pauser)
    lost.judge(Ruling.UPHELD)


@pytest.mark.parametrize("made", [FILLED, SEEN])
def test_who_prepared_the_renewal_does_not_judge_that_it_was_lost_with_the_right_before(
    owner_session: Session, made: str
) -> None:
    story = ending(Story(owner_session, outside.ports()))
    before = story.id
    helper = add_official(owner_session, story.ports, Role.INM_SUPERVISOR)
    renewed(story).approve().sign()
    owner_session.execute(text(made), {"person": helper.person, "case": story.id})
    story.id = before
    lost = RightStory(story).propose().confirm().contest()
    with pytest.raises(Forbidden, match="involved-before"):
        lost.judge(Ruling.UPHELD, helper)
    lost.judge(Ruling.UPHELD)


def test_who_moved_a_right_to_another_employer_does_not_judge_that_it_was_taken(
    session: Session,
) -> None:
    story = Story(session, outside.ports()).start().submit().approve().sign()
    mover = add_official(session, story.ports, Role.SETRASS_SUPERVISOR)
    vacancy = add_vacancy(session, story.ports, now=story.now)
    found = RightStory(story).right.authorisation
    employer_changes.ask_change(story.work(story.worker), found.id, vacancy)
    agree(story)
    officer = Actor(mover.person, Role.SETRASS_OFFICER, mover.name)
    employer_changes.decide_change(story.work(officer), story.id, "", granted=True)
    lived = RightStory(story)
    by = lived.officers[Agency.SETRASS], lived.supervisors[Agency.SETRASS]
    said = replace(PROPOSAL, grounds=tuple(sorted(GROUNDS_OF[Agency.SETRASS])[:1]))
    lost = lived.propose(by[0], said).confirm(by[1]).contest()
    with pytest.raises(Forbidden, match="involved-before"):
        lost.judge(Ruling.UPHELD, mover)
    lost.judge(Ruling.UPHELD, add_official(session, story.ports, Role.SETRASS_SUPERVISOR))
