"""What is asked after the season, when it is closed, who goes first, and what may be counted."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from permits.crossings import Direction
from permits.errors import Conflict, Forbidden, Invalid
from permits.findings import Severity
from permits.pathway import Passages
from permits.people import Actor, PersonId, Role
from permits.programme_files import read
from permits.programme_rules import PathwayStep
from permits.return_surveys import (
    COME_IN,
    QUESTIONS,
    ComingBack,
    ReturnTask,
    SurveyAnswers,
    YesNo,
    answered,
    ask,
    came_home_in_time,
    check_attend,
    closed,
    find_priority,
    is_over,
    read_answers,
)
from tests.permits.cases import CASE, NOW, WORKER
from tests.permits.test_programmes import given_mapping

PROGRAMME = read(given_mapping())
ASKED = ask((UUID(int=5), CASE, WORKER.person), PROGRAMME, NOW)
GOOD = SurveyAnswers(YesNo.YES, YesNo.YES, YesNo.NO, YesNo.YES, ComingBack.SAME_EMPLOYER, YesNo.NO)
HEAD = Actor(PersonId(UUID(int=77)), Role.SETRASS_SUPERVISOR)


def test_the_last_day_to_answer_follows_from_the_programme() -> None:
    assert ASKED.closes_on == NOW.date() + timedelta(days=60)
    assert ASKED.is_open


@pytest.mark.feature("W27")
@pytest.mark.parametrize(
    ("given", "faults"),
    [
        ({"treated_well": "no"}, []),
        ({}, [("survey-empty", "work_as_promised")]),
        ({"treated_well": "", "come_back": ""}, [("survey-empty", "work_as_promised")]),
        ({"treated_well": "perhaps"}, [("choice-unknown", "treated_well")]),
        ({"come_back": "yes"}, [("choice-unknown", "come_back")]),
        ({"wage": "yes"}, [("choice-unknown", "wage")]),
    ],
)
def test_each_question_may_be_left_out_but_not_all(
    given: Mapping[str, str], faults: list[tuple[str, str]]
) -> None:
    if not faults:
        assert read_answers(given, call_me=False) == SurveyAnswers(treated_well=YesNo.NO)
        return
    with pytest.raises(Invalid) as refused:
        read_answers(given, call_me=False)
    assert [(fault.code, fault.field) for fault in refused.value.faults] == faults


def test_there_are_six_questions() -> None:
    assert len(QUESTIONS) == 6
    given = {name: options[0] for name, options in QUESTIONS.items()}
    assert read_answers(given, call_me=True) == SurveyAnswers(
        YesNo.YES,
        YesNo.YES,
        YesNo.YES,
        YesNo.YES,
        ComingBack.SAME_EMPLOYER,
        YesNo.YES,
        call_me=True,
    )


@pytest.mark.feature("W27")
@pytest.mark.parametrize(
    ("said", "tasks"),
    [
        (GOOD, set()),
        (replace(GOOD, treated_well=YesNo.NO, asked_for_money=YesNo.YES), set()),
        (replace(GOOD, call_me=True), {ReturnTask.CALL}),
        (replace(GOOD, wants_help=YesNo.YES), {ReturnTask.HELP}),
    ],
)
def test_the_desk_hears_of_who_asked_and_of_no_complaint(
    said: SurveyAnswers, tasks: set[ReturnTask]
) -> None:
    after = answered(ASKED, said, NOW)
    assert after.tasks == tasks
    assert not after.is_open
    with pytest.raises(Conflict, match="survey-answered"):
        answered(after, GOOD, NOW)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (GOOD, False),
        (SurveyAnswers(), False),
        (replace(GOOD, work_as_promised=YesNo.NO), False),
        (replace(GOOD, paid_as_promised=YesNo.NO), True),
        (replace(GOOD, asked_for_money=YesNo.YES), True),
        (replace(GOOD, treated_well=YesNo.NO), True),
    ],
)
def test_what_is_to_be_complained_of(said: SurveyAnswers, wrong: bool) -> None:
    assert said.went_wrong is wrong


def test_it_is_closed_a_while_after_the_answers_or_after_its_last_day() -> None:
    said = answered(ASKED, GOOD, NOW)
    assert not is_over(said, NOW + COME_IN - timedelta(seconds=1))
    assert is_over(said, NOW + COME_IN)
    assert not is_over(ASKED, NOW + timedelta(days=60))
    assert is_over(ASKED, NOW + timedelta(days=61))
    with pytest.raises(Conflict, match="survey-not-over"):
        closed(said, NOW, in_time=True, revoked=False)
    shut = closed(ASKED, NOW + timedelta(days=61), in_time=True, revoked=False)
    assert (shut.rehire, shut.is_open) == (False, False)
    with pytest.raises(Conflict, match="survey-closed"):
        answered(shut, GOOD, NOW)
    with pytest.raises(Conflict, match="survey-not-over"):
        closed(shut, NOW + timedelta(days=99), in_time=True, revoked=False)


@pytest.mark.feature("W23")
@pytest.mark.parametrize("come_back", [*ComingBack, None])
@pytest.mark.parametrize("in_time", [True, False])
@pytest.mark.parametrize("revoked", [True, False])
def test_who_goes_first(come_back: ComingBack | None, *, in_time: bool, revoked: bool) -> None:
    said = answered(ASKED, replace(GOOD, come_back=come_back), NOW)
    shut = closed(said, NOW + COME_IN, in_time=in_time, revoked=revoked)
    wants = come_back in {ComingBack.SAME_EMPLOYER, ComingBack.OTHER_EMPLOYER}
    assert shut.rehire is (wants and in_time and not revoked)


LAST = date(2027, 2, 15)
ENTERED = datetime(2026, 12, 2, 15, tzinfo=UTC)
MIDNIGHT = datetime(2027, 2, 16, 6, tzinfo=UTC)
"""The end of the last day in Honduras."""


@pytest.mark.feature("W23")
@pytest.mark.parametrize(
    ("left", "posts", "in_time"),
    [
        (MIDNIGHT - timedelta(seconds=1), True, True),
        (MIDNIGHT, True, False),
        (None, True, False),
        (ENTERED - timedelta(days=1), True, False),  # went in again afterwards
        (None, False, True),  # who flies abroad passes no post that notes it
    ],
)
def test_home_in_time(left: datetime | None, *, posts: bool, in_time: bool) -> None:
    pathway = (PathwayStep.ENTRY, PathwayStep.WORK, PathwayStep.EXIT)
    programme = replace(PROGRAMME, pathway=pathway, posts=("HN-GT-1",) if posts else ())
    last = {Direction.ENTRY: ENTERED, **({Direction.EXIT: left} if left else {})}
    passages = Passages({Direction.ENTRY: ENTERED}, last)
    assert came_home_in_time(programme, passages, LAST) is in_time


def test_the_finding_informs_and_blocks_nothing() -> None:
    assert find_priority(PROGRAMME, rehire=False) == ()
    (finding,) = find_priority(PROGRAMME, rehire=True)
    assert (finding.code, finding.severity) == ("rehire-priority", Severity.INFO)


def test_a_task_is_done_once_and_by_the_desk_alone() -> None:
    waiting = replace(ASKED, tasks=frozenset({ReturnTask.CALL}))
    check_attend(HEAD, waiting)
    with pytest.raises(Conflict, match="no-return-task"):
        check_attend(HEAD, ASKED)
    with pytest.raises(Conflict, match="no-return-task"):
        check_attend(HEAD, replace(waiting, attended_at=NOW))
    for role in set(Role) - {Role.SETRASS_SUPERVISOR}:
        with pytest.raises(Forbidden):
            check_attend(Actor(HEAD.person, role), waiting)
