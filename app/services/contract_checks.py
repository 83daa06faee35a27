"""A contract is judged: each version as it is drawn, and how the worker agreed to it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from app.services import journeys, kept_findings, nominations, vacancy_judging
from app.services.case import Case
from app.services.kept_findings import About, CaseJudgement, Whose
from app.services.work import Work
from app.storage import contracts as rows
from app.storage import vacancy_contracts
from app.storage.contracts import Report
from app.storage.vacancies import ListedVacancy
from permits.applications import ApplicationId
from permits.deadlines import legal_day, start_of
from recruitment.contract_checks import agreed_deductions, find_blocks, judge_contract
from recruitment.contract_standing import hold
from recruitment.contracts import (
    LANGUAGES,
    Agreement,
    Contract,
    Party,
    Way,
    agreed_terms,
)
from recruitment.ethics.contracts import IN_TIME, SUBSTITUTION, UNDERSTOOD
from recruitment.ethics.deductions import IN_KIND
from recruitment.ethics.facts import ContractFacts
from recruitment.ethics.rules import RuleFinding
from recruitment.terms import Terms


def judge_version(
    work: Work, vacancy: ListedVacancy, terms: Terms
) -> tuple[tuple[RuleFinding, ...], bool]:
    """What R09 to R15 find in the terms of today, and whether it blocks the version.

    An exception that was given for the vacancy counts for its contracts too; none can be given
    of R14 and R15. The vacancy is only looked at again where something blocks.
    """
    parameters = vacancy_judging.parameters_for(work, vacancy.programme)
    reading = vacancy_judging.find_reading(work, vacancy, terms)
    found = judge_contract(vacancy.offer, terms, parameters, legal_day(work.now), reading)
    if not find_blocks(found, found):  # were everything to stand against the vacancy
        return found, False
    return found, bool(find_blocks(found, vacancy_judging.look(work, vacancy).holding))


def list_blocked(work: Work, vacancy: UUID) -> Sequence[Contract]:
    """The newest versions for an own vacancy that nobody can agree to; they name no worker."""
    nominations.read_own(work, vacancy)
    return vacancy_contracts.list_blocked(work.session, vacancy)


@dataclass(frozen=True)
class Reader:
    """Whose contract it is, and the languages (ISO 639-3) that they speak and read."""

    whose: Whose
    speaks: frozenset[str]
    reads: frozenset[str]


def reader_of(case: Case) -> Reader:
    """The worker of a case."""
    own = case.application
    whose = Whose(own.id, own.worker, case.programme.code)
    return Reader(whose, understands(case), reads(case))


def judge_agreement(
    work: Work, reader: Reader, versions: tuple[Contract, ...], reports: Sequence[Report]
) -> tuple[RuleFinding, ...]:
    """What R16 to R18 find, and R13 of what is deducted; only R16 before the worker has agreed."""
    facts = _facts(work, reader, versions, reports)
    agreed = (SUBSTITUTION, UNDERSTOOD, IN_TIME, IN_KIND)
    rules = agreed if versions[-1].by(Party.WORKER) else (SUBSTITUTION,)
    parameters = vacancy_judging.parameters_for(work, reader.whose.programme)
    found = (rule(facts, parameters, legal_day(work.now)) for rule in rules)
    return tuple(one for one in found if one is not None)


def read_findings(
    work: Work,
    reader: Reader,
    versions: tuple[Contract, ...],
    reports: Sequence[Report],
    newest_work: UUID,
) -> tuple[tuple[RuleFinding, ...], CaseJudgement | None]:
    """What R16 to R18 found, as it was kept, with the judgement that tells when.

    Nothing is kept before the first yes to this work, and what is kept is of `newest_work`, for
    which a version was drawn last: of another work, to which somebody asks to change, it tells
    nothing. There the findings are of this moment, without a judgement.
    """
    agreed = any(one.by(Party.WORKER) for one in versions)
    if agreed and versions[-1].vacancy == newest_work:
        judged = kept_findings.find(work, About.AGREEMENT, reader.whose.application)
        if judged is not None:
            return judged.findings, judged
    return judge_agreement(work, reader, versions, reports), None


def keep_agreement(work: Work, reader: Reader) -> None:
    """Write down what R16 to R18 find now; nothing before the worker agreed to some version."""
    application = ApplicationId(reader.whose.application)
    versions = rows.list_newest_work(work.session, application)
    if not any(one.by(Party.WORKER) for one in versions):
        return
    reports = rows.list_reports(work.session, application)
    found = judge_agreement(work, reader, versions, reports)
    facts = _facts(work, reader, versions, reports)
    kept_findings.keep(work, reader.whose, About.AGREEMENT, found, facts)


def _facts(
    work: Work, reader: Reader, versions: tuple[Contract, ...], reports: Sequence[Report]
) -> ContractFacts:
    """What is looked at.

    They had time to think (R18) from their first yes to this work: a better version that they
    accept while they are at work is no late one.
    """
    held = hold(versions)
    newest, base = held.newest, held.base
    said = [one for each in versions if (one := each.by(Party.WORKER))]
    delivered = agreed_terms(newest.told)
    return replace(
        _understood(reader, newest.by(Party.WORKER)),
        approved_sha256=base.digest,
        delivered_sha256=newest.digest,
        approved=agreed_terms(base.told),
        delivered=delivered,
        currency=delivered.currency,
        deductions=agreed_deductions(newest),
        others=held.others,
        looked=held.look.weighed if held.look else None,
        reported=frozenset(field.value for one in reports for field in one.fields),
        accepted_at=min(one.accepted_at for one in said) if said else None,
        travels_at=_travels_at(work, reader, delivered.starts_on) if said else None,
    )


def _travels_at(work: Work, reader: Reader, starts_on: date) -> datetime:
    """When the journey began, as far as it was noted; never later than the work (R18)."""
    travelled = journeys.start_of_travel(work, ApplicationId(reader.whose.application))
    return min(start_of(starts_on), travelled) if travelled else start_of(starts_on)


def understood(work: Work, reader: Reader, agreed: Agreement) -> bool:
    """Whether R17 finds nothing against how a worker agreed."""
    parameters = vacancy_judging.parameters_for(work, reader.whose.programme)
    return UNDERSTOOD(_understood(reader, agreed), parameters, legal_day(work.now)) is None


def _understood(reader: Reader, agreed: Agreement | None) -> ContractFacts:
    return ContractFacts(
        languages=LANGUAGES,
        understands=reader.speaks,
        reads=reader.reads,
        read_aloud=agreed.read_aloud if agreed else None,
        heard_in=_heard_in(agreed, reader.speaks),
    )


def _heard_in(agreed: Agreement | None, speaks: frozenset[str]) -> str | None:
    """The language that was noted.

    Of an old yes from the own phone it is what the contract is written in, where the worker
    understands only one of both; of an old mark nobody knows it.
    """
    if agreed is None or agreed.heard_in or agreed.way is not Way.OWN:
        return agreed.heard_in if agreed else None
    written = speaks & LANGUAGES
    return next(iter(written)) if len(written) == 1 else None


def language_told(work: Work, contract: Contract) -> str:
    """In which language its worker heard it, by its Spanish name; "" where nobody noted it."""
    agreed = contract.by(Party.WORKER)
    told = agreed.heard_in if agreed else None
    return work.ports.reference.languages.get(told, told) if told else ""


def reads(case: Case) -> frozenset[str]:
    """The languages that the worker of a case reads (ISO 639-3)."""
    return frozenset(case.answers.languages_read or ())


def understands(case: Case) -> frozenset[str]:
    """The languages that they speak."""
    return frozenset(case.answers.languages_spoken)
