"""A supervisor over the office: who is told, who gives a case to whom, and who is kept out."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import text

from app.services import (
    complaint_acts,
    complaint_alarms,
    complaint_groups,
    complaint_hands,
    complaint_list,
    complaint_patterns,
    complaint_supervision,
    complaint_terms,
    complaint_wishes,
)
from app.services.ports import Ports
from app.storage import complaint_clocks, complaint_duties, complaints, vacancies
from permits.deadlines import ClockState
from permits.errors import Conflict, Forbidden, Invalid
from permits.people import Actor, PersonId, Role
from recruitment.complaints.clocks import ClockKind
from recruitment.complaints.moves import Action
from recruitment.complaints.waiting import Waiting
from recruitment.complaints.words import Category, Outcome, Request, Status
from tests.builders import Story, add_official, add_vacancy, work_of
from tests.complained import Office, complain
from tests.complaint_desk import Desk
from tests.databases import Database
from tests.services.races import at_once

FIRST, SECOND, HEAD = 0, 1, 2


@pytest.fixture
def desk(story: Story) -> Desk:
    desk = Desk(Office(story.session, story.ports)).begin()
    desk.office.join(role=Role.COMPLAINT_SUPERVISOR)
    return desk


def told(desk: Desk, kind: str) -> Sequence[int]:
    """To whom of the office messages of a kind wait, by number; they are taken away."""
    office = complaint_hands.find_office(desk.system)
    people = {office.accounts[one.person].email: n for n, one in enumerate(desk.office.handlers)}
    found = desk.office.session.execute(
        text("DELETE FROM outbox WHERE key LIKE :kind RETURNING payload ->> 'email' AS email"),
        {"kind": f"%{kind}:%"},
    ).all()
    return sorted(people[row.email] for row in found)


@pytest.mark.feature("H4", "H1", "N1")
def test_danger_goes_to_who_is_on_duty_and_a_breach_to_the_supervisor(desk: Desk) -> None:
    people = [one.person for one in desk.office.handlers]
    with pytest.raises(Forbidden):
        complaint_hands.set_on_duty(desk.by(FIRST), [people[FIRST]])
    stranger = add_official(desk.office.session, desk.office.ports, Role.AUDITOR)
    with pytest.raises(Invalid):
        complaint_hands.set_on_duty(desk.by(HEAD), [stranger.person])
    complaint_hands.set_on_duty(desk.by(HEAD), [people[SECOND]])
    for _ in range(2):  # two cases in danger, one message
        complain(desk.office.work(now=desk.now), told=None, categories=(Category.VIOLENCE,))
    complaint_terms.begin_clocks(desk.system)
    assert complaint_alarms.raise_alarms(desk.system) == 2
    assert told(desk, "complaint-danger") == [SECOND]
    desk.later(minutes=16)
    complaint_alarms.raise_alarms(desk.system)
    assert told(desk, "complaint-danger") == [SECOND, HEAD]
    desk.later(minutes=60)
    complaint_alarms.raise_alarms(desk.system)
    assert told(desk, "complaint-danger") == [FIRST, SECOND, HEAD]
    desk.later(days=40)
    complaint_alarms.raise_alarms(desk.system)
    assert told(desk, "complaint-late") == [HEAD]
    waiting = complaint_clocks.list_alarming(desk.office.session, desk.now, 500)
    assert {(one.clock.kind, one.complaint == desk.complaint) for one in waiting} == {
        (ClockKind.ACKNOWLEDGE, False)  # what was told once stands before no danger
    }


@pytest.mark.feature("H1", "D1")
def test_the_supervisor_gives_a_case_away_and_who_has_a_part_hears_no_more(desk: Desk) -> None:
    people = [one.person for one in desk.office.handlers]
    desk.take().act(Action.SCREEN)
    with pytest.raises(Conflict, match="held-by-other"):
        complaint_acts.take(desk.by(SECOND), desk.complaint, seen=desk.seen)
    _assign(desk, HEAD, people[SECOND])
    assert desk.opened().handled.filed.handler == people[SECOND]
    with pytest.raises(Forbidden):
        _assign(desk, FIRST, people[FIRST])
    with pytest.raises(Forbidden, match="not-your-case"):
        complaint_supervision.exclude(desk.by(FIRST), desk.complaint, people[HEAD], seen=desk.seen)
    _exclude(desk, HEAD, people[SECOND])
    assert desk.opened().handled.filed.handler is None
    with pytest.raises(Forbidden, match="has-a-part"):
        desk.opened(SECOND)
    assert complaint_list.list_desk(desk.by(SECOND)).rows == []
    with pytest.raises(Conflict, match="assigned-has-a-part"):
        _assign(desk, HEAD, people[SECOND])
    desk.take(FIRST)
    _exclude(desk, FIRST, people[HEAD])  # the office's head has a part in it as well
    with pytest.raises(Forbidden, match="has-a-part"):
        _assign(desk, HEAD, people[HEAD])
    desk.later(days=60)
    complaint_alarms.raise_alarms(desk.system)
    assert set(told(desk, "complaint-late")) == {FIRST}
    complaint_alarms.tell_digest(desk.system)
    assert told(desk, "complaints-due") == [FIRST]


@pytest.mark.feature("N4", "D1")
def test_who_has_a_part_in_a_case_reads_of_no_pattern_of_its_employer(desk: Desk) -> None:
    session = desk.office.session
    found = vacancies.find_vacancy(session, add_vacancy(session, desk.office.ports))
    assert found is not None
    employer = UUID(found.offer.employer)
    others = [complain(desk.office.work(now=desk.now)).id for _ in range(2)]
    for case in (desk.complaint, *others):
        filed = complaints.get_complaint(session, case)
        complaints.save_shredded(session, replace(filed, employer=employer))
    for hand in (FIRST, SECOND):
        (pattern,) = complaint_patterns.list_patterns(desk.by(hand))
        assert (pattern.pattern.employer, pattern.pattern.sources) == (employer, 3)
    desk.take()
    _exclude(desk, FIRST, desk.office.handlers[SECOND].person)
    assert complaint_patterns.list_patterns(desk.by(SECOND)) == []
    with pytest.raises(Conflict, match="no-pattern"):
        complaint_patterns.propose_inspection(desk.by(SECOND), employer)
    assert len(complaint_patterns.list_patterns(desk.by(FIRST))) == 1


@pytest.mark.feature("H4", "C3")
def test_retaliation_an_appeal_and_a_message_reach_the_office_and_no_term_is_lost(
    desk: Desk,
) -> None:
    desk.take().act(Action.SCREEN)
    desk.accept()
    complaint_hands.set_on_duty(desk.by(HEAD), [desk.office.handlers[SECOND].person])
    complaint_wishes.alarm_retaliation(desk.system)
    desk.says("Me pegaron anoche.", Request.REPORT_RETALIATION)
    assert complaint_wishes.alarm_retaliation(desk.system) == 0  # not in that minute
    (row,) = complaint_list.list_desk(desk.by()).rows
    assert row.waiting == (Waiting.RETALIATION,)
    desk.later(hours=3)
    assert complaint_wishes.alarm_retaliation(desk.system) == 1
    assert told(desk, "complaint-danger") == [FIRST, SECOND, HEAD]
    desk.later(hours=3)
    assert complaint_wishes.alarm_retaliation(desk.system) == 0
    assert _lines(desk.later(days=1)) == {FIRST: ["retaliation"], HEAD: ["retaliation"]}
    complaint_acts.answer(desk.by(), desk.token(), desk.complaint, "¿Dónde está?", seen=desk.seen)
    desk.says("Con mi hermana.")
    assert _lines(desk.later(days=1)) == {FIRST: ["message"]}
    desk.find(Outcome.UNSUBSTANTIATED)
    desk.act(Action.CLOSE_NO_ACTION, "No se halló nada.")
    desk.later(days=29).says("No estoy de acuerdo.", Request.APPEAL)
    assert _lines(desk.later(days=3)) == {FIRST: ["appeal"], HEAD: ["appeal"]}
    (row,) = complaint_list.list_desk(desk.by()).rows  # among the open ones
    assert (row.waiting, row.filed.status) == ((Waiting.APPEAL,), Status.CLOSED_NO_ACTION)
    complaint_acts.answer(desk.by(), desk.token(), desk.complaint, "Ya va.", seen=desk.seen)
    desk.act(Action.APPEAL, "Pidió apelar a tiempo.")
    assert desk.status is Status.REVIEW
    _granted(desk)


def _granted(desk: Desk) -> None:
    """What the appeal found stands in place of what was found, and weighs on the employer."""
    session = desk.office.session
    found = vacancies.find_vacancy(session, add_vacancy(session, desk.office.ports))
    assert found is not None
    employer = UUID(found.offer.employer)
    filed = desk.opened().handled.filed
    complaints.save_shredded(session, replace(filed, employer=employer))
    with pytest.raises(Invalid) as refused:
        desk.act(Action.GRANT_APPEAL, "Hay planillas.", HEAD, outcome=Outcome.UNDETERMINED)
    assert [one.field for one in refused.value.faults] == ["outcome"]
    desk.later(days=20)
    desk.act(Action.GRANT_APPEAL, "Hay planillas.", HEAD, outcome=Outcome.PARTLY)
    opened = desk.opened()
    assert opened.content is not None
    assert opened.content.conversation.outcome is Outcome.PARTLY
    (clock,) = opened.clocks
    assert (clock.kind, clock.state) == (ClockKind.DECISION, ClockState.IN_TIME)
    weighing = "SELECT kind FROM measures WHERE employer = :one AND settled_on IS NULL"
    assert session.scalars(text(weighing), {"one": employer}).all() == ["serious-complaint"]


def _lines(desk: Desk) -> dict[int, list[str]]:
    """Why each of the office hears of the case this morning, but for terms."""
    complaint_alarms.tell_digest(desk.system)
    office = complaint_hands.find_office(desk.system)
    people = {office.accounts[one.person].email: n for n, one in enumerate(desk.office.handlers)}
    gone = desk.office.session.execute(
        text("DELETE FROM outbox WHERE key LIKE '%complaints-due:%' RETURNING payload")
    ).scalars()
    whys = {
        people[one["email"]]: [line.split("|")[1] for line in one["facts"]["lines"].split("\n")]
        for one in gone
    }
    ours = {one.value for one in Waiting}
    return {who: told for who, all_of in whys.items() if (told := sorted(ours & {*all_of}))}


@pytest.mark.feature("H2", "D1")
def test_a_handler_takes_nobody_s_key_where_a_supervisor_does(desk: Desk) -> None:
    people = [one.person for one in desk.office.handlers]
    for leaving in (people[SECOND], people[HEAD]):
        with pytest.raises(Forbidden, match="supervisor-shuts-out"):
            complaint_groups.rotate(desk.by(FIRST), desk.token(FIRST), leaving)
    assert complaint_groups.rotate(desk.by(HEAD), desk.token(HEAD), people[SECOND]) == 1
    locked = desk.opened(SECOND)
    assert (locked.content, locked.locked_because) == (None, "complaints-locked")


@pytest.mark.feature("H1")
def test_who_left_holds_no_case_back_not_even_one_that_is_over(desk: Desk) -> None:
    desk.take().act(Action.SCREEN)
    desk.accept().find(Outcome.UNSUBSTANTIATED)
    desk.act(Action.CLOSE_NO_ACTION, "No se halló nada.")
    desk.says("No estoy de acuerdo.", Request.APPEAL)
    people = [one.person for one in desk.office.handlers]
    _assign(desk, HEAD, people[FIRST])
    desk.office.session.execute(
        text("UPDATE accounts SET disabled_at = now() WHERE person = :person"),
        {"person": desk.office.handlers[FIRST].person},
    )
    complaint_acts.take(
        desk.by(SECOND), desk.complaint, seen=desk.opened(SECOND).handled.filed.version
    )
    assert desk.opened(SECOND).is_mine
    desk.act(Action.APPEAL, "Pidió apelar.", number=SECOND)
    assert desk.opened(SECOND).handled.filed.status is Status.REVIEW


def _assign(desk: Desk, by: int, person: PersonId) -> None:
    complaint_supervision.assign(desk.by(by), desk.complaint, person, seen=desk.seen)


def _exclude(desk: Desk, by: int, person: PersonId) -> None:
    complaint_supervision.exclude(desk.by(by), desk.complaint, person, seen=desk.seen)


def test_a_wrong_colleague_is_told(desk: Desk) -> None:
    someone: Actor = add_official(desk.office.session, desk.office.ports, Role.AUDITOR)
    for act in (_assign, _exclude):
        with pytest.raises(Invalid):
            act(desk, HEAD, someone.person)
    desk.take()
    with pytest.raises(Invalid):
        _exclude(desk, FIRST, desk.office.handlers[FIRST].person)


def test_of_two_duty_lists_at_once_one_counts(ports: Ports, database: Database) -> None:
    with database.sessions.begin() as session:
        roles = (Role.COMPLAINT_SUPERVISOR, Role.COMPLAINT_HANDLER)
        head, hand = (add_official(session, ports, role) for role in roles)

    def put(*persons: PersonId) -> None:
        with database.sessions.begin() as session:
            complaint_hands.set_on_duty(work_of(session, head, ports), persons)

    lists = ({hand.person}, {head.person, hand.person})
    told = at_once([partial(put, *some) for some in lists * 4])
    assert told == [None] * 8
    with database.sessions() as session:
        assert complaint_duties.list_on_duty(session) in lists
