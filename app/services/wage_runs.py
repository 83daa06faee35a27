"""A minimum wage that changes, also backwards: contracts of who is at work, and the payslips.

What is found is kept with the run that found it. The worker reads it in plain words, the employer
what is to be paid. R34 is not asked: nobody paid late who paid what the table said that day.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.services import notices
from app.services.agreed_wages import agreed_of
from app.services.farm_answers import check_owner
from app.services.kept_findings import judge_soon
from app.services.work import Work
from app.storage import applications, farm_hands, outbox, payslip_findings, vacancies
from app.storage import contract_shortfalls as kept
from app.storage import payslips as slips
from app.storage import wage_runs as rows
from app.storage.contract_shortfalls import ShortContract
from app.storage.farm_hands import Hand
from app.storage.payslips import FiledPayslip
from app.storage.wage_runs import FailingAt, WageRun
from permits.applications import ApplicationId
from permits.audit import Act
from permits.deadlines import legal_day, start_of
from permits.notices import NoticeKind
from permits.people import Permission
from permits.policies import check_permission
from permits.programmes import Programme
from permits.reach import EVERYTHING
from permits.wages import EmployerSize, MinimumWage
from recruitment.payslip_checks import BELOW_MINIMUM, Agreed, agreed_on, find_below_minimum
from recruitment.wage_shortfalls import counts_from, find_shortfall

__all__ = ["FailingAt", "ShortContract", "WageRun"]

EFFECT = "judge-wages"
BATCH = 50
"""Workers in one transaction."""


@dataclass(frozen=True)
class WageReport:
    """A run and the employers at whom contracts or payslips fail since; no worker is named."""

    run: WageRun
    failing: Sequence[FailingAt]


def start_run(
    work: Work, programmes: Sequence[str], since: date, before: Collection[MinimumWage]
) -> WageRun:
    """Begin; the worker process does it in batches, a table of later days on its first day.

    `before` are the rows that counted until now: what failed already fails not since this change.
    """
    total = rows.count_touched(work.session, programmes, since)
    run = WageRun(work.new_id(), tuple(programmes), since, total, 0, 0, 0, work.now)
    rows.add_run(work.session, run, event=work.event(Act.WAGES_RUN, run.id, {"total": total}))
    _leave_next(work, run, "first", [_told(row) for row in before])
    return run


def run_batch(work: Work, payload: Mapping[str, Any]) -> None:
    """The effect: some workers' contracts and payslips are judged, and the next are left."""
    run = rows.find_run(work.session, UUID(payload["run"]))
    if run is None:
        return
    after = UUID(payload["after"]) if payload["after"] != "first" else None
    batch = rows.list_touched(work.session, run.programmes, run.since, BATCH, after)
    before = [_row(one) for one in payload["before"]]
    contracts, failing = 0, 0
    for application in batch:
        short = sum(_judge_contract(work, run, one, before) for one in _hands(work, application))
        fallen = _judge_payslips(work, run, application)
        if short or fallen:
            _tell(work, run, application)
        contracts, failing = contracts + short, failing + fallen
    over = len(batch) < BATCH
    ended_at = work.now if over else None
    rows.note_progress(work.session, run.id, len(batch), (contracts, failing), ended_at)
    if not over:
        _leave_next(work, run, str(batch[-1]), payload["before"])


def list_reports(work: Work) -> Sequence[WageReport]:
    """The last runs with the employers at whom something fails since; the newest first."""
    check_permission(work.actor, Permission.VACANCY_REVIEW)
    return read_reports(work)


def read_reports(work: Work) -> Sequence[WageReport]:
    """The same for the service's own shell."""
    found = rows.list_runs(work.session)
    return [WageReport(run, rows.list_failing(work.session, run.id)) for run in found]


def list_of_employer(work: Work) -> Sequence[ShortContract]:
    """The own workers whose contracts do not reach the minimum: what is to be paid a day."""
    check_permission(work.actor, Permission.FARM_KEEP)
    employer = work.actor.employer
    return kept.list_short(work.session, employer=employer) if employer else []


def list_own(work: Work, application: ApplicationId) -> Sequence[ShortContract]:
    """What the worker's own contract lacks; Hidden for anybody else."""
    check_owner(work, application)
    return kept.list_short(work.session, application=application)


def judge_newer_soon(work: Work, application: UUID) -> None:
    """A worker agreed to a newer contract: what the one before lacked is looked at again."""
    if kept.has_shortfall(work.session, application):
        judge_soon(work, application)


def judge_short(work: Work, application: UUID) -> None:
    """What a worker's contracts lacked ends where a newer one pays enough."""
    for one in kept.list_short(work.session, application=application):
        if not _lacks(work, application, one.vacancy):
            event = work.event(Act.CONTRACT_SHORT_ENDED, application)
            kept.drop_shortfall(work.session, application, one.vacancy, event=event)


def _lacks(work: Work, application: UUID, vacancy: UUID) -> bool:
    found = vacancies.find_vacancy(work.session, vacancy)
    if found is None:
        return False
    agreed = agreed_of(work, application, legal_day(work.now), vacancy)
    return find_shortfall(agreed, _kg_per_day(work, found.programme)) is not None


def _hands(work: Work, application: UUID) -> Sequence[Hand]:
    return farm_hands.list_hands(work.session, application=application)


def _judge_contract(work: Work, run: WageRun, hand: Hand, before: Collection[MinimumWage]) -> bool:
    """Whether the contract of a worker of today fails since; what it lacks is kept or dropped."""
    found = vacancies.find_vacancy(work.session, hand.vacancy)
    if found is None or hand.employer is None:
        return False
    day = min(legal_day(work.now), found.offer.ends_on)
    if day < run.since:
        return False
    agreed = agreed_of(work, hand.application, day, hand.vacancy)
    kg_per_day = _kg_per_day(work, found.programme)
    shortfall = find_shortfall(agreed, kg_per_day)
    if shortfall is None:
        ended = work.event(Act.CONTRACT_SHORT_ENDED, hand.application, {"run": str(run.id)})
        kept.drop_shortfall(work.session, hand.application, hand.vacancy, event=ended)
        return False
    short = ShortContract(
        hand.application,
        hand.vacancy,
        hand.worker,
        hand.worker_name,
        hand.employer,
        found.employer_name,
        counts_from(run.since, agreed.offer.starts_on),
        shortfall,
    )
    event = work.event(Act.CONTRACT_SHORT, hand.application, {"run": str(run.id)})
    kept.keep_shortfall(work.session, short, run.id, work.now, event=event)
    programme = work.ports.reference.programmes[found.programme].on(day)
    then: Agreed = agreed_on(agreed.offer, programme, before, day)
    return find_shortfall(then, kg_per_day) is None


def _judge_payslips(work: Work, run: WageRun, application: UUID) -> int:
    """How many payslips of the days that the table touches are below the minimum since."""
    filed = slips.list_newest(work.session, application)
    touched = [one for one in filed if one.payslip.slip.last_day >= run.since]
    return sum(_judge_payslip(work, run, one) for one in touched)


def _judge_payslip(work: Work, run: WageRun, filed: FiledPayslip) -> bool:
    """Whether it is below the minimum since; it is that of its last day, as at its writing."""
    payslip = filed.payslip
    agreed = agreed_of(work, payslip.application, payslip.slip.last_day, payslip.vacancy)
    found = find_below_minimum(payslip.slip, agreed)
    known = [one for one in filed.findings if one.code == BELOW_MINIMUM]
    if list(found) == known:
        return False
    facts: dict[str, str | int] = {"version": payslip.version, "findings": len(found)}
    event = work.event(Act.PAYSLIP_FOUND, payslip.application, facts)
    newly = bool(found) and not known
    payslip_findings.replace_below_minimum(
        work.session, payslip, found, run.id if newly else None, work.now, event=event
    )
    return newly


def _kg_per_day(work: Work, code: str) -> int | None:
    programme: Programme = work.ports.reference.programmes[code].on(legal_day(work.now))
    return programme.piece_kg_per_day.value if programme.piece_kg_per_day else None


def _tell(work: Work, run: WageRun, application: UUID) -> None:
    own = applications.get_application(work.session, ApplicationId(application), reach=EVERYTHING)
    notices.tell_worker(work, NoticeKind.WAGE_RAISED, own, once=str(run.id))


def _leave_next(work: Work, run: WageRun, after: str, before: Sequence[Sequence[object]]) -> None:
    payload = {"run": str(run.id), "after": after, "before": before}
    effect = outbox.Effect(EFFECT, f"{EFFECT}:{run.id}:{after}", payload)
    outbox.put(work.session, effect, max(work.now, start_of(run.since)))


def _told(row: MinimumWage) -> list[str | bool | None]:
    until = row.valid_until.isoformat() if row.valid_until else None
    amount, since = str(row.per_month_hnl), row.valid_from.isoformat()
    return [row.sector, row.size.value, amount, since, until, row.source, row.derived]


def _row(told: Sequence[Any]) -> MinimumWage:
    sector, size, amount, since, until, source, derived = told
    last_day = date.fromisoformat(until) if until else None
    first_day = date.fromisoformat(since)
    size = EmployerSize(size)
    return MinimumWage(sector, size, Decimal(amount), first_day, last_day, source, derived)
