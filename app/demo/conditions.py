"""The conditions of the demonstration's vacancies, what is found in them, and what is set aside.

All of the findings are honest: a farm of pickers from abroad has a waiver of Art. 11, a class of
size without its decree an exception, and one draft of the demonstration's employer pays too little.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from app.demo.market import COFFEE, FARM, Market
from app.demo.officials import official
from app.demo.stage import Stage
from app.services import attestations, vacancy_judging, vacancy_overrides
from app.services.attestations import Word
from app.services.vacancy_judging import Looked
from app.services.work import Work
from app.storage import share_waivers, vacancies, vacancy_judgements, vacancy_terms
from app.storage.vacancies import ListedVacancy
from permits.audit import Act
from permits.deadlines import legal_day
from permits.offers import Offer
from permits.people import Actor, PersonId
from permits.programmes import Hiring
from permits.wages import WageUnit
from recruitment.ethics.facts import Waiver
from recruitment.ethics.overrides import Plea
from recruitment.ethics.rules import RuleFinding
from recruitment.ethics.words import Contact, ReturnTransport, Shift
from recruitment.labour_market import Step, StepKind
from recruitment.terms import Grievance, Insurance, PayDay, RestDay, Terms, working_days

POINTS = 10
"""All that Art. 11 lets the executive move."""

STAFF = 6
"""So many work on a farm of the demonstration for each who comes from abroad, this one too."""

DRAFT = UUID(int=(0xDE30 << 112) + (0xFB << 8) + 1)
REASON = "Demostración: la finca mostró su planilla y la visita no halló faltas."
MISSIONS = {"twap-canada": "canada", "twap-spain": "espana"}
ATTESTING = "Demostración: el empleador está registrado y cumple sus contratos."
NOTE = "Nota de demostración de la misión."
NOTICE = "Aviso de demostración del servicio de empleo."
DAYS_AT_HOME = 20
ATTESTED = {"CAD": Decimal("120.00"), "EUR": Decimal("60.00")}
"""What a mission of the demonstration says of a day; not the real minimum of any country."""


def seed_conditions(stage: Stage, market: Market, officer: Actor, supervisor: Actor) -> None:
    """Tell the conditions of every vacancy, and judge those that are not over."""
    listed = [vacancy for one in market.vacancies.values() for vacancy in one]
    work, chief = stage.work(stage.now, officer), stage.work(stage.now, supervisor)
    today = legal_day(stage.now)
    for vacancy in listed:
        event = work.event(Act.VACANCY_CHANGED, vacancy.id, {"version": vacancy.version})
        vacancy_terms.save_terms(stage.session, vacancy.id, _terms(vacancy), event=event)
    standing = [vacancy for vacancy in listed if vacancy.offer.ends_on >= today]
    for vacancy in standing:
        _record_step(work, vacancy)
    _waive(chief, standing)
    for vacancy in standing:
        if vacancy.programme != COFFEE:
            _say_yes(stage, vacancy)
    for looked in vacancy_judging.look_many(work, standing):
        _set_aside(chief, looked)
    vacancy_judging.judge_vacancies(work, [one.id for one in standing], "day")
    _write_poor_draft(stage, standing)


def _terms(vacancy: ListedVacancy) -> Terms:
    offer, abroad = vacancy.offer, vacancy.programme != COFFEE
    return Terms(
        tasks_es=f"{offer.title}, con herramienta y equipo que da el empleador.",
        tasks_en="Work of the harvest, with tools and equipment that the employer gives.",
        pay_day=PayDay.FORTNIGHTLY if abroad else PayDay.WEEKLY,
        rest_day=RestDay.SUNDAY,
        shift=Shift.DAY,
        arrival=ReturnTransport.TO_HOME if abroad else ReturnTransport.TO_BORDER,
        way_back=ReturnTransport.TO_HOME if abroad else ReturnTransport.TO_BORDER,
        insurance=Insurance.PUBLIC_ABROAD if abroad else Insurance.PRIVATE,
        notice_days=7,
        grievance=Grievance.CONSULATE if abroad else Grievance.EMPLOYER,
        guaranteed_days=working_days(offer),
        fees_charged=False,
        worker_pays=Decimal(0),
        overtime_premium_percent=25,
        requirements=frozenset(),
        contacts=frozenset({Contact.OFFICE, Contact.COMPANY_PHONE}),
        special_stay=False,
        foreigners=vacancy.places,
        headcount=vacancy.places * STAFF,
        foreign_payroll=Decimal(vacancy.places * 10_000),
        payroll=Decimal(vacancy.places * STAFF * 10_000),
    )


def _record_step(work: Work, vacancy: ListedVacancy) -> None:
    """At home, that it was offered to people of the country; abroad, the minimum of a day there."""
    if vacancy.programme == COFFEE:
        step = _offered_at_home(legal_day(work.now), vacancy)
    else:
        day, per_day = legal_day(work.now) - timedelta(days=40), ATTESTED[vacancy.offer.currency]
        step = Step(StepKind.ATTESTED_MINIMUM, day, day, NOTE, per_day=per_day)
    event = work.event(Act.VACANCY_STEP_RECORDED, vacancy.id, {"kind": step.kind.value})
    vacancy_judgements.add_step(
        work.session, work.new_id(), vacancy.id, step, work.actor.person, work.now, event=event
    )


def _offered_at_home(today: date, vacancy: ListedVacancy) -> Step:
    last = min(today, vacancy.offer.starts_on) - timedelta(days=1)
    first = last - timedelta(days=DAYS_AT_HOME - 1)
    return Step(StepKind.NATIONALS_FIRST, first, last, NOTICE, came_forward=2)


def _say_yes(stage: Stage, vacancy: ListedVacancy) -> None:
    """The mission of the country of work attests it, as the programme asks."""
    mission = official(MISSIONS[vacancy.programme])
    work = stage.work(stage.now, mission)
    seen = attestations.read_vacancy(work, vacancy.id).looked.told.hex()
    word = Word(work.new_id(), agrees=True, grounds=ATTESTING, seen=seen)
    attestations.attest(work, vacancy.id, word)


def _waive(work: Work, standing: Sequence[ListedVacancy]) -> None:
    """A waiver of Art. 11 for every farm at home, over its last vacancy."""
    last = max(one.offer.ends_on for one in standing)
    farms = dict.fromkeys(one.offer.employer for one in standing if one.programme == COFFEE)
    for farm in farms:
        event = work.event(
            Act.WAIVER_RECORDED, UUID(farm), {"points": POINTS, "until": last.isoformat()}
        )
        share_waivers.add_waiver(
            work.session,
            work.new_id(),
            UUID(farm),
            Waiver(POINTS, last),
            "Acuerdo de demostración 1-2026",
            work.actor.person,
            work.now,
            event=event,
        )


def _set_aside(work: Work, looked: Looked) -> None:
    """Every warning that stands, by a supervisor, as its employer asked for."""
    vacancy = looked.vacancy
    holding = [one for one in looked.holding if isinstance(one, RuleFinding)]
    if not holding:
        return
    owner = PersonId(UUID(vacancy.offer.employer))
    event = work.event(Act.VACANCY_REVIEW_ASKED, vacancy.id)
    vacancy_terms.ask_officials(work.session, vacancy.id, owner, work.now, event=event)
    plea = Plea(REASON, min(vacancy.offer.ends_on, legal_day(work.now) + timedelta(days=170)))
    for finding in holding:
        vacancy_overrides.set_aside(work, vacancy.id, finding.rule, finding.code, plea)


def _write_poor_draft(stage: Stage, standing: Sequence[ListedVacancy]) -> None:
    """A draft of the demonstration's employer whose piece rate does not reach the minimum."""
    own = next(one for one in standing if one.offer.employer == str(FARM))
    offer: Offer = replace(
        own.offer,
        vacancy=str(DRAFT),
        hiring=Hiring.OPEN,
        title="Corte de café por lata",
        wage=Decimal("45.00"),
        unit=WageUnit.LATA,
        unit_kg=Decimal("15.9"),
        tops_up=False,
    )
    draft = ListedVacancy(DRAFT, COFFEE, "draft", 8, offer, None, None)
    work = stage.work(stage.now)
    event = work.event(Act.VACANCY_ADDED, DRAFT, {"programme": COFFEE})
    vacancies.add_vacancy(stage.session, draft, stage.now, event=event)
    changed = work.event(Act.VACANCY_CHANGED, DRAFT, {"version": 1})
    vacancy_terms.save_terms(stage.session, DRAFT, _terms(draft), event=changed)
    _record_step(work, draft)
    vacancy_judging.judge_vacancies(work, [DRAFT], "change")
