"""What workers asked back: SETRASS reads it, follows the repayment, and freezes who took a fee."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from app.services import cost_complaints, offer_checks, standings
from app.services.cost_judging import CostsOf, JudgedCosts, costs_of, read_costs
from app.services.cost_voices import voice_of
from app.services.costs import receipt_of
from app.services.kept_findings import About
from app.services.pools import find_work
from app.services.work import Work
from app.storage import cost_claims as asked
from app.storage import cost_entries, cost_parts, registries
from app.storage.cost_cases import CostCase
from app.storage.cost_claims import Claim as Claim
from app.storage.measures import Against
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, Forbidden, Invalid, NotFound, Stale, refuse_if
from permits.people import Permission
from permits.policies import check_permission
from recruitment.cost_cases import CostReason, CostWish
from recruitment.costs import (
    Asker,
    CostEntry,
    Debtor,
    InspectionReason,
    debtor_of,
    is_fee,
)
from recruitment.recruiters import LicenceKey
from recruitment.registries import OF_RECRUITERS, normal_number
from recruitment.repayments import Repayment, reckon
from recruitment.scam_checks import Report, ReportKind, ReportState
from recruitment.standings import Measure, MeasureKind
from recruitment.wanted_cases import Ground

LISTED = 200


@dataclass(frozen=True)
class ListedClaim:
    """A claim as the list tells it, without its worker: who owes it, is it a fee, how far it is."""

    entry: CostEntry
    programme: str
    debtor: Debtor | None
    fee: bool
    repayment: Repayment


@dataclass(frozen=True)
class OpenedClaim:
    """A claim that was opened, which is logged: whose it is, and what R30–R32 found.

    They looked at all that its worker asked back of this work, and at nothing that is private.
    """

    claim: Claim
    debtor: Debtor | None
    fee: bool
    judged: JudgedCosts
    repayment: Repayment


@dataclass(frozen=True)
class Taker:
    """Who took a fee, as an official established it: by their `licence`, or `unlicensed`.

    Of who has none, `name` and `phone` (E.164) are told to the scam check, as far as known.
    """

    licence: str = ""
    unlicensed: bool = False
    name: str = ""
    phone: str | None = None


def list_claims(work: Work) -> Sequence[ListedClaim]:
    """What was asked back and is not settled, the oldest first; inspectors read it too."""
    if not work.actor.can(Permission.CLAIM_INSPECT):
        check_permission(work.actor, Permission.RECRUITER_JUDGE)
    found = asked.list_claims(work.session, work.ports.vault, LISTED)
    costs = {code: costs_of(work, code) for code in {one.programme for one in found}}
    parts = cost_parts.list_of_claims(
        work.session, work.ports.vault, [one.entry.id for one in found]
    )
    today = legal_day(work.now)
    return [
        ListedClaim(
            one.entry,
            one.programme,
            debtor_of(one.entry.payment, costs[one.programme]),
            is_fee(one.entry.payment, costs[one.programme]),
            reckon(one.entry, parts[one.entry.id], costs[one.programme].repay_days, today),
        )
        for one in found
    ]


def open_claim(work: Work, identity: UUID) -> OpenedClaim:
    """One claim with its worker's name; who opened it stands in the log, and the worker reads it.

    Forbidden for an own one; NotFound for what its worker keeps private.
    """
    claim = _claim(work, identity)
    event = work.event(Act.COST_CLAIM_READ, identity)
    cost_entries.note_reading(work.session, event=event)
    return _opened(work, claim)


def inspect_claim(work: Work, identity: UUID, reason: InspectionReason) -> OpenedClaim:
    """The same for a labour inspector, who says why; the log keeps it, and the worker reads it.

    Inspectors change nothing. Forbidden for an own one; NotFound for what is private.
    """
    check_permission(work.actor, Permission.CLAIM_INSPECT)
    claim = _find(work, identity)
    event = work.event(Act.COST_CLAIM_INSPECTED, identity, {"reason": reason.value})
    cost_entries.note_reading(work.session, event=event)
    return _opened(work, claim)


def read_receipt(work: Work, identity: UUID) -> bytes:
    """The photo of a claim's receipt; logged as opening it is."""
    claim = _claim(work, identity)
    event = work.event(Act.COST_CLAIM_READ, identity)
    cost_entries.note_reading(work.session, event=event)
    return receipt_of(work, claim.entry)


def hear_voice(work: Work, identity: UUID) -> tuple[bytes, str]:
    """What its worker said of a claim, with its media type; logged as opening it is."""
    claim = _claim(work, identity)
    event = work.event(Act.COST_CLAIM_READ, identity)
    cost_entries.note_reading(work.session, event=event)
    return voice_of(work, claim.entry)


def hold_claim(work: Work, identity: UUID) -> Claim:
    """One claim for the desk that moves it, its row held until the end."""
    check_permission(work.actor, Permission.RECRUITER_JUDGE)
    cost_entries.find_entry(work.session, work.ports.vault, identity, hold=True)
    return _claim(work, identity)


def confirm_fee(work: Work, identity: UUID, seen: int, taker: Taker, act: str) -> None:
    """An official established that a fee was taken: who took it recruits nobody new (R30).

    1. the claim, held, a fee under its programme; 2. against whom: the licence, or the employer
    where it asked itself; 3. a suspension by the number of the `act`, or a warning of who has no
    licence that could be suspended; 4. a case at the complaints office, which shields the worker.
    The worker's application is not touched: nobody is refused for having been charged.
    """
    claim = _lock(work, identity, seen)  # 1
    before = claim.entry
    if before.fee_confirmed_at is not None:
        raise Conflict("fee-confirmed")
    if not is_fee(before.payment, costs_of(work, claim.programme)):
        raise Conflict("no-fee")
    against = _find_against(work, claim, taker, act)  # 2
    if against is None:
        _warn_of(work, before, taker)  # 3
    else:
        measure = Measure(before.id, MeasureKind.SUSPENSION, act.strip(), legal_day(work.now))
        standings.record_measure(work, against, measure)
    after = replace(
        before,
        fee_confirmed_at=work.now,
        licence=against.licence if against else None,
        version=before.version + 1,
    )
    event = work.event(Act.FEE_CONFIRMED, identity)
    cost_entries.save_fee(work.session, after, work.actor.person, event=event)
    _open_case(work, claim, against, act.strip())  # 4


def _open_case(work: Work, claim: Claim, against: Against | None, act: str) -> None:
    """The complaints office takes care of the worker; without its keys the case waits for them."""
    entry = claim.entry
    official = entry.payment.asker is Asker.OFFICIAL
    wish = CostWish(Ground.EX_OFFICIO, (CostReason.FEE,), f"R30: {act}", official)
    case = CostCase(
        work.new_id(),
        entry.application,
        entry.worker,
        against.employer if against else None,
        wish,
        work.now,
        cost=entry.id,
    )
    cost_complaints.want_case(work, case)


def _warn_of(work: Work, entry: CostEntry, taker: Taker) -> None:
    """Tell the public of a broker by phone or name; an official accused is for the office alone."""
    named = taker.name.strip() or taker.phone
    if entry.payment.asker is Asker.OFFICIAL or not named:
        return
    report = Report(work.new_id(), ReportKind.ASKED_MONEY, taker.name.strip(), taker.phone)
    offer_checks.report_offer(work, report)
    offer_checks.judge_report(work, report.id, ReportState.CONFIRMED)


def _find_against(work: Work, claim: Claim, taker: Taker, act: str) -> Against | None:
    """The same as `_against`; Invalid with every fault at once, a missing number of the act too."""
    faults = [] if act.strip() else [Fault("missing", "reference")]
    try:
        against = _against(work, claim, taker)
    except Invalid as invalid:
        raise Invalid([*invalid.faults, *faults]) from invalid
    refuse_if(faults)
    return against


def _against(work: Work, claim: Claim, taker: Taker) -> Against | None:
    """Whose standing suffers; None for an official, and where it is said that there is no licence.

    Invalid where neither a licence nor that there is none was said, or both: confirming is done
    once, and what is told of who has no licence would be told of nobody.
    """
    number, asker = normal_number(taker.licence), claim.entry.payment.asker
    if number and (taker.unlicensed or taker.name.strip() or taker.phone):
        raise Invalid([Fault("licence-and-none", "licence")])
    if number:
        listed = registries.list_matching(work.session, OF_RECRUITERS, numbers=[number])
        if len(listed) != 1:
            code = "licence-twice" if listed else "licence-none"
            raise Invalid([Fault(code, "licence")])
        return Against(licence=LicenceKey(listed[0].registry, listed[0].entry.number))
    if asker is Asker.OFFICIAL or (taker.unlicensed and asker is not Asker.EMPLOYER):
        return None
    found = find_work(work, claim.vacancy) if claim.vacancy else None
    if asker is not Asker.EMPLOYER or not found or found.offer.is_pool:
        raise Invalid([Fault("missing", "licence")])
    return Against(employer=UUID(found.offer.employer))


def _claim(work: Work, identity: UUID) -> Claim:
    check_permission(work.actor, Permission.RECRUITER_JUDGE)
    return _find(work, identity)


def _find(work: Work, identity: UUID) -> Claim:
    claim = asked.find_claim(work.session, work.ports.vault, identity)
    if claim is None:
        raise NotFound("no-such-cost")
    if claim.entry.worker == work.actor.person:
        raise Forbidden("own-case")
    return claim


def _lock(work: Work, identity: UUID, seen: int) -> Claim:
    claim = hold_claim(work, identity)
    _check_seen(claim, seen)
    return claim


def _check_seen(claim: Claim, seen: int) -> None:
    if claim.entry.version != seen:
        raise Stale("changed-meanwhile")


def _opened(work: Work, claim: Claim) -> OpenedClaim:
    payment, costs = claim.entry.payment, costs_of(work, claim.programme)
    diary = cost_entries.list_entries(work.session, work.ports.vault, claim.entry.application)
    told = [one for one in diary if not one.is_private]
    paid = CostsOf(claim.entry.application, claim.programme, claim.vacancy, told)
    judged = read_costs(work, paid, About.CLAIMS)
    parts = cost_parts.list_of_claims(work.session, work.ports.vault, [claim.entry.id])
    every, today = parts[claim.entry.id], legal_day(work.now)
    repayment = reckon(claim.entry, every, costs.repay_days, today)
    return OpenedClaim(claim, debtor_of(payment, costs), is_fee(payment, costs), judged, repayment)
