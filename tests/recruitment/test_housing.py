"""Housing: what was seen counts, what was declared does not; what failed is open until mended."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from permits.errors import Conflict, Invalid, NotFound
from recruitment.ethics.facts import EmployerFacts, Inspection
from recruitment.ethics.words import HousingItem
from recruitment.hirers import Hirer
from recruitment.housing import (
    HousingInspection,
    Lodging,
    Nights,
    Shortcoming,
    ToldHousing,
    facts_of_housing,
    find_faults,
    lodgings_of,
    mend,
    most_at_once,
    tell_housing,
)
from recruitment.registrations import Farm
from tests.vacancies import OFFER

pytestmark = pytest.mark.feature("E8")

TODAY = date(2026, 11, 28)
DAY = timedelta(days=1)
WATER, LOCK = HousingItem.POTABLE_WATER, HousingItem.NO_OUTSIDE_LOCK
GOOD = HousingInspection(UUID(int=1), UUID(int=2), TODAY - 30 * DAY, 20, 2, 2)
BAD = replace(GOOD, shortcomings=(Shortcoming(WATER),), mend_by=TODAY + 9 * DAY)
HERE = Lodging(UUID(int=2), OFFER.municipality, 24, GOOD)
UNSEEN = replace(HERE, farm=UUID(int=4), last=None)
ELSEWHERE = replace(UNSEEN, municipality="0401")
NOTHING = EmployerFacts()


def facts(*lodgings: Lodging) -> EmployerFacts:
    return facts_of_housing(lodgings, OFFER, 25, NOTHING)


def test_what_nobody_inspected_never_passes_and_another_town_is_no_bed() -> None:
    seen = facts(HERE, ELSEWHERE)
    assert (seen.lives_in, seen.workers_housed, seen.season_starts_on) == (
        True,
        25,
        OFFER.starts_on,
    )
    assert seen.inspections == (Inspection(GOOD.on, 20, 0),)
    for lodgings in ((), (ELSEWHERE,), (UNSEEN,), (HERE, UNSEEN)):
        assert (facts(*lodgings).inspections, facts(*lodgings).checklist) == ((), None)
        assert tell_housing(lodgings, OFFER) == ToldHousing(None)
    unhoused = replace(OFFER, housing=False)
    assert facts_of_housing([HERE], unhoused, 25, NOTHING) == EmployerFacts(lives_in=False)
    assert tell_housing([HERE], unhoused) is None
    tent, house = Farm(UUID(int=2), "Uno", "0404", 0), Farm(UUID(int=5), "Dos", "0404", 3)
    assert lodgings_of([tent, house], {tent.id: GOOD}) == (Lodging(house.id, "0404", 3),)


def test_of_several_houses_the_oldest_look_counts_and_each_must_meet_the_list() -> None:
    later = replace(BAD, on=TODAY, capacity=7, toilets=1, showers=0)
    seen = facts(HERE, replace(UNSEEN, last=later))
    assert seen.inspections == (Inspection(GOOD.on, 27, 1),)
    assert (seen.toilets, seen.showers) == (3, 2)
    assert seen.checklist == {item: item is not WATER for item in HousingItem}
    told = tell_housing([HERE, replace(UNSEEN, last=later)], OFFER)
    assert told == ToldHousing(GOOD.on, 27, (WATER,))


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"on": TODAY}, []),
        ({"on": TODAY + DAY}, [("date-in-future", "on")]),
        ({"on": TODAY - 730 * DAY}, []),
        ({"on": TODAY - 731 * DAY}, [("inspection-too-old", "on")]),
        ({"capacity": -1, "showers": 2001}, [("out-of-range", n) for n in ("capacity", "showers")]),
        ({"mend_by": TODAY}, [("nothing-to-mend", "mend_by")]),
        ({"shortcomings": BAD.shortcomings}, [("missing", "mend_by")]),
        ({"shortcomings": BAD.shortcomings, "mend_by": GOOD.on}, []),
        *(
            (
                {"shortcomings": BAD.shortcomings, "mend_by": GOOD.on + days * DAY},
                [("mending-out-of-time", "mend_by")] if days != 180 else [],
            )
            for days in (-1, 180, 181)
        ),
    ],
)
def test_an_inspection_that_cannot_be_meant_is_refused(
    changes: dict[str, object], found: list[tuple[str, str]]
) -> None:
    inspection = replace(GOOD, **changes)  # type: ignore[arg-type]
    assert [(one.code, one.field) for one in find_faults(inspection, TODAY)] == found


def test_a_shortcoming_is_closed_once_by_what_was_seen() -> None:
    mended = mend(BAD, WATER, BAD.on, " Acta 12 ", TODAY)
    assert mended == Shortcoming(WATER, BAD.on, "Acta 12")
    after = replace(BAD, shortcomings=(mended,))
    assert (BAD.met(WATER), after.met(WATER), after.open) == (False, True, ())
    with pytest.raises(Conflict, match="already-mended"):
        mend(after, WATER, TODAY, "Acta 13", TODAY)
    with pytest.raises(NotFound, match="no-such-shortcoming"):
        mend(BAD, LOCK, TODAY, "Acta 13", TODAY)
    for on, evidence, faults in (
        (TODAY + DAY, "", {"missing", "date-in-future"}),
        (BAD.on - DAY, "x" * 201, {"too-long", "mended-before-inspected"}),
    ):
        with pytest.raises(Invalid) as refused:
            mend(BAD, WATER, on, evidence, TODAY)
        assert {one.code for one in refused.value.faults} == faults


def test_an_exception_is_bound_to_what_failed_and_stays_when_it_is_mended() -> None:
    def weighing(last: HousingInspection | None) -> tuple[object, ...]:
        return Hirer(lodgings=(replace(HERE, declared=20, last=last),)).weighing

    mended = replace(BAD, shortcomings=(Shortcoming(WATER, TODAY, "Acta 12"),))
    assert weighing(None) == weighing(GOOD) == ()
    assert weighing(BAD) == weighing(mended) != ()
    assert weighing(replace(GOOD, capacity=19)) not in ((), weighing(BAD))


@pytest.mark.parametrize(
    ("beside", "most"),
    [
        ((), 40),
        (((-60, -1, 40),), 40),  # gone by today
        (((-60, 0, 40),), 80),  # there tonight still
        (((-60, 5, 40), (6, 90, 40)), 80),  # one comes when the other has gone
        (((-60, 6, 40), (6, 90, 30)), 110),
        (((-60, 90, 10), (30, 40, 20), (35, 60, 5)), 75),
        (((61, 90, 40),), 40),  # after the own last day
    ],
)
def test_beds_are_counted_on_the_fullest_day_to_come(
    beside: Sequence[tuple[int, int, int]], most: int
) -> None:
    own = Nights(TODAY - 30 * DAY, TODAY + 60 * DAY, 40)
    others = [
        Nights(TODAY + first * DAY, TODAY + last * DAY, people) for first, last, people in beside
    ]
    assert most_at_once(own, others, TODAY) == most
