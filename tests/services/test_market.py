"""In a made-up market the checks find every planted violation, and name nobody else."""

from collections import Counter
from random import Random
from time import perf_counter

import pytest

from app.services import judging_runs
from app.services.effects import run_past_effects
from app.services.ports import Ports
from app.services.vacancy_judging import judge_vacancies
from app.storage.database import Session
from app.storage.vacancy_judgements import list_last
from permits.people import SYSTEM
from recruitment.ethics.catalogue import CATALOGUE, OF_A_VACANCY, evaluate
from recruitment.ethics.facts import WorkerFacts
from recruitment.ethics.rules import RuleFinding
from tests.builders import work_of
from tests.market import make_market, make_workers
from tests.market_plants import PLANTS
from tests.proofs import record, times
from tests.recruitment.ethics.table import ON, parameters
from tests.vacancies import read, with_wages

SEED = 2026
MOST_SECONDS = 30
"""For two thousand vacancies (issue 6)."""


@pytest.mark.feature("E4")
def test_every_planted_violation_of_a_vacancy_is_found_and_no_other(
    session: Session, ports: Ports
) -> None:
    farms, count = times(12, 400), times(60, 2000)
    work = work_of(session, SYSTEM, with_wages(ports))
    planted = make_market(work, Random(SEED), farms, count)
    assert {plant.found for plant in PLANTS} <= set(planted.values())
    written = list(planted)
    for at in range(0, count, 200):
        judge_vacancies(work, written[at : at + 200], "publish")
    judging_runs.start_run(work, "wages")
    began = perf_counter()
    while run_past_effects(work):
        pass
    seconds = perf_counter() - began
    last = list_last(session, list(planted))
    found = {
        vacancy: frozenset(
            (one.rule.value, one.code)
            for one in last[vacancy].findings
            if isinstance(one, RuleFinding)
        )
        for vacancy in planted
    }
    wrong = {vacancy: (planted[vacancy], found[vacancy]) for vacancy in planted}
    assert [pair for pair in wrong.values() if pair[0] != pair[1]] == []
    held = sum(read(session, vacancy).held for vacancy in planted)
    assert held == sum(bool(one) for one in planted.values())
    assert seconds < MOST_SECONDS
    rules = Counter(rule for one in planted.values() for rule, _ in one)
    assert set(rules) | {"R27", "R40"} == {rule.value for rule in OF_A_VACANCY}
    told = "a made-up market: every planted violation found, no clean vacancy named"
    record("market", told, count, seconds=round(seconds, 1), planted=sum(rules.values()))


@pytest.mark.feature("E4")
def test_every_planted_violation_of_a_worker_is_found_and_no_other() -> None:
    count = times(300, 60_000)
    known = parameters()
    for facts, planted in make_workers(Random(SEED), count):
        found = evaluate([facts], known, ON)
        assert {(one.rule.value, one.code) for one in found} == planted, facts
    assert {rule.id.value for rule in CATALOGUE.values() if rule.of is WorkerFacts} == {
        "R04",
        "R05",
        "R32",
    }
