"""The contract of one worker: drawn from the vacancy, agreed to by both, compared, reported."""

from dataclasses import replace
from uuid import UUID

from app.services import nominations, notices
from app.services.applications import read_own
from app.services.case import load_case
from app.services.contract_checks import (
    judge_version,
    keep_agreement,
    reader_of,
    reads,
    understands,
)
from app.services.reaching import writing
from app.services.seen_contracts import SeenContract as SeenContract
from app.services.seen_contracts import of_vacancy
from app.services.seen_contracts import see_contract as see_contract
from app.services.wage_runs import judge_newer_soon
from app.services.wished_work import asked_for
from app.services.work import Work
from app.storage import applications, vacancy_contracts, vacancy_terms
from app.storage import contracts as rows
from app.storage.contracts import Report
from app.storage.vacancies import ListedVacancy
from permits.applications import Application, ApplicationId
from permits.audit import Act, Fact
from permits.errors import Conflict, Fault, refuse_if
from permits.notices import NoticeKind
from permits.policies import check_own, check_own_consent
from permits.reach import EVERYTHING
from recruitment.contract_acceptance import (
    check_acceptable,
    check_deductions,
    check_heard,
    facts_of,
    language_heard,
)
from recruitment.contract_standing import hold
from recruitment.contracts import (
    Agreement,
    Contract,
    Party,
    Reported,
    Way,
    content_of,
    digest_of,
)
from recruitment.ethics.rules import RuleFinding
from recruitment.terms import Terms

MOST_REPORTS = 20


def draw(
    work: Work, application: Application, vacancy: ListedVacancy, way: Way | None
) -> Contract | None:
    """Draw the contract of who names this vacancy, where its terms are not drawn yet.

    `way` is how the employer agrees by the very act, None where they are still to be asked. The
    caller holds the application. None for a pool, which has no employer. Where a rule blocks the
    version, the employer cannot agree to it either; it is judged again when it is drawn again.
    """
    if vacancy.offer.is_pool:
        return None
    terms = vacancy_terms.list_terms(work.session, [vacancy.id]).get(vacancy.id, Terms())
    content = content_of(application.id, application.worker, vacancy.offer, terms)
    every = rows.list_versions(work.session, application.id)
    newest = next(reversed(of_vacancy(every, vacancy.id)), None)
    same = newest if newest and newest.digest == digest_of(content) else None
    if same and not same.blocked:
        contract = same
    else:
        found, blocked = judge_version(work, vacancy, terms)
        if same and blocked:
            return same
        contract = _add(work, application, vacancy.id, content, every, found, blocked)
    if way is not None and not contract.blocked:
        _agree(work, contract, Agreement(Party.EMPLOYER, way, work.now))
    return contract


def agree_for_employer(work: Work, application: ApplicationId, vacancy: UUID, way: Way) -> None:
    """The employer agrees to the newest version by taking the worker; nothing where none is."""
    versions = of_vacancy(rows.list_versions(work.session, application), vacancy)
    if versions and not versions[-1].blocked:
        _agree(work, versions[-1], Agreement(Party.EMPLOYER, way, work.now))


def draw_anew(work: Work, vacancy: UUID) -> int:
    """The employer offers the vacancy's terms of today to who has a contract; how many are new.

    A version that is worse than what was agreed is kept as evidence: the worker cannot accept it,
    and SETRASS sees it (R16). Each worker is told by a message. NotFound for another's vacancy.
    """
    seen = nominations.read_own(work, vacancy).vacancy
    drawn = 0
    for found in vacancy_contracts.list_of_vacancy(work.session, vacancy):
        application = applications.lock(work.session, found, reach=EVERYTHING)
        before = rows.list_versions(work.session, found)
        if (new := draw(work, application, seen, Way.ACCOUNT)) and new.version > len(before):
            drawn += 1
            if any(one.by(Party.WORKER) for one in before):
                keep_agreement(work, reader_of(load_case(work, found)))
            if new.blocked or new.asks_look:  # what waits for a look is told after it
                continue
            told = NoticeKind.CONTRACT_OFFERED
            notices.tell_worker(work, told, application, once=new.digest)
    return drawn


def read_own_contract(
    work: Work, application: ApplicationId, *, of_now: bool = False
) -> SeenContract:
    """The worker's own, of the work asked for, or `of_now`; Conflict("no-contract") without one."""
    case = read_own(work, application)
    found = see_contract(work, case if of_now else asked_for(work, case))
    if found is None:
        raise Conflict("no-contract")
    return found


def accept_own(
    work: Work,
    application: ApplicationId,
    seen: str,
    *,
    heard: bool,
    heard_in: str | None = None,
    deductions: bool | None = None,
    of_now: bool = False,
) -> None:
    """The worker agrees to the version whose digest they have `seen`; twice is once.

    `deductions` is their own answer to what is deducted. Invalid("not-heard") where they neither
    read nor heard it, and as `language_heard` and `check_deductions` say;
    Conflict("contract-needs-witness") for who would not understand it, and as `check_acceptable`.
    """
    check_own_consent(work.actor)
    found = applications.lock(work.session, application, reach=writing(work))
    check_own(work.actor, found)
    shown = read_own_contract(work, application, of_now=of_now)
    newest = check_acceptable(shown.versions, seen)
    speaks, read = understands(shown.case), reads(shown.case)
    check_heard(speaks, read, heard=heard)
    told = language_heard(speaks, read, heard_in) if heard else None
    own = check_deductions(newest, deductions)
    yes = Agreement(Party.WORKER, Way.OWN, work.now, heard, None, told, own)
    _agree(work, newest, yes)
    keep_agreement(work, reader_of(shown.case))
    judge_newer_soon(work, application)


def report_own(work: Work, application: ApplicationId, fields: frozenset[Reported]) -> SeenContract:
    """The worker says what is other on arrival; SETRASS sees it with R16.

    Invalid where nothing is named; Conflict("contract-not-accepted") where they have accepted none.
    """
    refuse_if([Fault("missing", "fields")] if not fields else [])
    found = applications.lock(work.session, application, reach=writing(work))
    check_own(work.actor, found)
    shown = read_own_contract(work, application, of_now=True)
    accepted = shown.newest if shown.worker else shown.base
    if accepted.by(Party.WORKER) is None:
        raise Conflict("contract-not-accepted")
    if len(shown.reports) >= MOST_REPORTS:
        raise Conflict("reported-enough")
    report = Report(work.new_id(), accepted.version, fields, work.now)
    told: dict[str, Fact] = {"fields": sorted(one.value for one in fields)}
    event = work.event(Act.CONTRACT_REPORTED, application, _named(accepted) | told)
    rows.add_report(work.session, accepted, report, event=event)
    keep_agreement(work, reader_of(shown.case))
    return read_own_contract(work, application, of_now=True)


def _add(
    work: Work,
    application: Application,
    vacancy: UUID,
    content: str,
    every: tuple[Contract, ...],
    found: tuple[RuleFinding, ...],
    blocked: bool,
) -> Contract:
    contract = Contract(
        application.id,
        application.worker,
        len(every) + 1,
        vacancy,
        digest_of(content),
        content,
        work.now,
        findings=found,
        blocked=blocked,
        # A text that came back was looked at when it was drawn first.
        looks=tuple(dict.fromkeys(look for one in every for look in one.looks)),
        drawn_by=work.actor.person,
    )
    held = hold((*of_vacancy(every, vacancy), contract))
    contract = replace(contract, asks_look=held.unread and not blocked)
    told: dict[str, Fact] = {"worse": held.worse, "blocked": blocked, "unread": contract.asks_look}
    event = work.event(Act.CONTRACT_DRAWN, application.id, _named(contract) | told)
    rows.add_version(work.session, contract, event=event)
    return contract


def _agree(work: Work, contract: Contract, agreement: Agreement) -> None:
    told = facts_of(contract, agreement)
    event = work.event(Act.CONTRACT_ACCEPTED, contract.application, told)
    rows.add_agreement(work.session, contract, agreement, event=event)


def _named(contract: Contract) -> dict[str, Fact]:
    return {"version": contract.version, "digest": contract.digest}
