"""Visa, departure and arrival: which day can be right, where it stands, when work began."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from permits.deadlines import start_of
from permits.errors import Conflict, Invalid
from permits.journeys import (
    JourneyNote,
    JourneyStep,
    Source,
    check_note,
    check_own_note,
    start_of_travel,
    start_of_work,
    visa_of,
)
from permits.people import PersonId
from tests.builders import NOW

pytestmark = pytest.mark.feature("N13")

TODAY, LEFT = date(2026, 11, 23), date(2026, 11, 20)
WORKER = PersonId(uuid4())


def note(step: JourneyStep, on: date, noted_at: datetime = NOW) -> JourneyNote:
    return JourneyNote(uuid4(), uuid4(), WORKER, step, on, Source.WORKER, noted_at, WORKER)


S = JourneyStep
GONE = (note(S.DEPARTED, LEFT),)


@pytest.mark.parametrize(
    ("step", "on", "code"),
    [
        (S.VISA_SUBMITTED, TODAY, None),
        (S.VISA_SUBMITTED, TODAY + timedelta(days=1), "date-in-future"),
        (S.VISA_GRANTED, TODAY - timedelta(days=731), "journey-long-ago"),
        (S.ARRIVED, LEFT, None),
        (S.ARRIVED, LEFT - timedelta(days=1), "arrived-before-leaving"),
        (S.DEPARTED, TODAY, "journey-noted-already"),
    ],
)
def test_which_day_can_be_right(step: JourneyStep, on: date, code: str | None) -> None:
    if code is None:
        check_note(step, on, GONE, TODAY)
        return
    with pytest.raises(Invalid) as refused:
        check_note(step, on, GONE, TODAY)
    assert [fault.code for fault in refused.value.faults] == [code]


def test_the_journey_begins_with_the_earliest_that_is_known_of_it() -> None:
    """The day alone is known of a note, so that its beginning counts; a post tells the hour."""
    noon = start_of(LEFT) + timedelta(hours=12)
    came = (note(S.ARRIVED, LEFT - timedelta(days=1)),)
    assert start_of_travel((), None) is None
    assert start_of_travel((note(S.VISA_GRANTED, LEFT),), None) is None
    assert start_of_travel((), noon) == noon
    assert start_of_travel(GONE, noon) == start_of(LEFT)
    assert start_of_travel(GONE, noon - timedelta(days=1)) == noon - timedelta(days=1)
    assert start_of_travel(came, noon) == start_of(LEFT - timedelta(days=1))


def test_nobody_leaves_after_they_arrived() -> None:
    with pytest.raises(Invalid, match="invalid") as refused:
        check_note(S.DEPARTED, TODAY, (note(S.ARRIVED, LEFT),), TODAY)
    assert refused.value.faults[0].code == "left-after-arriving"
    with pytest.raises(Conflict, match="note-of-another"):
        check_own_note(GONE[0], PersonId(uuid4()))


def test_a_visa_stands_where_its_last_step_is() -> None:
    asked = note(S.VISA_ASKED, LEFT)
    granted = note(S.VISA_GRANTED, LEFT, NOW + timedelta(minutes=1))
    assert visa_of([granted, asked, note(S.DEPARTED, TODAY)]) == granted
    assert visa_of(GONE) is None


def test_when_work_began() -> None:
    arrived = note(S.ARRIVED, LEFT + timedelta(days=2))
    assert start_of_work((), date(2026, 11, 1), None) is None
    assert start_of_work(GONE, None, None) == LEFT
    assert start_of_work((*GONE, arrived), None, NOW) == arrived.on  # arriving before leaving
    assert start_of_work((), None, NOW) == TODAY  # a post saw them
    first = date(2026, 12, 1)
    assert start_of_work(GONE, first, None) == first  # no earlier than the first day
