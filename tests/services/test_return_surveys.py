"""After the season: asked once, answered once, closed once; who came home in time goes first."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.services import applications, erasing, own_data, return_surveys
from app.services.case import load_case
from app.services.ports import Ports
from app.storage import erasures, outbox
from app.storage.audit import audit_events
from app.storage.database import Session
from app.storage.return_surveys import return_surveys as table
from permits.audit import Act
from permits.crossings import Direction
from permits.deadlines import start_of
from permits.erasure import Cause
from permits.errors import Conflict, Forbidden, Hidden, NotFound
from permits.people import SYSTEM
from permits.return_counts import FEWEST
from permits.return_surveys import ReturnTask
from tests.builders import ANSWERS, NOW, Story, add_vacancy, work_of
from tests.rights import RightStory, signed
from tests.services.test_renewals import ending, renewed
from tests.services.test_stays import DAY, Border

GOOD = {
    "work_as_promised": "yes",
    "paid_as_promised": "yes",
    "asked_for_money": "no",
    "treated_well": "yes",
    "come_back": "same-employer",
    "wants_help": "no",
}


@pytest.fixture
def border(session: Session, ports: Ports) -> Border:
    return Border(session, ports)


HOURS = timedelta(hours=1)


def went_home(border: Border, *, late: bool = False) -> Story:
    """Somebody came, worked and went home; the story stands on the day after the last one."""
    story, number, last = border.permit()
    border.cross(number, Direction.ENTRY, NOW + 9 * DAY)
    border.cross(number, Direction.EXIT, start_of(last + DAY if late else last) + 20 * HOURS)
    story.now = start_of(last + (2 if late else 1) * DAY) + 9 * HOURS
    return story


def asked(story: Story) -> int:
    return return_surveys.ask_returned(story.work(SYSTEM))


def answer(story: Story, *, call_me: bool = False, **changes: str) -> None:
    return_surveys.answer_survey(
        story.work(story.worker), story.id, GOOD | changes, call_me=call_me
    )


def close(story: Story, days: int = 7) -> int:
    return return_surveys.close_returned(story.later(days=days).work(SYSTEM))


def next_season(story: Story) -> Story:
    """The same worker applies anew, months later."""
    following = Story(story.session, story.ports, story.now + timedelta(days=200))
    following.worker = story.worker
    vacancy = add_vacancy(story.session, story.ports, now=following.now)
    answers = {**ANSWERS, "vacancy": str(vacancy)}
    begun = applications.create_application(
        following.work(following.worker), "coffee-hn-gt", answers
    )
    following.id = begun.id
    return following.submit()


def priority(story: Story) -> bool:
    found = load_case(story.work(story.setrass), story.id).findings
    return "rehire-priority" in {finding.code for finding in found}


@pytest.mark.feature("W27")
def test_who_is_over_is_asked_once_after_eight_and_never_again(
    border: Border, session: Session
) -> None:
    story = went_home(border)
    early = work_of(session, SYSTEM, story.ports, story.now - 2 * HOURS)
    assert return_surveys.ask_returned(early) == 0
    assert [asked(story), asked(story)] == [1, 0]
    keys = session.scalars(select(outbox.outbox.c.key)).all()
    assert sum("return-survey:" in key for key in keys) == 1
    answer(story)
    with pytest.raises(Conflict, match="survey-answered"):
        answer(story)
    assert close(story, 6) == 0
    assert [close(story, 1), close(story, 0), asked(story)] == [1, 0, 0]
    acts = session.scalars(
        select(audit_events.c.act).where(audit_events.c.act.startswith("return:"))
    ).all()
    assert sorted(acts) == ["return:answer", "return:ask", "return:close"]
    (facts,) = session.scalars(
        select(audit_events.c.facts).where(audit_events.c.act == Act.RETURN_CLOSED.value)
    )
    assert facts == {"answered": True, "rehire": True}


@pytest.mark.feature("W27")
def test_who_says_nothing_is_closed_after_the_programmes_days(border: Border) -> None:
    story = went_home(border)
    asked(story)
    assert [close(story, 60), close(story, 1)] == [0, 1]
    survey = return_surveys.get_own_survey(story.work(story.worker), story.id)
    assert (survey.answers, survey.rehire) == (None, False)
    with pytest.raises(Conflict, match="survey-closed"):
        answer(story)


@pytest.mark.feature("W27")
def test_a_right_that_stands_or_goes_on_or_was_taken_back_is_not_asked_about(
    story: Story, session: Session, ports: Ports
) -> None:
    taken = signed(Story(session, ports)).propose().confirm().story
    first = ending(story).id
    assert asked(story) == 0
    renewed(story).approve().later(days=10)  # the first right is over, the stay is not
    assert asked(story) == 0
    assert asked(story.later(days=10)) == 1
    return_surveys.get_own_survey(story.work(story.worker), story.id)
    for one, worker in ((first, story.worker), (taken.id, taken.worker)):
        with pytest.raises(Conflict, match="no-return-survey"):
            return_surveys.get_own_survey(story.work(worker), one)


def test_who_ended_their_right_is_asked_the_day_after(story: Story) -> None:
    RightStory(story.start().submit().approve().sign()).end()
    assert asked(story) == 0
    assert asked(story.later(days=1)) == 1


@pytest.mark.feature("W23")
@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("come_back", ["same-employer", "no"])
def test_who_came_home_in_time_and_wants_to_goes_first(
    border: Border, *, late: bool, come_back: str
) -> None:
    story = went_home(border, late=late)
    asked(story)
    answer(story, come_back=come_back)
    following = next_season(story)
    assert not priority(following)  # nothing before it is closed
    close(story)
    assert priority(following) is (not late and come_back != "no")
    following.approve()  # it informs, and stands in nobody's way


@pytest.mark.feature("W23")
def test_who_lost_a_right_since_goes_first_no_more(border: Border) -> None:
    story = went_home(border)
    asked(story)
    answer(story)
    close(story)
    following = next_season(story)
    assert priority(following)
    RightStory(following.approve().sign()).propose().confirm()
    assert not priority(next_season(following))


@pytest.mark.feature("W27")
def test_answers_are_the_workers_and_sealed(border: Border, session: Session) -> None:
    story = went_home(border)
    asked(story)
    stranger = Story(session, story.ports).start().worker
    for actor in (story.setrass, story.inm, border.agent, stranger):
        with pytest.raises((NotFound, Hidden)):
            return_surveys.get_own_survey(story.work(actor), story.id)
        with pytest.raises((NotFound, Hidden, Forbidden)):
            return_surveys.answer_survey(story.work(actor), story.id, GOOD, call_me=False)
    answer(story, come_back="other-employer")
    (sealed,) = session.scalars(select(table.c.answers))
    assert b"other-employer" not in sealed
    told = own_data.read_own_data(story.work(story.worker), "json").tables["return_surveys"]
    assert told[0]["answers"]["come_back"] == "other-employer"  # type: ignore[index]
    kept = erasures.get_case(session, story.id, lock=True)
    erasing.erase(story.work(SYSTEM), kept, Cause.TIME)
    assert session.scalars(select(table.c.answers)).all() == []
    assert asked(story) == 0


@pytest.mark.feature("W27")
def test_the_desk_hears_of_who_asks_and_does_it_once(border: Border) -> None:
    silent, calling = went_home(border), went_home(border)
    assert asked(silent) == 2
    answer(silent, treated_well="no", asked_for_money="yes")
    answer(calling, call_me=True, wants_help="yes")
    chief = calling.supervise().supervisor
    (task,) = return_surveys.list_tasks(calling.work(chief))
    assert task.application == calling.id
    assert task.tasks == {ReturnTask.CALL, ReturnTask.HELP}
    for actor in (calling.setrass, calling.inm, calling.worker):
        with pytest.raises(Forbidden):
            return_surveys.list_tasks(calling.work(actor))
        with pytest.raises(Forbidden):
            return_surveys.attend_task(calling.work(actor), calling.id)
    return_surveys.attend_task(calling.work(chief), calling.id)
    assert return_surveys.list_tasks(calling.work(chief)) == []
    for story in (calling, silent):
        with pytest.raises(Conflict, match="no-return-task"):
            return_surveys.attend_task(story.work(chief), story.id)


@pytest.mark.feature("A3")
def test_counts_come_from_five_on(border: Border) -> None:
    *stories, sixth = [went_home(border) for _ in range(FEWEST + 1)]
    asked(stories[0])
    chief = stories[0].supervise().supervisor
    for story in stories[1:]:
        answer(story)
    assert return_surveys.count_returned(stories[0].work(SYSTEM)) == FEWEST - 1
    (few,) = return_surveys.list_figures(stories[0].work(chief))
    assert (few.answered, set(few.questions.values())) == (None, {None})
    answer(stories[0])
    work = stories[0].work(SYSTEM)
    assert [return_surveys.count_returned(work) for _ in range(2)] == [1, 0]  # each opened once
    (told,) = return_surveys.list_figures(stories[0].work(chief))
    assert (told.programme, told.season.isoformat(), told.answered) == (
        "coffee-hn-gt",
        "2026-10-01",
        FEWEST,
    )
    assert told.questions["treated_well"] == {"yes": FEWEST, "no": 0}
    # The sixth is told with no step of its own; alone it stands under seal.
    answer(sixth, treated_well="no")
    return_surveys.count_returned(work)
    assert return_surveys.list_figures(stories[0].work(chief)) == [told]
    waiting = sixth.session.execute(text("SELECT waiting FROM return_counts")).scalar_one()
    assert b"treated_well" not in bytes(waiting)


@pytest.mark.promise("P2")
@pytest.mark.parametrize(
    ("change", "refused_by"),
    [
        ("rehire = true", "ck_return_surveys_rehire"),
        ("answered_at = now()", "ck_return_surveys_answered_together"),
        ("tasks = '{call}'", "ck_return_surveys_tasks_are_asked_for"),
        ("attended_at = now(), attended_by = worker", "ck_return_surveys_attended_together"),
    ],
)
def test_the_database_refuses_what_nobody_said(
    border: Border, session: Session, change: str, refused_by: str
) -> None:
    asked(went_home(border))
    with pytest.raises(IntegrityError, match=refused_by), session.begin_nested():
        session.execute(text(f"UPDATE return_surveys SET {change}"))
