"""In a made-up market the checks find every planted violation, and name nobody else."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random
from time import perf_counter
from uuid import UUID

import pytest

from app.adapters.reference import BUNDLED
from app.adapters.wage_shelf import FILE, WageShelf, read_table
from app.services import answer_rates, wanted_cases
from app.services.effects import run_past_effects
from app.services.minimum_wages import load_wages
from app.services.ports import Ports
from app.services.vacancy_judging import judge_vacancies
from app.services.work import Work
from app.storage.database import Session
from app.storage.judging_runs import find_run
from app.storage.vacancy_judgements import list_last
from permits.findings import Finding, Severity
from permits.people import SYSTEM
from recruitment.ethics.catalogue import OF_A_VACANCY
from recruitment.ethics.rules import RuleFinding, RuleId
from tests.builders import work_of
from tests.farmed import employer_of
from tests.lived import live, offer_work
from tests.market import make_market
from tests.market_lives import LIVES, RULES, TOGETHER, Life, judge_life, make_lives
from tests.market_plants import PLANTS, Found
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
    lives = [*TOGETHER, *_full_lives()]
    every = live(session, with_wages(ports), lives)
    wrong = [(one.life, one.found) for one in every if one.found != one.life.found]
    assert wrong == []
    assert {rule for one in every for rule, _ in one.found} == RULES
    told = "made-up workers who lived it through the services: all found, nobody else named"
    record("market-lives", told, len(lives), planted=sum(bool(one.found) for one in every))


def _full_lives() -> list[Life]:
    """Each fault by itself, and as many again from the market of workers."""
    return [*LIVES, *make_lives(Random(SEED), 200)] if FULL else []


@pytest.mark.feature("N4")
def test_farms_are_named_by_their_workers_together(session: Session, ports: Ports) -> None:
    """Three tell of the same sign, five say nothing, and a farm like the others is not named."""
    tired, silent, fair = Life(said={"rest": "no"}), Life(silent=True), Life()
    known = with_wages(ports)
    farms = [offer_work(session, known, fair) for _ in range(3)]
    lives, where = [tired] * 3 + [silent] * 5 + [fair] * 5, [farms[0]] * 3
    every = live(session, known, lives, [*where, *[farms[1]] * 5, *[farms[2]] * 5])
    employers = [employer_of(every[0].story, farm) for farm in farms]
    later = every[0].story.later(days=10)
    later.supervise()
    desk = later.work(later.supervisor)
    alarms = [one for one in wanted_cases.list_waiting(desk) if one.worker is None]
    named = {(one.employer, _named(one.findings)) for one in alarms}
    assert named == {(employers[0], frozenset({("R37", "sign-of-several")}))}
    assert answer_rates.find_silence(desk).employers & set(employers) == {employers[1]}
