"""In a made-up market the checks find every planted violation, and name nobody else."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random
from time import perf_counter
from uuid import UUID

import pytest

from app.adapters.reference import BUNDLED
from app.adapters.wage_shelf import FILE, WageShelf, read_table
from app.services import answer_rates, ratings, wanted_cases
from app.services.effects import run_past_effects
from app.services.minimum_wages import load_wages
from app.services.ports import Ports
from app.services.vacancy_judging import judge_vacancies
from app.services.work import Work
from app.storage.database import Session
from app.storage.judging_runs import find_run
from app.storage.vacancy_judgements import list_last
from permits.findings import Finding, Severity
from permits.people import NOBODY, SYSTEM
from recruitment.ethics.catalogue import OF_A_VACANCY
from recruitment.ethics.rules import RuleFinding, RuleId
from tests.builders import work_of
from tests.farmed import employer_of
from tests.lived import live, offer_farms, offer_work
from tests.market import make_market
from tests.market_lives import LIVES, RULES, TOGETHER, Life, judge_life, make_lives
from tests.market_plants import PLANTS, Found
from tests.market_ratings import FARMS, NAMED, Farm, go_home, make_farms, may_tell
from tests.proofs import FULL, record, times
from tests.recruitment.ethics.table import parameters
from tests.vacancies import read, with_wages

SEED = 2026
MOST_SECONDS = 30
"""For two thousand vacancies (issue 6)."""


@pytest.mark.feature("E4")
def test_every_planted_violation_of_a_vacancy_is_found_and_no_other(
    session: Session, ports: Ports, tmp_path: Path
) -> None:
    farms, count = times(5, 400), times(30, 2000)
    shelf = WageShelf(tmp_path)
    known = replace(ports.reference, minimum_wages=shelf)
    work = work_of(session, SYSTEM, replace(ports, reference=known))
    planted = make_market(work, Random(SEED), farms, count)
    assert _together(plant.found for plant in PLANTS) <= _together(planted.values())
    written = list(planted)
    for at in range(0, count, 200):
        judge_vacancies(work, written[at : at + 200], "publish")
    last = list_last(session, list(planted))
    found = {vacancy: _named(last[vacancy].findings) for vacancy in planted}
    wrong = {vacancy: (planted[vacancy], found[vacancy]) for vacancy in planted}
    assert [pair for pair in wrong.values() if pair[0] != pair[1]] == []
    held = sum(read(session, vacancy).held for vacancy in planted)
    assert held == sum(bool(one) for one in planted.values())
    seconds = _raise_wages(work, shelf, [one for one in planted if not planted[one]])
    assert seconds < MOST_SECONDS
    rules = Counter(rule for one in planted.values() for rule, _ in one if rule)
    assert set(rules) == {rule.value for rule in OF_A_VACANCY}
    told = "a made-up market: every planted violation found, no clean vacancy named"
    record("market", told, count, seconds=round(seconds, 1), planted=sum(rules.values()))


RAISED = Decimal(10500)
"""A month of farm work from October on: 350 a day, where 301.77 was the least before."""


def _raise_wages(work: Work, shelf: WageShelf, clean: Sequence[UUID]) -> float:
    """A decree is loaded: who pays less than it by day or by lata fails from now on, nobody else.

    Eighty kilograms are what three of four pick in a day (R07). The seconds of the load and of all
    that is judged again.
    """
    low: set[UUID] = set()
    enough: set[UUID] = set()
    for vacancy in clean:
        offer = read(work.session, vacancy).offer
        a_day = offer.wage * 80 / offer.unit_kg if offer.unit_kg else offer.wage
        (low if a_day < RAISED / 30 else enough).add(vacancy)
    assert low
    assert enough
    text = (BUNDLED / FILE).read_text("utf-8")
    text += f"agriculture,1-10,{RAISED},2026-10-01,,Acuerdo nuevo,La Gaceta,false,2026-11-23\n"
    began = perf_counter()
    _, run = load_wages(work, shelf, read_table(text), text)
    while run_past_effects(work):
        pass
    seconds = perf_counter() - began
    assert run is not None
    ended = find_run(work.session, run.id)
    assert ended is not None
    assert (ended.judged == ended.total, set(ended.failing)) == (True, low)
    assert {one for one in clean if read(work.session, one).held} == low
    return seconds


def _together(found: Iterable[Found]) -> Found:
    return frozenset(one for some in found for one in some)


def _named(findings: Iterable[Finding]) -> Found:
    """Each finding by its rule, "" for what an authority has ordered."""
    return frozenset(
        (one.rule.value if isinstance(one, RuleFinding) else "", one.code)
        for one in findings
        if one.severity is not Severity.INFO
    )


@pytest.mark.feature("E4")
def test_every_planted_violation_of_a_worker_is_found_and_no_other() -> None:
    """What was told of a life, by the law that the services call."""
    known, count = parameters(), times(100, 60_000)
    lives = [*LIVES, *TOGETHER, *make_lives(Random(SEED), count)]
    wrong = [(life, found) for life in lives if (found := judge_life(life, known)) != life.found]
    assert wrong == []
    assert {rule for rule, _ in _together(one.found for one in LIVES)} == RULES
    assert {rule.value for rule in OF_A_VACANCY} | RULES == {rule.value for rule in RuleId}
    told = "made-up workers: every planted violation found, nobody else named"
    record("market-workers", told, len(lives), planted=sum(bool(one.found) for one in lives))


@pytest.mark.feature("E4", "N4", "W19")
def test_the_services_find_it_in_what_workers_live_through(session: Session, ports: Ports) -> None:
    """They apply, agree, pay, are paid, answer and are noted at a gate; few lives have it all."""
    known, lives = with_wages(ports), [*TOGETHER, *_full_lives()]
    began = perf_counter()
    every = live(session, known, lives, offer_farms(session, known, lives))
    seconds = perf_counter() - began
    wrong = [(one.life, one.found) for one in every if one.found != one.life.found]
    assert wrong == []
    rules = Counter(rule for one in every for rule in {rule for rule, _ in one.found})
    assert set(rules) == RULES
    assert min(rules.values()) >= times(1, 5)
    planted = sum(bool(one.found) for one in every)
    assert planted * 2 < len(lives) or not FULL
    told = "made-up workers who lived it through the services: all found, nobody else named"
    figures = {"planted": planted, "fewest_of_a_rule": min(rules.values())}
    record("market-lives", told, len(lives), seconds=round(seconds), **figures)


def _full_lives() -> list[Life]:
    """Each fault by itself five times, and three thousand from the market of workers."""
    return [*LIVES * 5, *make_lives(Random(SEED), 3_000)] if FULL else []


@pytest.mark.feature("N4", "N5")
def test_farms_are_named_by_their_workers_together_and_rated_from_five_on(
    session: Session, ports: Ports
) -> None:
    """Three tell of the same sign, five say nothing, and a farm like the others is not named.

    Of the three nothing is told to the public, and of five what may be; in full of farms of every
    size and mood.
    """
    known, more = with_wages(ports), [*FARMS, *make_farms(Random(SEED), 40)] if FULL else []
    farms = [*NAMED, *more]
    offered = [offer_work(session, known, Life()) for _ in farms]
    voices = [voice for farm in farms for voice in farm.voices]
    where = [place for place, farm in zip(offered, farms, strict=True) for _ in farm.voices]
    every = live(session, known, [voice.life for voice in voices], where)
    employers = [employer_of(every[0].story, place) for place in offered]
    later = every[0].story.later(days=10)
    desk = later.work(later.supervisor)
    alarms = [one for one in wanted_cases.list_waiting(desk) if one.worker is None]
    named = {(one.employer, _named(one.findings)) for one in alarms}
    several = frozenset({("R37", "sign-of-several")})
    assert named == {(one, several) for one, farm in _by(employers, farms) if farm.of_several}
    silent = {one for one, farm in _by(employers, farms) if farm.is_silent}
    assert answer_rates.find_silence(desk).employers & set(employers) == silent
    if not FULL:  # of the silent farm nothing could be told in any case
        voices = [voice for voice in voices if voice.survey]
        every = [one for one in every if not one.life.silent]
    go_home(every, voices)
    anyone = every[0].story.work(NOBODY)
    told = [ratings.read_rating(anyone, one).lines for one in employers]
    assert told == [farm.told for farm in farms]
    what = "farms with stays on both sides of five: told of each what may be told, and no more"
    rated = {"stays": len(voices), "rated": sum(bool(lines) for lines in told)}
    record("market-ratings", what, len(farms), **rated)


def _by(employers: Sequence[UUID], farms: Sequence[Farm]) -> Iterator[tuple[UUID, Farm]]:
    return zip(employers, farms, strict=True)


def test_what_may_be_told_of_a_farm_is_worked_out_twice() -> None:
    assert [may_tell(farm.voices) for farm in FARMS] == [farm.told for farm in FARMS]
