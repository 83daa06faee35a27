"""A person against a vacancy: all that is asked for is met, lacking or unknown; a fair order."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from permits.errors import Invalid
from permits.people import PersonId
from recruitment.matching import (
    Asked,
    Match,
    Opening,
    Requirements,
    Standing,
    check_requirements,
    find_skipped,
    in_order,
    match,
)
from recruitment.roster import Education, Licence, Profile, Proof, RosterEntry, Trade, initials

pytestmark = pytest.mark.feature("E6")

START = date(2027, 3, 1)
OPENING = Opening("twap-canada", "9211", START, date(2027, 8, 31))
PERSON = Profile(
    (Trade("9211", 3, Proof.PAPER),),
    frozenset({"spa", "fra"}),
    Education.SECONDARY,
    frozenset({Licence.CAR}),
    START,
    date(2027, 8, 31),
    frozenset({"twap-canada"}),
)
EVERYTHING = Requirements(
    3, True, frozenset({"fra"}), Education.SECONDARY, frozenset({Licence.CAR})
)
JOINED = datetime(2026, 11, 23, 15, tzinfo=UTC)


def matched(number: int = 1, hours: int = 0, **changes: Any) -> Match:  # noqa: ANN401
    said = replace(PERSON, **changes)
    joined = JOINED + timedelta(hours=hours)
    entry = RosterEntry(UUID(int=number), PersonId(UUID(int=99)), said, joined, joined, START)
    return match(entry, OPENING, EVERYTHING)


@pytest.mark.parametrize(
    ("changes", "lacking", "unknown"),
    [
        ({}, (), ()),
        ({"destinations": frozenset({"twap-spain"})}, (Asked.DESTINATION,), ()),
        ({"free_from": START + timedelta(days=1)}, (Asked.DAYS,), ()),
        ({"free_until": date(2027, 8, 30)}, (Asked.DAYS,), ()),
        ({"free_until": None}, (), ()),
        ({"trades": (Trade("9211", 2, Proof.PAPER),)}, (Asked.EXPERIENCE,), ()),
        ({"trades": (Trade("9211", 9, Proof.NOTHING),)}, (Asked.PROOF,), ()),
        ({"trades": (Trade("5120", 9, Proof.PAPER),)}, (Asked.EXPERIENCE, Asked.PROOF), ()),
        ({"languages": frozenset({"spa"})}, (Asked.LANGUAGES,), ()),
        ({"education": Education.PRIMARY}, (Asked.EDUCATION,), ()),
        ({"education": Education.UNIVERSITY}, (), ()),
        ({"education": None}, (), (Asked.EDUCATION,)),
        ({"licences": frozenset()}, (Asked.LICENCES,), ()),
    ],
)
def test_each_thing_that_is_asked_for(
    changes: dict[str, Any], lacking: tuple[Asked, ...], unknown: tuple[Asked, ...]
) -> None:
    found = matched(**changes)
    assert (found.lacking, found.unknown) == (lacking, unknown)
    assert found.fits is not bool(lacking or unknown)


def test_what_is_not_asked_for_is_not_told() -> None:
    entry = RosterEntry(UUID(int=1), PersonId(UUID(int=9)), PERSON, JOINED, JOINED, START)
    told = match(entry, OPENING, Requirements()).reasons
    assert [(one.asked, one.standing) for one in told] == [
        (Asked.DESTINATION, Standing.MEETS),
        (Asked.DAYS, Standing.MEETS),
    ]


def test_nothing_of_the_person_but_their_work_is_compared() -> None:
    """Who adds a field that could sort people by sex, age or family has to change this line."""
    assert {one.name for one in fields(Profile)} == {
        *("trades", "languages", "education", "licences"),
        *("free_from", "free_until", "destinations"),
    }


def test_the_order_is_by_what_is_lacking_then_by_who_joined_first() -> None:
    late, early = matched(4, 9), matched(3, 1)
    unknown, lacking = matched(2, education=None), matched(1, licences=frozenset())
    ordered = in_order([lacking, late, unknown, early])
    assert ordered == [early, late, unknown, lacking]
    assert ordered == in_order(reversed(ordered))
    tie = in_order([matched(2), matched(1)])
    assert [one.application.int for one in tie] == [1, 2]
    # Who fits and came first is passed over; the rest was not reached, or lacks something.
    assert find_skipped(ordered, frozenset({late.application})) == [early]
    assert find_skipped(ordered, frozenset({early.application})) == []
    both = frozenset({early.application, late.application})
    assert find_skipped(ordered, both | {lacking.application}) == []


def test_what_an_employer_may_ask_for() -> None:
    with pytest.raises(Invalid) as refused:
        check_requirements(Requirements(0, True, frozenset({"deu"})))
    assert {fault.code for fault in refused.value.faults} == {"proof-of-nothing", "unknown-value"}
    check_requirements(EVERYTHING)


def test_initials() -> None:
    assert initials("María Ángela  Gutiérrez") == "M. Á. G."
    assert initials("") == ""
