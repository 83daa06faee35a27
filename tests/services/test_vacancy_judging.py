"""What is found in vacancies: kept when it is new, holding what is published and bad."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from app.services import employer_bars, judging_runs, vacancies
from app.services.case import load_case
from app.services.effects import run_past_effects
from app.services.ports import Ports
from app.services.vacancy_judging import judge_vacancies, look
from app.storage import vacancy_terms
from app.storage.database import Session
from app.storage.vacancies import ListedVacancy
from app.storage.vacancy_judgements import list_judgements
from permits.approvals import Opinion
from permits.audit import Act
from permits.people import SYSTEM, Role
from permits.quotas import Scope
from permits.wages import WageUnit
from tests.builders import NOW, Story, add_official, work_of
from tests.quotas import rule, with_quotas
from tests.vacancies import LATA, acts, add_fair, read, tell_terms, with_wages

Judged = Callable[..., list[str]]


@pytest.fixture
def judged(session: Session, ports: Ports) -> Judged:
    """What is found in a fair vacancy with these terms changed: rule, severity, code."""
    ports = with_wages(ports)
    fair = read(session, add_fair(session, ports))

    def judge(**terms: object) -> list[str]:
        barred = bool(terms.pop("barred", False))
        offer = replace(fair.offer, **terms)  # type: ignore[arg-type]
        return told(session, ports, replace(fair, offer=offer, barred=barred))

    return judge


def told(session: Session, ports: Ports, vacancy: ListedVacancy) -> list[str]:
    found = look(work_of(session, SYSTEM, ports), vacancy).findings
    return [f"{getattr(one, 'rule', '–')} {one.severity} {one.code}" for one in found]


@pytest.mark.feature("E4")
def test_a_fair_vacancy_has_no_findings_and_each_fault_has_its_own(judged: Judged) -> None:
    assert judged() == []
    assert judged(barred=True) == ["– block employer-barred"]
    assert judged(wage=Decimal("301.76")) == ["R06 block below-minimum"]
    assert judged(**LATA, wage=Decimal(40)) == ["R07 block piece-below-minimum"]
    assert judged(**LATA, wage=Decimal(40), tops_up=True) == ["R07 warn topped-up"]
    assert judged(ends_on=date(2027, 3, 15)) == [
        "R26 block stay-needs-permit",
        "R08 warn few-days",
    ]
    assert judged(days_per_week=6) == ["R09 warn over-ordinary"]
    assert judged(hours_per_day=Decimal("12.5"))[0] == "R09 block day-too-long"
    assert judged(wage=Decimal(2000)) == ["R29 warn wage-too-good"]
    assert judged(starts_on=date(2026, 9, 1), ends_on=date(2026, 10, 15)) == [
        "– block nationals-first-short",  # it was offered at home when the work had begun
        "R27 warn outside-season",
    ]
    assert judged(currency="USD")[0] == "R06 block unknown"


@pytest.mark.feature("E4")
def test_what_nobody_told_never_passes(session: Session, ports: Ports) -> None:
    ports = with_wages(ports)
    vacancy = add_fair(session, ports)
    empty = dict.fromkeys(("fees_charged", "requirements", "contacts", "way_back", "shift"))
    tell_terms(work_of(session, SYSTEM, ports), vacancy, **empty, headcount=None, tasks_en="")
    assert told(session, ports, read(session, vacancy)) == [
        "R01 block unknown",
        "R09 block unknown",
        "R19 block terms-missing",
        "R28 block unknown",
        "R22 warn unknown",
        "R23 warn unknown",
        "R29 warn unknown",
    ]


@pytest.mark.feature("E4")
def test_places_that_are_held_are_not_wanted_once_more(session: Session) -> None:
    ports = with_wages(with_quotas(rule(Scope.SEASON, 20)))
    story = Story(session, ports).start().submit()
    story.decide(story.setrass, Opinion.APPROVE)
    offer = load_case(story.work(story.setrass), story.id).offer
    assert offer is not None
    own = UUID(offer.vacancy)
    quota = "R27 block over-quota"
    # One of twenty places is held: nineteen are wanted, and nineteen are left.
    assert quota not in told(session, ports, read(session, own))
    other = Story(session, ports).start().submit()
    other.decide(other.setrass, Opinion.APPROVE)
    assert quota in told(session, ports, read(session, own))


@pytest.mark.feature("E4")
def test_what_is_found_is_kept_once_and_holds_what_is_published(
    session: Session, ports: Ports
) -> None:
    ports = with_wages(ports)
    fair = add_fair(session, ports)
    unfair = add_fair(session, ports, {"wage": Decimal(300), "unit": WageUnit.DAY})
    work = work_of(session, SYSTEM, ports)
    fallen = judge_vacancies(work, [fair, unfair], "day")
    assert [one.vacancy.id for one in fallen] == [unfair]
    assert judge_vacancies(work, [fair, unfair], "day") == []  # nothing new: nothing written
    [kept] = list_judgements(session, unfair)
    assert [one.code for one in kept.findings] == ["below-minimum"]
    assert (kept.cause, kept.judged_on) == ("day", NOW.date())
    assert [len(kept.facts), len(kept.parameters)] == [32, 32]
    assert acts(session, unfair)[-2:] == [Act.VACANCY_JUDGED, Act.VACANCY_HELD]
    assert acts(session, fair)[-1] is Act.VACANCY_JUDGED
    listed = {one.id: one.held for one in vacancies.list_vacancies(work, "coffee-hn-gt")}
    assert (fair in listed, unfair in listed) == (True, False)
    tell_terms(work, unfair)
    event = work.event(Act.VACANCY_CHANGED, unfair, {"version": 2})
    better = replace(read(session, unfair).offer, wage=Decimal(302))
    vacancy_terms.change_offer(session, unfair, better, 20, event=event)
    assert judge_vacancies(work, [unfair], "change") == []
    assert read(session, unfair).held is False
    first, second = list_judgements(session, unfair)[::-1]
    assert (first.facts == second.facts, second.findings) == (False, ())
    assert acts(session, unfair)[-1] is Act.VACANCY_LET_GO


@pytest.mark.feature("E4")
def test_a_bar_judges_the_vacancies_of_its_employer_again(session: Session, ports: Ports) -> None:
    ports = with_wages(ports)
    vacancy = add_fair(session, ports)
    supervisor = add_official(session, ports, Role.SETRASS_SUPERVISOR)
    chief = work_of(session, supervisor, ports)
    employer = UUID(read(session, vacancy).offer.employer)
    old = add_fair(session, ports)  # opened before there were checks: nobody judges it unasked
    assert judge_vacancies(chief, [vacancy], "publish") == []
    employer_bars.bar_employer(chief, employer, employer_bars.BarReason.FEE_CHARGED)
    run_past_effects(chief.as_system())
    assert read(session, vacancy).held is True
    [report] = [one for one in judging_runs.list_reports(chief) if one.run.employer == employer]
    assert (report.run.total, report.run.judged) == (1, 1)
    assert [one.id for one in report.failing] == [vacancy]
    judging_runs.start_run(chief, "day")
    run_past_effects(chief.as_system())
    assert list_judgements(session, old) == []
    employer_bars.lift_bar(chief, employer)
    run_past_effects(chief.as_system())
    assert read(session, vacancy).held is False
