"""Whether a worker belongs on a farm, who is inside it, and what is refused (E7, R39)."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from permits.errors import Conflict
from permits.people import PersonId
from recruitment.farm_register import (
    CLOCKS_DIFFER,
    LATE_NOTES,
    OLDEST,
    Belonging,
    Direction,
    ForemanLink,
    How,
    Movement,
    Said,
    check_sayable,
    count_days,
    find_link_faults,
    find_time_faults,
    is_same,
    judge_entry,
    reckon,
)
from tests.recruitment.ethics.table import parameters

pytestmark = pytest.mark.feature("E7")
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def movement(hours: float, direction: Direction, who: int = 1, **changes: object) -> Movement:
    values: dict[str, object] = {
        "id": uuid4(),
        "farm": UUID(int=9),
        "application": UUID(int=who),
        "worker": PersonId(UUID(int=100 + who)),
        "direction": direction,
        "how": How.NUMBER,
        "belonging": Belonging.AUTHORISED,
        "happened_at": NOW + timedelta(hours=hours),
        "recorded_at": NOW,
        "recorded_by": UUID(int=7),
    }
    return Movement(**{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("authorised", "asked", "in_force", "belonging", "rule"),
    [
        ("a", False, True, Belonging.AUTHORISED, None),
        ("a", False, False, Belonging.NO_RIGHT, None),
        ("b", True, True, Belonging.CHANGE_ASKED, None),
        ("b", True, False, Belonging.NO_RIGHT, None),
        ("b", False, True, Belonging.OTHER_FARM, "R39"),
        ("b", False, False, Belonging.OTHER_FARM, "R39"),
        (None, False, True, Belonging.OTHER_FARM, "R39"),
    ],
)
def test_another_employers_farm_is_found_and_another_farm_of_the_same_one_is_not(
    authorised: str | None,
    asked: bool,
    in_force: bool,
    belonging: Belonging,
    rule: str | None,
) -> None:
    found, finding = judge_entry(
        "a", authorised, change_asked=asked, in_force=in_force, parameters=parameters(), on=TODAY
    )
    assert (found, finding.rule.value if finding else None) == (belonging, rule)


def test_a_day_counts_once() -> None:
    came, went = Direction.ENTRY, Direction.EXIT
    hours = (-30, -9, -2, -1)
    everything = [*(movement(hour, came) for hour in hours), movement(-26, went)]
    assert count_days(everything, TODAY - timedelta(days=1), TODAY) == 2
    assert count_days(everything, TODAY, TODAY) == 1  # came in three times


def test_an_hour_to_come_one_too_long_ago_and_an_endless_link_are_refused() -> None:
    def codes(at: datetime) -> list[str]:
        return [fault.code for fault in find_time_faults(at, NOW)]

    assert (codes(NOW + CLOCKS_DIFFER), codes(NOW - OLDEST)) == ([], [])
    second = timedelta(seconds=1)
    assert codes(NOW + CLOCKS_DIFFER + second) == ["time-to-come"]
    assert codes(NOW - OLDEST - second) == ["time-too-old"]
    days = (-1, 0, 120, 121)
    found = [find_link_faults(TODAY + timedelta(days=day), TODAY) for day in days]
    assert [[one.code for one in faults] for faults in found] == [
        ["link-day-over"],
        [],
        [],
        ["link-too-long"],
    ]


@pytest.mark.parametrize(
    ("told", "sends", "at"),
    [
        (-3, 0, -3),  # a right clock, and three hours without a network
        (-3, 0.1, -3),  # six minutes fast are no wrong clock
        (2, 5, -3),  # five hours fast as it noted and as it sends
        (-12, -9, -3),  # nine hours slow
        (2, 0, 0),  # five hours fast, and set right by the network before it sent
        (-3, 24 * 365, -3 - 24 * 365),  # a year fast as it sends alone: too long ago, and refused
    ],
)
def test_a_phones_hour_is_reckoned_by_what_its_clock_says_as_it_sends(
    told: float, sends: float, at: float
) -> None:
    said, sent, happened = (NOW + timedelta(hours=hours) for hours in (told, sends, at))
    assert reckon(said, sent, NOW) == happened


def test_a_note_is_the_same_by_the_hour_its_phone_told_whatever_was_reckoned() -> None:
    told = NOW + timedelta(hours=2)
    one = movement(-3, Direction.ENTRY, offline=True, told_at=told)
    again = movement(-2.9, Direction.ENTRY, offline=True, told_at=told)
    right = movement(2, Direction.ENTRY, offline=True)  # its clock was set right meanwhile
    assert is_same(one, again)
    assert is_same(one, right)
    assert not is_same(one, movement(-3, Direction.ENTRY, offline=True))


def test_a_link_hands_in_for_a_week_what_was_noted_before_and_a_lost_phone_nothing() -> None:
    day, minute = timedelta(days=1), timedelta(minutes=1)
    made = NOW - 3 * day
    over = datetime(2026, 11, 24, 6, tzinfo=UTC)  # midnight in Honduras
    runs_out = ForemanLink(uuid4(), uuid4(), TODAY, made)
    ended = ForemanLink(uuid4(), uuid4(), TODAY + 9 * day, made, NOW)
    assert (runs_out.over_at, ended.over_at) == (over, NOW)
    last = NOW + LATE_NOTES
    told = [ended.takes_late(at) for at in (NOW - minute, NOW, last - minute, last)]
    assert told == [False, True, True, False]
    lost = ForemanLink(uuid4(), uuid4(), TODAY + 9 * day, made, NOW, lost=True)
    assert not lost.takes_late(NOW + minute)
    told = [
        ended.saw(NOW - minute, None, NOW),
        ended.saw(NOW, None, NOW),
        ended.saw(NOW + 4 * minute, NOW + 10 * minute, NOW + 5 * minute),  # five minutes fast
        ended.saw(NOW + 6 * minute, NOW + 10 * minute, NOW + 5 * minute),
    ]
    assert told == [True, False, True, False]


def test_a_link_notes_nothing_of_before_it_was_made() -> None:
    """A stolen one writes no past, whatever its clock says; a clock that is off loses nothing."""
    link = ForemanLink(uuid4(), UUID(int=9), TODAY + timedelta(days=30), NOW)
    later, hour = NOW + timedelta(hours=8), timedelta(hours=1)
    noted = [(NOW - hour, None), (NOW - hour, later), (NOW + 6 * hour, later + 9 * hour)]
    assert [link.is_younger(told, sent, later) for told, sent in noted] == [True, True, True]
    fine = [(NOW, None), (NOW - CLOCKS_DIFFER, later), (NOW - 5 * hour, later - 9 * hour)]
    assert [link.is_younger(told, sent, later) for told, sent in fine] == [False, False, False]


def test_a_worker_is_asked_once_and_only_of_another_farm() -> None:
    other = movement(0, Direction.ENTRY, belonging=Belonging.OTHER_FARM)
    check_sayable(other)
    for one in (
        movement(0, Direction.ENTRY),
        movement(0, Direction.ENTRY, belonging=Belonging.OTHER_FARM, said=Said.WAS_SENT),
    ):
        with pytest.raises(Conflict, match="movement-not-asked"):
            check_sayable(one)
