"""Who hires and who recruits: what is proved, what weighs, and what an old list still says."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from recruitment.ethics.facts import Licence
from recruitment.hirers import (
    ALWAYS,
    FOREVER,
    Hirer,
    Record,
    Recruiting,
    agents_under,
    facts_of_recruiters,
    find_suspended,
    licences_of,
    record_of,
)
from recruitment.recruiters import LicenceState
from recruitment.registrations import Evidence, Farm, Registration, RegistrationStatus, Told
from recruitment.registries import EntryState, Registry, Verdict
from recruitment.standings import Measure, MeasureKind, count_complaints
from tests.recruitment.test_recruiters import AGENT, DAY, ENTRY, LAST, TOP, VALID, mandate

NOW = datetime(2026, 12, 1, tzinfo=UTC)
OWN = Registration(UUID(int=1), "+50499990000", RegistrationStatus.VERIFIED, Told(), 1, NOW)
HERE = Farm(UUID(int=2), "La Peña", "0404", 6, "", Decimal(14), Decimal(-89))
V = Verdict


def measure(kind: MeasureKind, days_ago: int = 10, **changed: date) -> Measure:
    made = Measure(UUID(int=3), kind, "DGIT-1", DAY - timedelta(days=days_ago))
    return replace(made, **changed)  # type: ignore[arg-type]


@pytest.mark.feature("E1")
@pytest.mark.parametrize(
    ("verdict", "seen", "proved"),
    [
        (V.VERIFIED, False, True),
        (V.NOT_FOUND, False, False),
        (V.NOT_FOUND, True, True),
        (V.NOT_ACTIVE, True, False),
        (V.UNAVAILABLE, False, None),
        (V.UNAVAILABLE, True, True),
        (V.OTHER_NAME, False, None),
    ],
)
def test_a_paper_stands_for_silence_and_not_against_a_word(
    verdict: Verdict, seen: bool, proved: bool | None
) -> None:
    own = replace(OWN, evidence=(Evidence.TAX_CERTIFICATE,) if seen else ())
    assert record_of(own, {Registry.RTN: verdict}, [HERE], ()).tax_active is proved


def test_nobody_is_known_without_a_registration_and_each_farm_has_its_point() -> None:
    assert record_of(None, {}, [], ()) == Record()
    nowhere = replace(HERE, latitude=None, longitude=None)
    places: tuple[list[Farm], ...] = ([HERE], [HERE, nowhere], [])
    assert [record_of(OWN, {}, one, ()).located for one in places] == [True, False, False]
    no_key = record_of(OWN, {Registry.IHCAFE: V.NOT_TOLD}, [HERE], ())
    assert (no_key.coffee_key, no_key.registered) == (False, None)


@pytest.mark.feature("E10")
def test_complaints_count_a_year_and_orders_stop_while_they_stand() -> None:
    old, kept = measure(MeasureKind.GRAVE_COMPLAINT, 365), MeasureKind.SERIOUS_COMPLAINT
    settled = measure(kept, 364, settled_on=DAY)
    assert count_complaints((old, settled, measure(MeasureKind.FINE)), DAY) == 1
    again = replace(settled, id=UUID(int=99))  # its appeal was granted
    assert count_complaints((settled, again), DAY) == 1
    bar = measure(MeasureKind.BAR)
    assert [one.code for one in find_suspended(Record((bar,)), DAY)] == ["employer-suspended"]
    lifted = replace(bar, settled_on=DAY)
    assert find_suspended(Record((lifted, measure(MeasureKind.FINE))), DAY) == []


@pytest.mark.feature("E2")
def test_what_speaks_against_a_licence_counts_longer_than_what_speaks_for_it() -> None:
    def told(entry: object = ENTRY, *against: Measure, fresh: bool = True) -> object:
        return licences_of(entry, against, DAY, fresh=fresh)  # type: ignore[arg-type]

    year = (date(2026, 1, 1), date(2026, 12, 31))
    assert told() == (Licence(*year),)
    assert told(replace(ENTRY, starts_on=None, ends_on=None)) == (Licence(ALWAYS, FOREVER),)
    assert (told(None), told(None, fresh=False), told(fresh=False)) == ((), None, None)
    stopped = (Licence(*year, ((ALWAYS, FOREVER),)),)
    assert told(replace(ENTRY, state=EntryState.SUSPENDED), fresh=False) == stopped
    fine = measure(MeasureKind.FINE)
    held = (Licence(*year, ((fine.starts_on, FOREVER),)),)
    assert told(ENTRY, fine, fresh=False) == held
    assert told(ENTRY, measure(MeasureKind.SERIOUS_COMPLAINT)) == (Licence(*year),)
    paid = replace(fine, settled_on=DAY)
    until = DAY - timedelta(days=1)
    assert told(ENTRY, paid) == (Licence(*year, ((fine.starts_on, until),)),)
    assert told(ENTRY, paid, fresh=False) is None


@pytest.mark.feature("E2")
def test_an_agent_is_looked_up_while_who_named_it_is_in_force() -> None:
    given, states = [TOP, AGENT, LAST], {AGENT.licence: VALID, LAST.licence: LicenceState.EXPIRED}
    assert agents_under(TOP, given, states, DAY) == (True, False)
    assert agents_under(TOP, [*given, mandate(4), mandate(5, 4)], {}, DAY) == (None, None)
    assert agents_under(TOP, [TOP, replace(AGENT, ended_on=DAY), LAST], states, DAY) == ()


@pytest.mark.feature("E2")
def test_who_recruits_is_looked_at_until_the_work_begins() -> None:
    one = Recruiting(TOP.licence, DAY - timedelta(days=9), DAY + timedelta(days=90), ())
    (facts,) = facts_of_recruiters(Hirer(recruiting=(one,)), DAY + timedelta(days=20), DAY)
    assert (facts.window_starts_on, facts.window_ends_on) == (DAY, DAY + timedelta(days=20))
    (late,) = facts_of_recruiters(Hirer(recruiting=(one,)), DAY - timedelta(days=5), DAY)
    assert (late.window_starts_on, late.window_ends_on) == (DAY, DAY)
    over = replace(one, ends_on=DAY - timedelta(days=1))
    coming = replace(one, starts_on=DAY + timedelta(days=1))
    assert facts_of_recruiters(Hirer(recruiting=(over, coming)), DAY, DAY) == ()


def test_an_exception_is_bound_to_what_weighs() -> None:
    assert Hirer().weighing == ()
    fined = Hirer(Record((measure(MeasureKind.FINE),)))
    again = Hirer(Record((replace(fined.record.measures[0], id=UUID(int=9)),)))
    assert fined.weighing != again.weighing
