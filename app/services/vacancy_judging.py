"""Judging vacancies: the facts of many looked up together, what is found kept, the bad held."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from app.services import hirers, quotas
from app.services.counted_values import digest_of
from app.services.vacancy_weighing import weigh
from app.services.work import Work
from app.storage import (
    attestations,
    child_care,
    clause_tags,
    families,
    housing_inspections,
    share_waivers,
    vacancy_counts,
    vacancy_terms,
)
from app.storage import vacancy_judgements as kept
from app.storage.hindrances import block_vacancies
from app.storage.vacancies import ListedVacancy
from app.storage.vacancy_judgements import Judgement, is_same
from permits.audit import Act, AuditEvent
from permits.companions import born_after
from permits.deadlines import legal_day
from permits.employer_bars import Hindrance, find_hindrance
from permits.findings import Finding
from permits.wages import WageUnit, pay_per_ordinary_day
from recruitment.attestations import Attestation, is_asked
from recruitment.child_care import Arrangement, count_places
from recruitment.clause_tags import Reading, newest_of, text_of
from recruitment.day_wages import find_median
from recruitment.ethics.facts import Waiver
from recruitment.ethics.overrides import Override
from recruitment.ethics.parameters import Parameters
from recruitment.ethics.rules import RuleFinding
from recruitment.ethics.written import digest
from recruitment.hirers import Hirer
from recruitment.housing import Nights, most_at_once
from recruitment.labour_market import Step, attested_minimum
from recruitment.terms import Counted, Terms
from recruitment.vacancies import VacancyStatus
from recruitment.vacancy_checks import Attested, find_holding, is_blocked, judge

PAST_WAGES = timedelta(days=365)
"""Vacancies that ended longer ago say nothing about what is paid today (R29)."""


@dataclass(frozen=True)
class Looked:
    """A vacancy with everything that is told of it, and what is found in it today.

    `holding` is what keeps it from being offered, `overrides` those of what is told now. `facts`,
    `parameters` and `told` are digests: the last of what the employer tells, and of what weighs
    against it and whom it has named to recruit.
    """

    vacancy: ListedVacancy
    terms: Terms
    steps: Sequence[Step]
    overrides: Sequence[Override]
    findings: tuple[Finding, ...]
    holding: tuple[Finding, ...]
    facts: bytes
    parameters: bytes
    told: bytes


@dataclass(frozen=True)
class _Told:
    """What stands beside a vacancy in the database, and what is counted for it."""

    terms: Terms
    steps: Sequence[Step]
    overrides: Sequence[tuple[bytes, Override]]
    waivers: Sequence[Waiver]
    wanted: int
    quota_left: int | None
    hirer: Hirer
    attested: Sequence[Attestation]
    housed: int
    minors: int
    care: Sequence[Arrangement]
    readings: Sequence[Reading]


@dataclass
class _Values:
    """What counts today for the vacancies of one programme; looked up once."""

    parameters: Parameters
    digest: bytes
    days: dict[str, list[Decimal]] = field(default_factory=dict)


def look(work: Work, vacancy: ListedVacancy) -> Looked:
    """What is found in a vacancy today; nothing is kept."""
    return look_many(work, [vacancy])[0]


def look_many(work: Work, found: Sequence[ListedVacancy]) -> list[Looked]:
    """The same for many, in their order, with few questions to the database."""
    session, today, ids = work.session, legal_day(work.now), [one.id for one in found]
    terms = vacancy_terms.list_terms(session, ids)
    steps, overrides = kept.list_steps(session, ids), kept.list_overrides(session, ids)
    holders = vacancy_counts.count_holders(session, ids)
    employers = {employer_in(one) for one in found}
    waivers = share_waivers.list_waivers(session, employers, today)
    known = hirers.look_up(work, employers)
    attested = attestations.list_attestations(session, ids)
    readings = _readings(work, found)
    beside = housing_inspections.list_beside(session, ids)
    minors = families.count_minors(session, ids, born_after(today))
    care = child_care.list_of_employers(session, employers, today)
    values = {code: _values(work, code) for code in {one.programme for one in found}}
    programmes = {code: one.parameters.programme.on(today) for code, one in values.items()}
    left = quotas.count_left(work, [(programmes[one.programme], one.offer) for one in found])
    return [
        _look(
            work,
            one,
            _Told(
                terms.get(one.id, Terms()),
                steps.get(one.id, ()),
                overrides.get(one.id, ()),
                waivers.get(employer_in(one), ()),
                max(one.places - holders.get(one.id, 0), 0),
                quota_left,
                known[employer_in(one)],
                attested.get(one.id, ()),
                most_at_once(_nights(one), beside.get(one.id, ()), today),
                minors.get(one.id, 0),
                care.get(employer_in(one), ()),
                readings.get(one.id, ()),
            ),
            values[one.programme],
        )
        for one, quota_left in zip(found, left, strict=True)
    ]


def find_reading(work: Work, vacancy: ListedVacancy, terms: Terms) -> Reading | None:
    """What a mission's reader marked in the text of a vacancy's contract as it is now."""
    every = _readings(work, [vacancy]).get(vacancy.id, ())
    return newest_of(every, text_of(vacancy.offer, terms))


def _readings(work: Work, found: Sequence[ListedVacancy]) -> Mapping[UUID, Sequence[Reading]]:
    """Of vacancies whose programme asks a mission; nobody else reads, and nothing is asked."""
    programmes = work.ports.reference.programmes
    abroad = [one.id for one in found if is_asked(programmes[one.programme])]
    return clause_tags.list_readings(work.session, abroad)


def _nights(vacancy: ListedVacancy) -> Nights:
    return Nights(vacancy.offer.starts_on, vacancy.offer.ends_on, vacancy.places)


def judge_vacancies(work: Work, some: Collection[UUID], cause: str) -> list[Looked]:
    """Judge these, held: what is new is kept, what is published and bad is held, the rest let go.

    Returns those that could be named before and cannot any more.
    """
    looked = look_many(work, kept.lock_for_judging(work.session, some))
    last = kept.list_last(work.session, some)
    made = [_judgement(work, one, cause) for one in looked]
    new = [one for one in made if not is_same(one, last.get(one.vacancy))]
    kept.add_judgements(work.session, new, events=[_judged(work, one) for one in new])
    published = [one for one in looked if one.vacancy.status == VacancyStatus.OPEN]
    falling = [one for one in published if one.holding and not one.vacancy.held]
    rising = [one.vacancy.id for one in published if one.vacancy.held and not one.holding]
    kept.hold_vacancies(
        work.session,
        [one.vacancy.id for one in falling],
        work.now,
        events=[
            work.event(Act.VACANCY_HELD, one.vacancy.id, {"rules": tell_rules(one.holding)})
            for one in falling
        ],
    )
    let_go = [work.event(Act.VACANCY_LET_GO, vacancy) for vacancy in rising]
    kept.hold_vacancies(work.session, rising, None, events=let_go)
    blocked = {one.vacancy.id for one in looked if is_blocked(one.holding)}
    block_vacancies(work.session, blocked, {*some} - blocked, work.now)
    return falling


def tell_rules(found: Sequence[Finding]) -> str:
    """The numbers of the rules, or the codes of what is no rule's, for the log and for people."""
    named = (one.rule.value if isinstance(one, RuleFinding) else one.code for one in found)
    return ", ".join(dict.fromkeys(named))


def parameters_for(work: Work, programme: str) -> Parameters:
    """What the rules look up under a programme."""
    reference = work.ports.reference
    wages = tuple(reference.minimum_wages)
    return Parameters(reference.programmes[programme], wages, reference.ethics)


def digest_of_values(work: Work, programme: str) -> bytes:
    """The SHA-256 of the values that count today: the version of the parameters."""
    return digest_of(parameters_for(work, programme))


def _values(work: Work, programme: str) -> _Values:
    parameters = parameters_for(work, programme)
    return _Values(parameters, digest_of(parameters))


def _look(work: Work, vacancy: ListedVacancy, told: _Told, values: _Values) -> Looked:
    today = legal_day(work.now)
    counted = _counted(work, vacancy, told, values)
    barred = find_hindrance(Hindrance.BARRED if vacancy.barred else None)
    employers_own = weigh(vacancy, told.terms, told.hirer, values.parameters, today)
    reading = newest_of(told.readings, text_of(vacancy.offer, told.terms))
    attested = Attested(told.attested, employers_own, reading)
    found = judge(
        vacancy.offer, told.terms, counted, told.steps, values.parameters, today, barred, attested
    )
    overrides = [one for seen, one in told.overrides if seen == employers_own]
    # What is only counted changes every day: it is told where it matters, in the findings.
    lasting = replace(counted, wanted=0, quota_left=None, median_wage=None, housed=0, minors=0)
    return Looked(
        vacancy,
        told.terms,
        told.steps,
        overrides,
        found,
        find_holding(found, overrides, today),
        digest(vacancy.offer, told.terms, lasting, tuple(told.steps), vacancy.barred),
        values.digest,
        employers_own,
    )


def _counted(work: Work, vacancy: ListedVacancy, told: _Told, values: _Values) -> Counted:
    """Places that somebody holds already count in the quota, and are not wanted once more."""
    today, offer, wages = legal_day(work.now), vacancy.offer, values.parameters.minimum_wages
    programme = values.parameters.programme.on(today)
    attested = attested_minimum(told.steps, offer.currency)
    days = _days(work, vacancy, values)
    return Counted(
        wanted=told.wanted,
        quota_left=told.quota_left,
        median_wage=find_median(days, offer, programme, wages, attested),
        attested_minimum_per_day=attested,
        waivers=tuple(told.waivers),
        hirer=told.hirer,
        housed=told.housed,
        minors=told.minors,
        places=vacancy.places,
        care_places=count_places(told.care, offer.municipality, offer.starts_on, today),
    )


def employer_in(vacancy: ListedVacancy) -> UUID:
    """Who hires; nobody's id for a pool."""
    return UUID(vacancy.offer.employer) if vacancy.offer.employer else UUID(int=0)


def _days(work: Work, vacancy: ListedVacancy, values: _Values) -> list[Decimal]:
    """What an ordinary day earns in the published vacancies of a programme, in one currency."""
    currency = vacancy.offer.currency
    if currency not in values.days:
        since, programme = legal_day(work.now) - PAST_WAGES, values.parameters.programme
        rows = vacancy_counts.list_wages(work.session, vacancy.programme, currency, since)
        piece = programme.piece_kg_per_day.value if programme.piece_kg_per_day else None
        earned = (
            pay_per_ordinary_day(
                row.wage, WageUnit(row.unit), row.hours_per_day, row.unit_kg, piece
            )
            for row in rows
        )
        values.days[currency] = [day for day in earned if day is not None]
    return values.days[currency]


def _judgement(work: Work, looked: Looked, cause: str) -> Judgement:
    return Judgement(
        looked.vacancy.id,
        cause,
        legal_day(work.now),
        work.now,
        looked.facts,
        looked.parameters,
        looked.findings,
    )


def _judged(work: Work, judgement: Judgement) -> AuditEvent:
    facts: Mapping[str, str | int] = {
        "cause": judgement.cause,
        "findings": len(judgement.findings),
    }
    return work.event(Act.VACANCY_JUDGED, judgement.vacancy, facts)
