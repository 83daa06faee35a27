"""Another employer under the same right: asked by its worker, decided by SETRASS, told to INM."""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from app.services import (
    acceptances,
    contract_blocks,
    contract_waits,
    notices,
    pool_ends,
    quotas,
    vacancy_places,
)
from app.services.case import Case, employer_accepts, load_case
from app.services.reaching import reading, writing
from app.services.replacements import reissue
from app.services.seeking import seek_cases
from app.services.work import Work
from app.storage import accounts, authorisations, hindrances, vacancies
from app.storage import employer_changes as rows
from app.storage.employer_changes import ListedChange
from permits import age_marks, offers
from permits.applications import ApplicationId, digest
from permits.audit import Act
from permits.authorisations import Authorisation
from permits.deadlines import legal_day
from permits.employer_bars import find_hindrance
from permits.employer_changes import (
    ChangeId,
    ChangeOutcome,
    EmployerChange,
    check_ask,
    check_decide,
    check_labour,
    check_offer,
    find_decision_faults,
    find_faults,
)
from permits.errors import Conflict, DomainError, Fault, Invalid, NotFound, Stale, refuse_if
from permits.findings import Finding, Severity
from permits.issuing import RevocationReason
from permits.notices import Notice, NoticeKind
from permits.people import Agency, Permission
from permits.policies import check_own, check_permission

__all__ = ["ListedChange", "SeenChange"]

SHOWN = timedelta(days=365)
"""So far back the list goes."""

WAITING, SETTLED = 100, 50
"""As many are shown: what waits the oldest first, so that the next ones follow as they are settled;
of what was granted the newest. The search finds the others."""


@dataclass(frozen=True)
class SeenChange:
    """A wish as an official reads it; `obstacle` tells why this one may not decide."""

    change: EmployerChange
    accepts: bool | None
    findings: tuple[Finding, ...]
    obstacle: DomainError | None


def ask_change(work: Work, authorisation: UUID, vacancy: UUID) -> EmployerChange:
    """The worker asks for another employer, or other work of the same one.

    The offer is frozen and its employer is asked.

    Invalid where the work does not fit; Conflict where the right does not stand or a wish waits.
    """
    check_permission(work.actor, Permission.APPLICATION_EDIT_OWN)
    right, case = _lock_own(work, authorisation)
    check_ask(right, find_waiting(work, right.id), legal_day(work.now))
    found = vacancies.find_vacancy(work.session, vacancy)
    today = legal_day(work.now)
    hires = found is not None and not found.offer.is_pool and vacancies.is_open(found, today)
    if found is None or case.offer is None or not hires:
        raise Invalid([Fault("vacancy-not-open", "vacancy")])
    offer = found.offer
    refuse_if(find_faults(offer, case.offer, right, right.programme, found.programme, today))
    change = EmployerChange(
        ChangeId(work.new_id()),
        right.id,
        right.worker,
        vacancy,
        offer,
        digest(offers.to_mapping(offer)),
        work.now,
    )
    event = work.event(Act.EMPLOYER_CHANGE_ASKED, right.id, {"vacancy": str(vacancy)})
    rows.add_change(work.session, change, event=event)
    acceptances.ask_employer(work, case.application, case.answers, found, change.id)
    contract_waits.tell(work, case.application)
    return change


def withdraw_change(work: Work, authorisation: UUID) -> EmployerChange:
    """The worker stays with the employer of now; Conflict where nothing waits."""
    check_permission(work.actor, Permission.APPLICATION_EDIT_OWN)
    right, case = _lock_own(work, authorisation)
    waiting = find_waiting(work, right.id)
    if waiting is None:
        raise Conflict("no-change-asked")
    ended = replace(waiting, outcome=ChangeOutcome.WITHDRAWN, decided_at=work.now)
    _settle(work, case, ended)
    return ended


def decide_change(
    work: Work, application: UUID, note: str, *, granted: bool, seen: str | None = None
) -> EmployerChange:
    """SETRASS decides on the wish that waits under the right of a case.

    `seen` is the digest that the official looked at: Stale where another wish waits by now.

    1. the right, held; 2. what `plan_decision` asks, and that neither the work nor a quota is full;
    3. the decision is recorded; 4. the card of before is replaced by one that names the other
    employer, by the steps of issuing; 5. the worker and INM are told.
    """
    check_labour(work.actor)
    case = load_case(work, ApplicationId(application))
    found = authorisations.find_of_application(work.session, case.application.id)
    if found is None:
        raise NotFound("no-such-authorisation")
    right = authorisations.lock_authorisation(work.session, found.id, reach=writing(work))  # 1
    decided = plan_decision(work, case, right, note, granted=granted, seen=seen)  # 2
    if granted:
        vacancy_places.find_places(work, case.programme.code, decided.offer, right.worker)
        quotas.move_places(work, case, decided.offer)
    _settle(work, case, decided)  # 3
    if granted:
        reissue(
            work, replace(case, offer=decided.offer), right, RevocationReason.EMPLOYER_CHANGED
        )  # 4
    _tell(work, case, decided)  # 5
    return decided


def plan_decision(
    work: Work,
    case: Case,
    right: Authorisation,
    note: str,
    *,
    granted: bool,
    seen: str | None = None,
) -> EmployerChange:
    """The wish that waits, decided as it would be recorded now; nothing is written.

    1. may this official; 2. is it well-formed, and of the wish that was seen; 3. granted, does the
    right stand, and no blocking finding against it.
    """
    change = check_decide(work.actor, find_waiting(work, right.id), own=case.ties.own)  # 1
    refuse_if(find_decision_faults(note, granted=granted))  # 2
    if seen is not None and seen != change.digest:
        raise Stale("changed-meanwhile")
    if granted:
        check_ask(right, None, legal_day(work.now))  # 3
        refuse_if(_blocking(work, case, change))
    return replace(
        change,
        outcome=ChangeOutcome.GRANTED if granted else ChangeOutcome.REFUSED,
        official=work.actor.person,
        decided_at=work.now,
        note=note.strip(),
    )


def find_waiting(work: Work, authorisation: UUID) -> EmployerChange | None:
    """The wish of a right that waits."""
    wishes = rows.list_of_right(work.session, authorisation)
    return next((one for one in wishes if one.outcome is ChangeOutcome.ASKED), None)


def see_change(work: Work, case: Case, right: Authorisation) -> SeenChange | None:
    """The newest wish under a case that somebody has opened, with what the checks see."""
    wishes = rows.list_of_right(work.session, right.id)
    if not wishes:
        return None
    newest, obstacle = wishes[0], None
    try:
        check_decide(work.actor, newest, own=case.ties.own)
    except DomainError as refusal:
        obstacle = refusal
    accepts = employer_accepts(work, case.application.id, newest.offer)
    return SeenChange(newest, accepts, _findings(work, case, newest), obstacle)


def list_changes(work: Work, outcome: ChangeOutcome, text: str = "") -> list[ListedChange]:
    """The wishes of a year that waits or was granted, for both agencies.

    Of the cases that `text` finds.
    """
    check_permission(work.actor, Permission.APPLICATION_LIST)
    check_permission(work.actor, Permission.CREDENTIAL_READ)
    search, since = seek_cases(work, text), work.now - SHOWN
    most = WAITING if outcome is ChangeOutcome.ASKED else SETTLED
    return rows.list_changes(work.session, outcome, since, reading(work), most, search)


def _lock_own(work: Work, authorisation: UUID) -> tuple[Authorisation, Case]:
    """The worker's own right, held, with its case; NotFound for anybody else's."""
    right = authorisations.lock_authorisation(work.session, authorisation, reach=writing(work))
    case = load_case(work, right.application)
    check_own(work.actor, case.application)
    return right, case


def _findings(work: Work, case: Case, change: EmployerChange) -> tuple[Finding, ...]:
    accepts = employer_accepts(work, case.application.id, change.offer)
    wages = work.ports.reference.minimum_wages
    hindrance = hindrances.find_hindrance(work.session, change.vacancy, legal_day(work.now))
    child = (one for one in case.findings if one.code == age_marks.FINDING)
    offered = check_offer(change.offer, case.programme, accepts, wages)
    contract = contract_blocks.find_blocks(work, case, change.offer)
    return (*child, *find_hindrance(hindrance), *offered, *contract)


def _blocking(work: Work, case: Case, change: EmployerChange) -> list[Fault]:
    return [
        Fault(one.code, "opinion", dict(one.facts))
        for one in _findings(work, case, change)
        if one.severity is Severity.BLOCK
    ]


def _settle(work: Work, case: Case, change: EmployerChange) -> None:
    """What the pool had promised is free again where the change is not made."""
    facts = {"outcome": change.outcome.value, "digest": change.digest}
    event = work.event(Act.EMPLOYER_CHANGE_SETTLED, change.authorisation, facts)
    rows.settle_change(work.session, change, event=event)
    if change.outcome is not ChangeOutcome.GRANTED:
        pool_ends.free_place(work, case, change)


def _tell(work: Work, case: Case, change: EmployerChange) -> None:
    granted = change.outcome is ChangeOutcome.GRANTED
    kind = NoticeKind.EMPLOYER_CHANGED if granted else NoticeKind.EMPLOYER_CHANGE_REFUSED
    told = {} if granted else {"note": change.note}
    notices.tell_worker(work, kind, case.application, told, once=f"change-{change.id}")
    if granted:
        _tell_migration(work, case, change)


def _tell_migration(work: Work, case: Case, change: EmployerChange) -> None:
    """The official of INM who approved the right hears of it; both agencies have the list too."""
    for decision in case.decisions:
        account = accounts.find_account_of(work.session, decision.official)
        if decision.agency is not Agency.INM or account is None or not account.email:
            continue
        kind = NoticeKind.EMPLOYER_CHANGE_TOLD
        facts = {
            "receipt": case.application.receipt or "",
            "link": f"{work.ports.public_url}/casos/{case.application.id}",
        }
        key = f"{kind.value}:{case.application.id}:{change.id}"
        notices.leave(work, Notice(kind, "es", key, None, account.email, facts))
