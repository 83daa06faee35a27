"""Refused, reconsidered, appealed: each step once, in its term, judged by somebody new to it."""

from dataclasses import replace

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.services import appeals, erasing, own_data
from app.services.case import load_case
from app.services.ports import Ports
from app.storage import erasures
from app.storage.appeals import judge_appeal, list_appeals
from app.storage.audit import list_events
from app.storage.database import Session
from app.storage.erasures import Limits
from app.storage.outbox import outbox
from app.storage.programmes import count_open
from permits.appeals import Appeal, Ruling, Stage
from permits.applications import Status
from permits.approvals import Opinion
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, Forbidden, Hidden, Invalid, NotFound
from permits.people import Actor, Role
from tests.builders import Story, add_official
from tests.storage.statements import decide

WORDS = "La foto sí se lee. El documento es mío."
ANSWER = "Se revisó la foto otra vez y se lee bien."


@pytest.fixture
def refused(story: Story) -> Story:
    """Refused by INM after SETRASS approved."""
    story.start().submit().decide(story.setrass, Opinion.APPROVE)
    return story.decide(story.inm, Opinion.REFUSE)


@pytest.fixture
def chief(session: Session, ports: Ports) -> Actor:
    return add_official(session, ports, Role.INM_SUPERVISOR)


def file(story: Story) -> Appeal:
    return appeals.file_appeal(story.work(story.worker), story.id, WORDS)


def judge(story: Story, who: Actor, appeal: Appeal, ruling: Ruling) -> None:
    appeals.judge_appeal(story.work(who), appeal.id, ruling, ANSWER)


def kinds(story: Story) -> list[str]:
    payloads = story.session.scalars(select(outbox.c.payload).where(outbox.c.kind == "notice"))
    return [str(one["kind"]) for one in payloads]


@pytest.mark.feature("O10")
def test_what_is_overturned_is_decided_anew_by_both_agencies(
    refused: Story, chief: Actor, session: Session
) -> None:
    before = refused.application
    appeal = file(refused)
    assert (appeal.stage, appeal.agency.value) == (Stage.RECONSIDERATION, "inm")
    later = refused.later(days=3)
    judge(later, chief, appeal, Ruling.OVERTURNED)
    case = load_case(later.work(later.setrass), later.id)
    after = case.application
    assert (after.status, after.round, after.digest) == (Status.UNDER_REVIEW, 2, before.digest)
    assert after.due_at is not None
    assert before.due_at is not None
    assert after.due_at > before.due_at  # a term of its own
    assert case.decisions == ()  # the decisions of before are void, and still there
    for who in (later.setrass, later.inm):  # who decided before is out, whatever they said
        with pytest.raises(Forbidden, match="decided-before-recourse"):
            later.decide(who, Opinion.APPROVE)
    later.relieve().approve().sign()
    assert later.application.status is Status.APPROVED
    assert appeals.recourse_of(later.work(later.worker), case).appeals[0].answer == ANSWER


@pytest.mark.promise("P2", "P3")
@pytest.mark.feature("O10")
def test_the_database_refuses_who_decided_before_the_recourse(
    refused: Story, chief: Actor, session: Session
) -> None:
    judge(refused, chief, file(refused), Ruling.OVERTURNED)
    values = {
        "case": refused.id,
        "worker": refused.worker.person,
        "digest": refused.application.digest,
        "inm": refused.inm.person,
        "other": refused.relieve().inm.person,
    }
    with pytest.raises(IntegrityError, match="before the recourse"), session.begin_nested():
        session.execute(text(decide(round="2")), values)
    session.execute(text(decide(round="2", official=":other")), values)


@pytest.mark.feature("O10")
def test_who_is_not_given_right_appeals_once_and_to_somebody_else(
    refused: Story, chief: Actor, session: Session, ports: Ports
) -> None:
    first = file(refused)
    with pytest.raises(Conflict, match="no-recourse-left"):
        file(refused)  # while the first waits
    judge(refused, chief, first, Ruling.UPHELD)
    second = file(refused)
    assert second.stage is Stage.APPEAL
    with pytest.raises(Forbidden, match="involved-before"):
        judge(refused, chief, second, Ruling.OVERTURNED)
    other = add_official(session, ports, Role.INM_SUPERVISOR)
    judge(refused, other, second, Ruling.UPHELD)
    assert refused.application.status is Status.REFUSED
    with pytest.raises(Conflict, match="no-recourse-left"):
        file(refused)
    with pytest.raises(Conflict, match="already-judged"):
        judge(refused, add_official(session, ports, Role.INM_SUPERVISOR), second, Ruling.UPHELD)
    assert [one.ruling for one in list_appeals(session, ports.vault, refused.id)] == [
        Ruling.UPHELD,
        Ruling.UPHELD,
    ]


@pytest.mark.feature("O10")
def test_the_term_counts_working_days_and_not_the_day_itself(refused: Story) -> None:
    # Refused on Monday, 23 November: ten working days end on Monday, 7 December.
    work = refused.later(days=14).work(refused.worker)
    chance = appeals.recourse_of(work, load_case(work, refused.id)).chance
    assert chance is not None
    assert chance.last_day.isoformat() == "2026-12-07"
    late = refused.later(days=15)
    late_work = late.work(late.worker)
    assert appeals.recourse_of(late_work, load_case(late_work, late.id)).chance is None
    with pytest.raises(Conflict, match="recourse-too-late"):
        file(late)


def test_nobody_else_asks_and_nobody_else_judges(
    refused: Story, chief: Actor, session: Session, ports: Ports
) -> None:
    stranger = replace(
        refused.worker, person=add_official(session, ports, Role.SETRASS_ANALYST).person
    )
    with pytest.raises((NotFound, Hidden)):
        appeals.file_appeal(refused.work(stranger), refused.id, WORDS)
    with pytest.raises((NotFound, Hidden, Forbidden)):
        appeals.file_appeal(refused.work(refused.setrass), refused.id, WORDS)
    appeal = file(refused)
    with pytest.raises(Forbidden, match="other-agency"):
        judge(refused, add_official(session, ports, Role.SETRASS_SUPERVISOR), appeal, Ruling.UPHELD)
    with pytest.raises(Forbidden, match="not-permitted"):
        judge(refused, add_official(session, ports, Role.INM_OFFICER), appeal, Ruling.UPHELD)
    (waiting,) = appeals.list_open(refused.later(days=7).work(chief))
    assert (waiting.appeal.id, waiting.working_days) == (appeal.id, 5)
    assert waiting.receipt == refused.application.receipt
    with pytest.raises(Forbidden):
        appeals.list_open(refused.work(refused.inm))


def test_words_are_asked_for_on_both_sides(refused: Story, chief: Actor) -> None:
    with pytest.raises(Invalid):
        appeals.file_appeal(refused.work(refused.worker), refused.id, "  ")
    appeal = file(refused)
    with pytest.raises(Invalid):
        appeals.judge_appeal(refused.work(chief), appeal.id, Ruling.UPHELD, "\n")


@pytest.mark.feature("O10")
def test_the_worker_is_told_of_each_step(refused: Story, chief: Actor) -> None:
    appeal = file(refused)
    judge(refused, chief, appeal, Ruling.UPHELD)
    assert {"appeal-filed", "appeal-upheld"} <= {*kinds(refused)}
    (told,) = own_data.read_own_data(refused.work(refused.worker), "json").tables["appeals"]
    assert (told["words"], told["answer"]) == (WORDS, ANSWER)


def test_what_nobody_refused_has_no_recourse(story: Story) -> None:
    story.start().submit()
    with pytest.raises(Conflict, match="no-recourse-left"):
        file(story)


@pytest.mark.promise("P3")
def test_the_database_refuses_who_refused(refused: Story, session: Session, ports: Ports) -> None:
    appeal = file(refused)
    work = refused.work(refused.inm)
    judged = replace(
        appeal,
        ruling=Ruling.UPHELD,
        answer=ANSWER,
        decided_by=refused.inm.person,
        decided_at=work.now,
    )
    event = work.event(Act.APPEAL_JUDGED, refused.id, {"stage": "appeal"})
    with pytest.raises(IntegrityError, match="ck_appeals_by_another"), session.begin_nested():
        judge_appeal(session, ports.vault, judged, event=event)


def test_who_opens_one_stands_in_the_log_and_is_told_beforehand_what_is_in_the_way(
    refused: Story, chief: Actor, session: Session, ports: Ports
) -> None:
    first = file(refused)
    opened = appeals.open_appeal(refused.work(chief), first.id)
    assert (opened.appeal.words, opened.obstacle) == (WORDS, None)
    read = [one for one in list_events(session, refused.id) if one.act is Act.APPLICATION_READ]
    assert [(one.person, one.facts) for one in read] == [(chief.person, {"purpose": "recourse"})]
    judge(refused, chief, first, Ruling.UPHELD)
    with pytest.raises(Conflict, match="already-judged"):
        appeals.open_appeal(refused.work(chief), first.id)
    again = appeals.open_appeal(refused.work(chief), file(refused).id)
    assert again.obstacle is not None
    assert again.obstacle.code == "involved-before"
    other = add_official(session, ports, Role.SETRASS_SUPERVISOR)
    with pytest.raises(Hidden):
        appeals.open_appeal(refused.work(other), again.appeal.id)


def test_a_supervisor_of_another_department_neither_sees_nor_judges_it(
    refused: Story, chief: Actor
) -> None:
    appeal = file(refused)
    far, near = (replace(chief, department=one) for one in ("HN-OC", "HN-CP"))
    assert appeals.list_open(refused.work(far)) == []
    with pytest.raises(Hidden):
        appeals.open_appeal(refused.work(far), appeal.id)
    with pytest.raises(Hidden):
        judge(refused, far, appeal, Ruling.OVERTURNED)
    assert len(appeals.list_open(refused.work(near))) == 1


@pytest.mark.feature("H8")
def test_a_file_whose_recourse_waits_is_neither_erased_nor_without_its_programme(
    refused: Story, chief: Actor, session: Session
) -> None:
    today = legal_day(refused.now)
    assert count_open(session, "coffee-hn-gt", today) == 0
    appeal = file(refused)
    assert count_open(session, "coffee-hn-gt", today) == 1
    late = refused.later(days=3000)
    work = late.work(late.worker)
    with pytest.raises(Conflict, match="not-erasable"):
        erasing.erase_own(work, late.id)
    limits = Limits(late.now, late.now, today)
    assert erasures.lock_due(session, limits, 10) == []
    judge(late, chief, appeal, Ruling.UPHELD)
    assert [one.application.id for one in erasures.lock_due(session, limits, 10)] == [late.id]
    erasing.erase_own(work, late.id)
