"""The watch list: INM waits for it, a hit is seen by one desk alone, and looked at again there."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.services import applications, dossiers, effects, own_data, second_looks, watch
from app.services.ports import Ports
from app.services.progress import read_progress
from app.storage import approvals as kept
from app.storage import audit
from app.storage.database import Session
from permits.applications import ApplicationId, Status
from permits.approvals import Decision, Ground, Opinion
from permits.audit import Act
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.next_actions import NextAction
from permits.people import SYSTEM, Actor, Agency, PersonId, Role
from permits.policies import NO_TIES
from permits.watch import CheckState, SecondLook, WatchCheck, WatchQuery, check_second_look
from tests import outside
from tests.builders import NOW, Story, add_official

REFERENCE = "INTERPOL-77/2026"
APPLICATION = ApplicationId(UUID(int=9))


@dataclass
class List:
    """A list that finds what it is told to, or is away."""

    found: tuple[str, ...] = ()
    away: bool = False
    asked: list[WatchQuery] = field(default_factory=list)

    def ask(self, query: WatchQuery) -> Sequence[str]:
        self.asked.append(query)
        if self.away:
            raise OSError
        return self.found


@pytest.fixture
def listed() -> List:
    return List()


@pytest.fixture
def ports(listed: List) -> Ports:
    return replace(outside.ports(), watch=listed)


@pytest.fixture
def waiting(session: Session, ports: Ports) -> Story:
    """A case that labour approved."""
    return _approved(Story(session, ports).start().submit())


def _approved(story: Story) -> Story:
    return story.decide(story.setrass, Opinion.APPROVE)


def ask(story: Story) -> None:
    """The worker process: what is new is noted, and the list is asked."""
    watch.ask_new(story.work(SYSTEM))
    while (due := _next(story)) is not None:
        assert due


def _next(story: Story) -> object:
    try:
        with story.session.begin_nested():
            return effects.run_next_effect(story.work(SYSTEM))
    except effects.EffectFailed as failure:
        effects.postpone_effect(story.work(SYSTEM), failure.due, failure.reason)
        return failure


def approve(story: Story) -> str:
    """What INM's officer is told who approves; "" where it is done."""
    try:
        with story.session.begin_nested():
            story.decide(story.inm, Opinion.APPROVE)
    except (Conflict, Forbidden) as refusal:
        return refusal.code
    return ""


def second_look(story: Story) -> Actor:
    return add_official(story.session, story.ports, Role.INM_SECOND_LOOK)


@pytest.mark.feature("O14")
def test_inm_decides_once_the_list_has_found_nothing(waiting: Story, listed: List) -> None:
    assert approve(waiting) == "check-open"  # nobody has asked yet
    ask(waiting)
    (query,) = listed.asked
    assert (query.document_number, query.surnames) == ("1234567892004", "Gutiérrez Ñamendí")
    assert approve(waiting) == ""
    ask(waiting)
    assert len(listed.asked) == 1


def test_labour_never_waits_and_the_list_is_asked_when_migrations_turn_comes(
    session: Session, ports: Ports, listed: List
) -> None:
    story = Story(session, ports).start().submit()
    ask(story)
    assert listed.asked == []
    story.decide(story.setrass, Opinion.APPROVE)
    ask(story)
    assert len(listed.asked) == 1


@pytest.mark.feature("O14")
def test_while_the_list_is_away_the_case_waits_and_it_is_asked_again(
    waiting: Story, listed: List
) -> None:
    listed.away = True
    for _ in range(12):  # more than an effect of another kind is tried
        ask(waiting)
        waiting.later(minutes=5)
    assert approve(waiting) == "check-open"
    listed.away = False
    ask(waiting)
    assert len(listed.asked) > 10
    assert approve(waiting) == ""


@pytest.mark.promise("P16")
@pytest.mark.asvs("8.2.3")
@pytest.mark.feature("O14")
def test_a_hit_looks_like_a_list_that_is_away_to_everybody_else(
    waiting: Story, listed: List
) -> None:
    seen = []
    for found in ((), (REFERENCE,)):
        listed.found, listed.away = found, not found
        ask(waiting)
        waiting.later(hours=1)
        officer, labour = waiting.work(waiting.inm), waiting.work(waiting.setrass)
        dossier, theirs = (dossiers.read_dossier(w, waiting.id) for w in (officer, labour))
        shown = read_progress(waiting.work(waiting.worker), waiting.id)
        obstacle = dossier.obstacle.code if dossier.obstacle else ""
        mine = {act for act in dossier.actions if act is not NextAction.HOLD}
        seen.append((obstacle, mine, theirs.obstacle and theirs.obstacle.code, shown.waiting_for))
    assert seen[0] == seen[1]
    assert seen[0][:2] == ("check-open", set())
    assert waiting.application.status is Status.UNDER_REVIEW
    told = str(own_data.read_own_data(waiting.work(waiting.worker), "json"))
    acts = [event.act for event in audit.list_events(waiting.session, waiting.id)]
    assert REFERENCE not in told
    assert not {act for act in acts if act.value.startswith("watch:")}
    for actor in (waiting.inm, waiting.setrass):
        with pytest.raises(Forbidden):
            second_looks.list_hits(waiting.work(actor))


@pytest.mark.feature("O14")
def test_a_cleared_hit_goes_on_at_inm(waiting: Story, listed: List) -> None:
    listed.found = (REFERENCE,)
    ask(waiting)
    work = waiting.work(second_look(waiting))
    ((check, receipt),) = second_looks.list_hits(work)
    assert (receipt, check.references) == (waiting.application.receipt, (REFERENCE,))
    assert second_looks.read_hit(work, check.id).case.answers.surnames == "Gutiérrez Ñamendí"
    with pytest.raises(Invalid):
        second_looks.look_again(work, check.id, SecondLook.CLEAR, " ")
    second_looks.look_again(work, check.id, SecondLook.CLEAR, "Otra persona, otro nacimiento.")
    assert second_looks.list_hits(work) == []
    with pytest.raises(Conflict) as again:
        second_looks.look_again(work, check.id, SecondLook.CLEAR, "Otra vez.")
    assert again.value.code == "second-look-over"
    assert approve(waiting) == ""
    events = audit.list_events(waiting.session, check.id)
    assert [event.act for event in events] == [
        Act.WATCH_ASKED,
        Act.WATCH_ANSWERED,
        Act.WATCH_READ,
        Act.WATCH_REVIEWED,
    ]
    assert [dict(event.facts) for event in events] == [{}, {}, {}, {"outcome": "cleared"}]


@pytest.mark.feature("O14")
def test_an_upheld_hit_refuses_by_its_ground(waiting: Story, listed: List) -> None:
    listed.found = (REFERENCE,)
    ask(waiting)
    actor = second_look(waiting)
    work = waiting.work(actor)
    ((check, _),) = second_looks.list_hits(work)
    second_looks.look_again(work, check.id, SecondLook.REFUSE, "Confirmado.", "Puede reclamar.")
    assert waiting.application.status is Status.REFUSED
    standing = kept.list_decisions(waiting.session, waiting.id)
    (last,) = (one for one in standing if one.agency is Agency.INM)
    assert (last.official, last.grounds) == (actor.person, (Ground.ALERT,))
    with pytest.raises(Conflict):
        second_looks.look_again(work, check.id, SecondLook.CLEAR, "Tarde.")


def test_a_new_round_is_asked_about_anew(waiting: Story, listed: List) -> None:
    ask(waiting)
    waiting.decide(waiting.inm, Opinion.RETURN)
    applications.save_answers(waiting.work(waiting.worker), waiting.id, {"given_names": "Ana"})
    waiting.submit().decide(waiting.setrass, Opinion.APPROVE)
    assert approve(waiting) == "check-open"
    ask(waiting)
    assert [query.given_names for query in listed.asked] == ["María Ángela", "Ana"]


def test_a_case_that_was_taken_back_is_asked_about_no_more(waiting: Story, listed: List) -> None:
    watch.ask_new(waiting.work(SYSTEM))
    applications.withdraw_application(waiting.work(waiting.worker), waiting.id)
    ask(waiting)
    assert listed.asked == []
    looks = waiting.work(second_look(waiting))
    assert second_looks.list_hits(looks) == []
    with pytest.raises(NotFound):
        second_looks.read_hit(looks, waiting.id)


@pytest.mark.promise("P5")
def test_the_database_itself_lets_no_decision_of_migration_pass(
    waiting: Story, listed: List
) -> None:
    listed.found = (REFERENCE,)
    ask(waiting)
    found = waiting.application
    decision = Decision(
        found.id,
        found.round,
        found.digest or "",
        Agency.INM,
        waiting.inm.person,
        Opinion.APPROVE,
        NOW,
    )
    event = waiting.work(waiting.inm).event(Act.APPLICATION_DECIDED, found.id, {})
    with pytest.raises(IntegrityError, match="check of its round"), waiting.session.begin_nested():
        kept.add_decision(waiting.session, found, decision, event=event)


@pytest.mark.asvs("14.2.8")
def test_what_the_list_found_stands_sealed(waiting: Story, listed: List) -> None:
    listed.found = (REFERENCE,)
    ask(waiting)
    (row,) = waiting.session.execute(text("SELECT found FROM watch_checks")).scalars().all()
    assert REFERENCE.encode() not in bytes(row)


def test_who_had_a_part_before_takes_no_second_look() -> None:
    actor = Actor(PersonId(UUID(int=7)), Role.INM_SECOND_LOOK)
    check = WatchCheck(UUID(int=8), APPLICATION, 2, CheckState.HIT, NOW)
    check_second_look(actor, check, [], NO_TIES, "Por qué.")
    for involved, ties, code in (
        ([actor.person], NO_TIES, "involved-before"),
        ([], replace(NO_TIES, own=True), "own-case"),
        ([], replace(NO_TIES, prepared=True), "prepared-case"),
    ):
        with pytest.raises(Forbidden) as refused:
            check_second_look(actor, check, involved, ties, "Por qué.")
        assert refused.value.code == code


@pytest.mark.feature("O14")
def test_what_the_list_does_not_answer_is_counted_after_a_while(
    waiting: Story, listed: List
) -> None:
    later = waiting.now + watch.PATIENCE + timedelta(seconds=1)
    listed.away = True
    watch.ask_new(waiting.work(SYSTEM))
    assert watch.count_unanswered(waiting.session, waiting.now + watch.PATIENCE) == 0
    assert watch.count_unanswered(waiting.session, later) == 1
    listed.away = False
    while effects.run_next_effect(waiting.work(SYSTEM), {watch.EFFECT}) is not None:
        pass
    assert watch.count_unanswered(waiting.session, later) == 0
