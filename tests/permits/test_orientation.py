"""Orientation: faults of a session, seats, who is written down when, and the test of six."""

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID, uuid4

import pytest

from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.orientation import (
    QUESTIONS,
    Attendance,
    OrientationSession,
    PlannedSession,
    Topic,
    check_attend,
    check_certificate,
    check_plan,
    check_test,
    choose_seat,
    kind_of,
    pass_percent,
    score,
)
from permits.people import Actor, PersonId, Role
from tests import outside
from tests.builders import NOW
from tests.oriented import RIGHT, WRONG, certificate, planned

pytestmark = pytest.mark.feature("W17", "W18")

CHIEF = Actor(PersonId(uuid4()), Role.SETRASS_SUPERVISOR)
TOWNS, LANGUAGES = {("HN-CP", "0404")}, {"spa", "caa"}
DAY = date(2026, 11, 26)
SESSION = replace(certificate().seat.session, day=DAY)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, set()),
        ({"municipality": "9999"}, {"municipality-unknown"}),
        ({"place": ""}, {"reception-place-missing"}),
        ({"place": "x" * 31}, {"reception-place-long"}),
        ({"language": "deu"}, {"unknown-value"}),
        ({"day": date(2026, 11, 23)}, {"reception-day-out"}),
        ({"day": date(2027, 2, 22)}, {"reception-day-out"}),
        ({"seats": 0, "place": ""}, {"reception-places-out", "reception-place-missing"}),
        ({"seats": 201}, {"reception-places-out"}),
    ],
)
def test_each_fault_of_a_session_is_named(changes: dict[str, object], codes: set[str]) -> None:
    wanted: PlannedSession = replace(planned(DAY), **changes)  # type: ignore[arg-type]
    if not codes:
        check_plan(CHIEF, wanted, TOWNS, LANGUAGES, NOW)
        return
    with pytest.raises(Invalid) as refused:
        check_plan(CHIEF, wanted, TOWNS, LANGUAGES, NOW)
    assert {fault.code for fault in refused.value.faults} == codes


def test_who_holds_a_session() -> None:
    with pytest.raises(Forbidden):
        check_plan(Actor(PersonId(uuid4()), Role.EMPLOYER), planned(DAY), TOWNS, LANGUAGES, NOW)
    brigade = Actor(PersonId(uuid4()), Role.FACILITATOR)
    with pytest.raises(NotFound):
        check_attend(brigade, SESSION, SESSION.starts_at)
    check_attend(replace(brigade, person=SESSION.host), SESSION, SESSION.starts_at)


def test_the_last_seat_is_given_once() -> None:
    assert choose_seat(SESSION, [], NOW) == 1
    assert choose_seat(SESSION, [1], NOW) == 2
    for session, taken, code in (
        (SESSION, [1, 2], "session-full"),
        (replace(SESSION, cancelled_at=NOW), [], "session-cancelled"),
        (replace(SESSION, day=date(2026, 11, 22)), [], "session-past"),
    ):
        with pytest.raises(Conflict, match=code):
            choose_seat(session, taken, NOW)


@pytest.mark.parametrize(
    ("after", "fits"), [(-61, False), (-60, True), (0, True), (7 * 1440, True), (7 * 1441, False)]
)
def test_when_somebodys_coming_is_written_down(after: int, fits: bool) -> None:
    at = SESSION.starts_at + timedelta(minutes=after)
    if fits:
        check_attend(CHIEF, SESSION, at)
        return
    with pytest.raises(Conflict, match="session-not-now"):
        check_attend(CHIEF, SESSION, at)


def test_the_test_has_six_questions_and_a_mark_of_the_programme() -> None:
    assert len(QUESTIONS) == len(Topic) == 6
    assert all(one.right in one.options and len(set(one.options)) == 3 for one in QUESTIONS)
    assert (score(RIGHT, 100, NOW).passed, score(WRONG, 1, NOW).right) == (True, 0)
    four = {**RIGHT, Topic.PAPERS: WRONG[Topic.PAPERS], Topic.HELP: WRONG[Topic.HELP]}
    assert (score(four, 66, NOW).passed, score(four, 67, NOW).passed) == (True, False)
    with pytest.raises(Invalid) as refused:
        score({Topic.PAPERS: "nonsense"}, 67, NOW)
    told = {fault.field: fault.code for fault in refused.value.faults}
    assert (told["papers"], told["help"], len(told)) == ("not-an-option", "missing", 6)
    programmes = outside.reference().programmes
    assert pass_percent(programmes["twap-canada"], DAY) == 67
    assert kind_of(programmes["coffee-hn-gt"]) == "arrival"
    assert kind_of(programmes["twap-canada"]) == "pre-departure"


def test_a_certificate_is_of_who_came_and_understood() -> None:
    paper = certificate()
    with pytest.raises(Conflict, match="orientation-first"):
        check_test(Attendance())
    failed = replace(paper.result, passed=False)
    for attendance in (Attendance(), Attendance(paper.seat), Attendance(paper.seat, failed)):
        assert not attendance.is_done
        with pytest.raises(Conflict, match="orientation-not-done"):
            check_certificate(attendance)
    assert check_certificate(Attendance(paper.seat, paper.result)) == (paper.seat, paper.result)
    assert isinstance(SESSION, OrientationSession)
    assert (SESSION.id, SESSION.begins) == (UUID(int=1), time(9))
