"""Days on which people are received: what may be told, what is left, who gets which seat."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest

from permits.applications import Application, ApplicationId, Status
from permits.appointments import (
    FARTHEST,
    RECEIVED,
    OfferedDay,
    PlannedDay,
    ReceptionDay,
    check_cancel,
    check_held,
    check_plan,
    check_receivable,
    choose_seat,
    day_to_remind_of,
    holds,
    nearest,
    offered,
)
from permits.deadlines import start_of
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.people import Actor, Agency, PersonId, Role

pytestmark = pytest.mark.feature("O17")

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
KNOWN = {("HN-CP", "0404"), ("HN-LE", "1301")}
PERSON = PersonId(uuid4())
CHIEF = Actor(PERSON, Role.SETRASS_SUPERVISOR)
EIGHT, HALF_PAST = time(8), time(8, 30)


def day(**changes: object) -> ReceptionDay:
    whole = ReceptionDay(
        *("HN-CP", "0404", "Salón comunal", TODAY + timedelta(days=3), EIGHT, time(9), 2),
        ("spa",),
        id=uuid4(),
        agency=Agency.SETRASS,
        host=PERSON,
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def faults(planned: PlannedDay, actor: Actor = CHIEF) -> set[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        check_plan(actor, planned, KNOWN, NOW)
    return {(fault.code, fault.field) for fault in refused.value.faults}


def test_a_day_is_cut_into_whole_half_hours() -> None:
    assert day().slots == (EIGHT, HALF_PAST)
    assert day(closes=time(9, 30)).slots[-1] == time(9)
    assert day().starts(EIGHT) == datetime(2026, 11, 26, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"municipality": "1301"}, ("municipality-unknown", "municipality")),
        ({"place": ""}, ("reception-place-missing", "place")),
        ({"place": "x" * 31}, ("reception-place-long", "place")),
        ({"place": "x\ny"}, ("reception-place-long", "place")),
        ({"languages": ()}, ("reception-language-missing", "languages")),
        ({"day": TODAY}, ("reception-day-out", "day")),
        ({"day": TODAY + FARTHEST + timedelta(days=1)}, ("reception-day-out", "day")),
        ({"opens": time(8, 15)}, ("reception-half-hours", "opens")),
        ({"closes": EIGHT}, ("reception-closes-early", "closes")),
        ({"places": 0}, ("reception-places-out", "places")),
        ({"places": 51}, ("reception-places-out", "places")),
    ],
)
def test_each_fault_of_a_day_is_named(changes: dict[str, object], fault: tuple[str, str]) -> None:
    assert faults(day(**changes)) == {fault}


def test_the_first_and_the_last_day_that_may_be_told() -> None:
    for good in (TODAY + timedelta(days=1), TODAY + FARTHEST):
        check_plan(CHIEF, day(day=good, place="x" * 30, places=50), KNOWN, NOW)


def test_who_has_a_department_stays_within_it() -> None:
    lempira = replace(CHIEF, department="HN-LE")
    assert faults(day(), lempira) == {("department-of-others", "municipality")}
    assert not holds(lempira, day())
    with pytest.raises(Forbidden):
        check_plan(Actor(PERSON, Role.SETRASS_OFFICER), day(), KNOWN, NOW)


def test_an_agency_holds_its_days_and_a_brigade_its_own() -> None:
    brigade = Actor(PERSON, Role.FACILITATOR)
    other, inm = (Actor(PersonId(uuid4()), role) for role in (brigade.role, Role.INM_SUPERVISOR))
    own = day(agency=None)
    assert [holds(one, own) for one in (brigade, other, inm, CHIEF)] == [True, False, False, True]
    assert [holds(one, day()) for one in (brigade, inm, CHIEF)] == [False, False, True]
    with pytest.raises(NotFound):
        check_held(inm, day())
    with pytest.raises(Forbidden):
        check_held(Actor(PERSON, Role.WORKER), day())


def test_nothing_is_left_of_what_is_full_begun_or_called_off() -> None:
    one = day()
    assert offered(one, {EIGHT: 1, HALF_PAST: 2}, NOW).free == {EIGHT: 1}
    assert offered(one, {}, one.starts(EIGHT)).free == {HALF_PAST: 2}
    assert offered(one, {}, one.starts(EIGHT) - timedelta(seconds=1)).free == {
        EIGHT: 2,
        HALF_PAST: 2,
    }
    assert offered(replace(one, cancelled_at=NOW), {}, NOW).free == {}


def test_the_own_town_comes_before_the_department_and_that_before_the_others() -> None:
    def open_(**changes: object) -> OfferedDay:
        return offered(day(**changes), {}, NOW)

    later = TODAY + timedelta(days=9)
    here, near = open_(day=later), open_(municipality="0401", day=later)
    sooner, far = open_(municipality="0401"), open_(department="HN-LE", municipality="1301")
    full = OfferedDay(day(), {})
    every = [far, near, full, here, sooner]
    assert nearest(every, "HN-CP", "0404") == [here, sooner, near, far]
    assert [one.day.day for one in nearest(every, "", "")] == sorted(
        one.day.day for one in every if one.free
    )


def test_the_lowest_free_seat_is_given_and_never_one_too_many() -> None:
    one = day()
    assert choose_seat(one, EIGHT, [], NOW) == 1
    assert choose_seat(one, EIGHT, [1], NOW) == 2
    assert choose_seat(one, EIGHT, [2], NOW) == 1
    for wanted, slot, taken, now, code in (
        (one, EIGHT, [1, 2], NOW, "half-hour-full"),
        (one, time(9), [], NOW, "no-such-half-hour"),
        (one, EIGHT, [], one.starts(EIGHT), "reception-day-past"),
        (replace(one, cancelled_at=NOW), EIGHT, [], NOW, "reception-day-cancelled"),
    ):
        with pytest.raises(Conflict, match=code):
            choose_seat(wanted, slot, taken, now)


def test_who_has_nothing_left_to_do_needs_no_place() -> None:
    for status in Status:
        file = Application(ApplicationId(UUID(int=1)), PERSON, "coffee-hn-gt", status, 0, 1)
        if status in RECEIVED:
            check_receivable(file)
        else:
            with pytest.raises(Conflict, match="appointment-not-needed"):
                check_receivable(file)
    assert Status.DRAFT in RECEIVED
    assert not RECEIVED & {Status.REFUSED, Status.WITHDRAWN, Status.LAPSED}


def test_a_day_is_called_off_once_and_until_it_is_over() -> None:
    one = day()
    evening = start_of(one.day) + timedelta(hours=23)
    check_cancel(CHIEF, one, evening)
    with pytest.raises(Conflict, match="past"):
        check_cancel(CHIEF, one, evening + timedelta(hours=1))
    with pytest.raises(Conflict, match="cancelled"):
        check_cancel(CHIEF, replace(one, cancelled_at=NOW), NOW)


@pytest.mark.parametrize(
    ("hour", "reminded"), [(7.99, False), (8, True), (18.99, True), (19, False)]
)
def test_people_are_reminded_by_day(hour: float, *, reminded: bool) -> None:
    now = start_of(TODAY) + timedelta(hours=hour)
    assert day_to_remind_of(now) == (TODAY + timedelta(days=1) if reminded else None)
