"""A repayment in parts: SETRASS proposes days and notes what came, the worker has the last word.

No day counts to which the worker did not agree, and no money which they did not confirm. Days
that pass without their money are found by the worker process.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from app.services import cost_claims, notices
from app.services.cost_judging import costs_of, keep_costs
from app.services.costs import lock_own
from app.services.work import Work
from app.storage import applications, cost_entries, cost_parts, people
from app.storage.cost_claims import Claim
from permits.applications import Application, ApplicationId
from permits.audit import Act, AuditEvent
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, Invalid, NotFound, Stale, refuse_if
from permits.notices import Notice, NoticeKind
from permits.reach import EVERYTHING
from recruitment.costs import ClaimAction, ClaimStatus, CostEntry, move
from recruitment.exchange_rates import convert
from recruitment.repayments import (
    DAYS,
    MOST_PARTS,
    Handing,
    Part,
    PartAction,
    PartStatus,
    PartTold,
    Repayment,
    find_part_faults,
    find_plan_faults,
    move_part,
    reckon,
    status_of,
)

BATCH = 200
"""Agreed days that one transaction looks at; the next minute goes on."""


@dataclass(frozen=True)
class Shown:
    """Money that the debtor showed; `id` is the form's own, or that of a part shown once more."""

    id: UUID
    day: date
    amount: Decimal
    currency: str
    handing: Handing | None
    evidence: str

    def is_told(self, told: PartTold) -> bool:
        """Whether a part that is kept says the same."""
        own = (self.day, self.amount, self.currency, self.handing, self.evidence.strip())
        return own == (told.day, told.amount, told.currency, told.handing, told.evidence)


def propose_plan(work: Work, cost: UUID, plan: Sequence[tuple[date, Decimal]], seen: int) -> None:
    """Propose days and sums for what nobody paid yet; its worker hears it, and agrees or not.

    Until then the days that counted go on counting. Invalid with every fault; Stale where the
    claim changed since version `seen`; Conflict("no-such-cost-move") where all was shown.
    """
    claim, parts = _hold(work, cost, seen)
    entry = claim.entry
    move(entry, ClaimAction.PAY)
    state = _reckon(work, claim.programme, entry, parts)
    refuse_if(find_plan_faults(plan, state.unpaid, legal_day(work.now)))
    _check_room(parts, len(plan))
    currency = entry.payment.currency
    currency, after = entry.payment.currency, _next(entry)
    proposed = [
        Part(
            work.new_id(),
            cost,
            PartTold(day, amount, currency, amount),
            PartStatus.PROPOSED,
            work.now,
        )
        for day, amount in plan
    ]
    event = _event(work, cost, "plan-propose")
    cost_parts.propose(work.session, work.ports.vault, after, proposed, event=event)
    _tell(work, claim, NoticeKind.COST_PLAN, after)


def read_unpaid(work: Work, cost: UUID) -> Decimal:
    """What nobody showed as paid yet, in the currency of the claim; its row is held."""
    claim = cost_claims.hold_claim(work, cost)
    return _reckon(work, claim.programme, claim.entry, _parts(work, cost)).unpaid


def note_part(work: Work, cost: UUID, shown: Shown, seen: int) -> None:
    """The debtor showed that a part or all of it was given back; the same form twice is once.

    1. the claim, held, as it was seen; 2. what is wrong, all at once; what came in another
    currency counts by the rate of its day, and is refused without one; 3. the part, new or shown
    once more, and what the parts now come to; 4. the worker is asked whether it came.
    Conflict("form-used") where the id is that of a part that says something else.
    """
    before = next((one for one in _parts(work, cost) if one.id == shown.id), None)
    if before is not None and before.status is not PartStatus.CONTESTED:
        cost_claims.hold_claim(work, cost)
        if not shown.is_told(before.told):
            raise Conflict("form-used")
        return
    claim, parts = _hold(work, cost, seen)  # 1
    entry = claim.entry
    move(entry, ClaimAction.PAY)
    told = _told(work, claim, shown)  # 2
    if before is None:  # 3
        _check_room(parts, 1)
        part = Part(shown.id, cost, told, PartStatus.PAID, work.now)
    else:
        part = replace(before, told=told, status=move_part(before, PartAction.SHOW))
    every = [*(one for one in parts if one.id != part.id), part]
    after = _next(entry, status_of(entry, every))
    event = _event(work, cost, ClaimAction.PAY.value)
    cost_parts.keep(work.session, work.ports.vault, after, part, event=event)
    _tell(work, claim, NoticeKind.COST_PAID, after)  # 4


def answer_plan(
    work: Work, application: ApplicationId, cost: UUID, seen: int, *, agrees: bool
) -> None:
    """The worker agrees to the days, or not: then what counted before goes on counting.

    Said again it is none; Stale where something changed since version `seen`.
    """
    own, entry, parts = _own(work, application, cost)
    if not any(one.status is PartStatus.PROPOSED for one in parts):
        return
    _check_seen(entry, seen)
    action = "plan-agree" if agrees else "plan-refuse"
    change = cost_parts.agree if agrees else cost_parts.refuse
    change(work.session, _next(entry), event=_event(work, cost, action))
    keep_costs(work, own)


def answer_part(
    work: Work, application: ApplicationId, cost: UUID, part: UUID, seen: int, *, came: bool
) -> None:
    """The worker says whether this money came; the sum of what came decides when it is repaid.

    Said again it is none; Stale where something changed since version `seen`.
    """
    own, entry, parts = _own(work, application, cost)
    before = next((one for one in parts if one.id == part and one.status not in DAYS), None)
    if before is None:
        raise NotFound("no-such-cost")
    action = PartAction.CONFIRM if came else PartAction.CONTEST
    if before.status is (PartStatus.CONFIRMED if came else PartStatus.CONTESTED):
        return
    _check_seen(entry, seen)
    after = replace(before, status=move_part(before, action))
    every = [after if one.id == part else one for one in parts]
    claim = _next(entry, status_of(entry, every))
    event = _event(work, cost, f"part-{action.value}")
    cost_parts.keep(work.session, work.ports.vault, claim, after, event=event)
    keep_costs(work, own)


def tell_late(work: Work, limit: int = BATCH) -> int:
    """The task of the minute: a worker hears once of each agreed day that passed without its money.

    No sum and no debtor is named. Where the money of a day came otherwise nothing is told. Returns
    how many days were looked at.
    """
    today = legal_day(work.now)
    passed = cost_parts.list_passed(work.session, work.ports.vault, today, limit)
    every = cost_parts.list_of_claims(
        work.session, work.ports.vault, sorted({one.cost for one in passed})
    )
    told: set[UUID] = set()
    for one in passed:
        entry = cost_entries.find_entry(work.session, work.ports.vault, one.cost)
        if entry is None:
            continue
        file = applications.get_application(
            work.session, ApplicationId(entry.application), reach=EVERYTHING
        )
        late = _reckon(work, file.programme, entry, every[one.cost]).late > 0
        action = "part-late" if late else "part-in-time"
        cost_parts.mark_told(work.session, one.id, work.now, event=_event(work, one.cost, action))
        if late and entry.id not in told:
            notices.tell_worker(work, NoticeKind.COST_PART_LATE, file, once=str(one.id))
        told.add(entry.id)
    return len(passed)


def _told(work: Work, claim: Claim, shown: Shown) -> PartTold:
    entry, costs = claim.entry, costs_of(work, claim.programme)
    told = PartTold(
        shown.day, shown.amount, shown.currency, shown.amount, shown.handing, shown.evidence.strip()
    )
    asked_on = legal_day(entry.asked_at or entry.noted_at)
    refuse_if(find_part_faults(told, asked_on, legal_day(work.now)))
    rates = work.ports.reference.exchange_rates
    paid, owed = (told.amount, told.currency), entry.payment.currency
    worth = convert(*paid, owed, told.day, rates, costs.rate_days)
    if worth is None:
        raise Invalid([Fault("no-rate", "currency")])
    return replace(told, worth=worth.amount)


def _reckon(work: Work, programme: str, entry: CostEntry, parts: Sequence[Part]) -> Repayment:
    return reckon(entry, parts, costs_of(work, programme).repay_days, legal_day(work.now))


def _parts(work: Work, cost: UUID) -> Sequence[Part]:
    return cost_parts.list_of_claims(work.session, work.ports.vault, [cost])[cost]


def _hold(work: Work, cost: UUID, seen: int) -> tuple[Claim, Sequence[Part]]:
    claim = cost_claims.hold_claim(work, cost)
    _check_seen(claim.entry, seen)
    return claim, _parts(work, cost)


def _own(
    work: Work, application: ApplicationId, cost: UUID
) -> tuple[Application, CostEntry, Sequence[Part]]:
    own, entry = lock_own(work, application, cost)
    return own, entry, _parts(work, cost)


def _check_seen(entry: CostEntry, seen: int) -> None:
    if entry.version != seen:
        raise Stale("changed-meanwhile")


def _check_room(parts: Sequence[Part], more: int) -> None:
    if len(parts) + more > MOST_PARTS:
        raise Conflict("too-many-parts", limit=MOST_PARTS)


def _next(entry: CostEntry, status: ClaimStatus | None = None) -> CostEntry:
    return replace(entry, status=status or entry.status, version=entry.version + 1)


def _event(work: Work, cost: UUID, action: str) -> AuditEvent:
    return work.event(Act.COST_CLAIM_MOVED, cost, {"action": action})


def _tell(work: Work, claim: Claim, kind: NoticeKind, after: CostEntry) -> None:
    """Ask the worker by a message; without the sum and who owed it."""
    worker = people.find_worker(work.session, after.worker)
    if worker is None:
        return
    facts = {"receipt": claim.receipt or "", "link": f"{work.ports.public_url}/mi-solicitud"}
    key = f"{kind.value}:{after.id}:{after.version}"
    person = str(worker.person)
    notices.leave(work, Notice(kind, worker.language, key, worker.phone, None, facts, person))
