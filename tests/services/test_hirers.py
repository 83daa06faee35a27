"""Vacancies stop when something turns against who hires or recruits, and go on when it is over."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from app.services import (
    contracts,
    employer_profiles,
    hirers,
    recruiters,
    standings,
    vacancies,
    vacancy_overrides,
)
from app.services.effects import run_past_effects
from app.services.ports import Ports
from app.services.vacancy_judging import judge_vacancies, look
from app.services.vacancy_writing import ask_officials
from app.services.work import Work
from app.storage import recruited, registrations
from app.storage.database import Session
from app.storage.measures import Against
from app.storage.recruited import Told
from permits.deadlines import legal_day
from permits.errors import Invalid
from permits.people import SYSTEM, Role
from recruitment.contracts import Reported
from recruitment.ethics.overrides import Plea
from recruitment.ethics.rules import RuleId
from recruitment.recruiters import LicenceState
from recruitment.registries import Registry
from recruitment.standings import Measure, MeasureKind
from tests.builders import NOW, Story, add_official, work_of
from tests.hirers import LICENCE, licence, list_licences, name_recruiter
from tests.registered import HEADER, RECRUITERS, bring
from tests.vacancies import add_fair, owner_of, read, with_wages

GOOD = HEADER + "HNGOOD,Agencia Buena,active,2026-01-01,2028-12-31,\n"
WARNING = MeasureKind.SERIOUS_COMPLAINT


def follow(work: Work) -> None:
    while run_past_effects(work):
        pass


def findings(work: Work, vacancy: UUID) -> list[str]:
    found = look(work, read(work.session, vacancy)).holding
    return [f"{getattr(one, 'rule', '–')} {one.code}" for one in found]


@pytest.mark.feature("E2")
@pytest.mark.feature("E4")
@pytest.mark.feature("E10")
def test_a_vacancy_stands_and_falls_with_who_hires_and_recruits(
    session: Session, ports: Ports
) -> None:
    work = work_of(session, SYSTEM, with_wages(ports))
    chief = work_of(session, add_official(session, ports, Role.SETRASS_SUPERVISOR), work.ports)
    vacancy = add_fair(session, work.ports)
    employer = UUID(read(session, vacancy).offer.employer)
    list_licences(work, licence("HNGOOD"))
    judge_vacancies(work, [vacancy], "change")
    assert findings(work, vacancy) == []
    name_recruiter(work, employer)
    assert findings(work, vacancy) == []

    # The recruiter is suspended by an authority: nobody new may choose its vacancies.
    stop = Measure(work.new_id(), MeasureKind.SUSPENSION, "DGE-1", legal_day(NOW))
    against = Against(licence=LICENCE)
    standings.record_measure(chief, against, stop)
    follow(work)
    assert read(session, vacancy).held
    assert findings(work, vacancy) == ["R02 not-licensed"]
    assert vacancies.list_vacancies(work, "coffee-hn-gt") == []
    later = work_of(session, chief.actor, work.ports, NOW + timedelta(days=1))
    standings.settle_measure(later, against, stop.id)
    follow(later)
    assert not read(session, vacancy).held

    # Its register says something else.
    today = legal_day(later.now)
    bring(session, work.ports, chief.actor, Registry.HN_RECRUITERS, GOOD, today, later.now)
    bring(session, work.ports, chief.actor, Registry.GT_RECRUITERS, RECRUITERS, now=later.now)
    follow(later)
    assert findings(later, vacancy) == []
    assert not read(session, vacancy).held
    gone = GOOD.replace("HNGOOD", "HNOTHER")
    bring(session, work.ports, chief.actor, Registry.HN_RECRUITERS, gone, today, later.now)
    follow(later)
    assert read(session, vacancy).held
    assert findings(later, vacancy) == ["R02 no-licence"]
    aged = work_of(session, SYSTEM, work.ports, NOW + timedelta(days=40))
    assert findings(aged, vacancy) == ["R02 unknown"]


@pytest.mark.feature("E10")
def test_an_exception_ends_with_another_measure_and_an_order_has_none(
    session: Session, ports: Ports
) -> None:
    work = work_of(session, SYSTEM, with_wages(ports))
    chief = work_of(session, add_official(session, ports, Role.SETRASS_SUPERVISOR), work.ports)
    vacancy = add_fair(session, work.ports)
    owner = work_of(session, owner_of(session, vacancy), work.ports)
    against = Against(UUID(read(session, vacancy).offer.employer))
    judge_vacancies(work, [vacancy], "change")

    def record(kind: MeasureKind) -> None:
        found = Measure(work.new_id(), kind, "DGIT-1", legal_day(NOW))
        standings.record_measure(chief, against, found)
        follow(work)

    record(WARNING)
    assert findings(work, vacancy) == ["R24 serious-complaint"]
    ask_officials(owner, vacancy)
    plea = Plea("La finca reparó el daño y la visita lo comprobó.", legal_day(NOW))
    vacancy_overrides.set_aside(chief, vacancy, RuleId.R24, WARNING.value, plea)
    assert not read(session, vacancy).held
    record(WARNING)
    assert read(session, vacancy).held  # another complaint: it is looked at anew
    record(MeasureKind.BAR)
    assert findings(work, vacancy)[0] == "– employer-suspended"


@pytest.mark.feature("E1")
def test_an_employer_whom_registries_drop_offers_nothing(session: Session, ports: Ports) -> None:
    work = work_of(session, SYSTEM, with_wages(ports))
    chief = add_official(session, ports, Role.SETRASS_SUPERVISOR)
    vacancy = add_fair(session, work.ports)
    judge_vacancies(work, [vacancy], "change")
    employer = UUID(read(session, vacancy).offer.employer)
    [known] = hirers.look_up(work, [employer]).values()
    assert known.record.registered
    [own] = registrations.list_by_employers(session, [employer]).values()
    own_number = own.told.tax_number
    bring(session, work.ports, chief, Registry.RTN, HEADER + f"{own_number},Finca,suspended,,,\n")
    follow(work)
    assert read(session, vacancy).held
    assert findings(work, vacancy) == ["R25 tax-inactive"]


@pytest.mark.feature("E2")
def test_workers_of_a_recruiter_who_tell_another_story_are_counted(story: Story) -> None:
    story.start().hand_in()
    seen = contracts.read_own_contract(story.work(story.worker), story.id)
    system = story.work(SYSTEM)
    name_recruiter(system, UUID(seen.offer.employer))
    assert recruited.count_told(story.session, [LICENCE]) == {}
    digest = seen.newest.digest
    contracts.accept_own(story.work(story.worker), story.id, digest, heard=True)
    assert recruited.count_told(story.session, [LICENCE]) == {LICENCE: Told(1, 0)}
    fields = frozenset({Reported.WAGE})
    contracts.report_own(story.work(story.worker), story.id, fields)
    assert recruited.count_told(story.session, [LICENCE]) == {LICENCE: Told(1, 1)}
    other = replace(LICENCE, registry=Registry.GT_RECRUITERS)
    [known] = hirers.look_up(system, [UUID(seen.offer.employer)]).values()
    assert [(one.answers, one.different) for one in known.recruiting] == [(1, 1)]
    assert other not in recruited.count_told(story.session, [other])


@pytest.mark.feature("E4", "E10")
def test_whom_a_measure_stops_gets_no_mandate_and_is_in_force_nowhere(
    session: Session, ports: Ports
) -> None:
    work = work_of(session, SYSTEM, with_wages(ports))
    chief = work_of(session, add_official(session, ports, Role.SETRASS_SUPERVISOR), work.ports)
    vacancy = add_fair(session, work.ports)
    employer = UUID(read(session, vacancy).offer.employer)
    owner = work_of(session, owner_of(session, vacancy), work.ports)
    list_licences(work, licence("HNGOOD"), licence("HNSUB"))
    bring(session, work.ports, chief.actor, Registry.GT_RECRUITERS, RECRUITERS)
    today, last = legal_day(NOW), legal_day(NOW) + timedelta(days=90)
    above = recruiters.give_mandate(owner, "", "HNGOOD", today, last)
    recruiters.give_mandate(owner, "", "HNSUB", today, last, above.id)

    def in_force() -> list[str]:
        named = employer_profiles.read_profile(work, employer).recruiters
        return [one.key.number for one in named]

    assert (in_force(), findings(work, vacancy)) == (["HNGOOD", "HNSUB"], [])
    agent = Against(licence=replace(LICENCE, number="HNSUB"))
    stop = Measure(work.new_id(), MeasureKind.SUSPENSION, "DGE-2", today)
    standings.record_measure(chief, agent, stop)
    assert in_force() == ["HNGOOD"]
    assert [one.split()[0] for one in findings(work, vacancy)] == ["R03"]
    standings.settle_measure(chief, agent, stop.id)

    stop = Measure(work.new_id(), MeasureKind.SUSPENSION, "DGE-3", today)
    standings.record_measure(chief, Against(licence=LICENCE), stop)
    assert in_force() == []  # nor is who stands under them
    assert {one.state for one in recruiters.list_of_employer(work, employer)} == {
        LicenceState.SUSPENDED,
        LicenceState.VALID,
    }
    with pytest.raises(Invalid) as refused:
        recruiters.give_mandate(
            owner, "", "HNGOOD", last + timedelta(days=1), last + timedelta(days=9)
        )
    assert [one.code for one in refused.value.faults] == ["licence-suspended"]
