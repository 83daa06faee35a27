"""The cost diary of a worker: noted, changed and taken out; asked back, and confirmed as received.

Nobody but the worker reads an entry here. What was asked back the desk reads in `cost_claims`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from app.services.cost_judging import CostsOf, JudgedCosts, costs_of, keep_costs, read_costs
from app.services.cost_voices import forget_voice, keep_voice, voice_of
from app.services.documents import fit_picture
from app.services.erasing import EFFECT
from app.services.kept_findings import About
from app.services.nothing_paid import Said, give_way, own_case, said_of
from app.services.work import Work
from app.storage import cost_cases, cost_entries, cost_parts, outbox
from app.storage.cost_claims import find_paid_for
from permits.applications import Application, ApplicationId
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, NotFound, Stale, refuse_if
from recruitment.cost_cases import CostReason, new_reasons
from recruitment.cost_values import find_reasons
from recruitment.costs import (
    MOST_ENTRIES,
    WORKERS_ACTIONS,
    ClaimAction,
    ClaimStatus,
    CostEntry,
    Costs,
    Owed,
    Payment,
    check_private,
    debtor_of,
    find_faults,
    list_owed,
    move,
)
from recruitment.repayments import Repayment, came_of, reckon

__all__ = ["CostEntry", "Diary"]


@dataclass(frozen=True)
class Diary:
    """Every payment of an own application, what is still owed back by whom, and what it comes to.

    `reasons` are those for which the worker may ask for a case now, `asked` those for which they
    did. `said` is that they paid nothing. `repayments` are those of what was asked back.
    """

    application: Application
    entries: tuple[CostEntry, ...]
    owed: tuple[Owed, ...]
    costs: Costs
    judged: JudgedCosts
    reasons: tuple[CostReason, ...]
    asked: tuple[CostReason, ...]
    vacancy: UUID | None
    said: Said
    repayments: Mapping[UUID, Repayment]


def read_own_diary(work: Work, application: ApplicationId, *, hold: bool = False) -> Diary:
    """The diary of an own application; Hidden for everybody but its worker.

    With `hold` the application's row until the end.
    """
    own = own_case(work, application, hold=hold)
    entries = cost_entries.list_entries(work.session, work.ports.vault, application)
    costs = costs_of(work, own.programme)
    paid_for = find_paid_for(work.session, application)
    paid = CostsOf(own.id, own.programme, paid_for.vacancy, entries)
    judged = read_costs(work, paid, About.DIARY)
    today = legal_day(work.now)
    parts = cost_parts.list_of_application(work.session, work.ports.vault, application)
    found = find_reasons(entries, judged.findings, costs, today, parts)
    cases = cost_cases.list_of_application(work.session, work.ports.vault, application)
    every = (reason for case in cases for reason in case.wish.reasons)
    asked = tuple(one for one in every if one is not CostReason.CONTRACT)
    reasons = new_reasons(found, asked)
    return Diary(
        own,
        tuple(entries),
        list_owed(entries, costs, {one: came_of(some) for one, some in parts.items()}),
        costs,
        judged,
        reasons,
        asked,
        paid_for.vacancy,
        said_of(work, own, entries),
        {
            one.id: reckon(one, parts.get(one.id, ()), costs.repay_days, today)
            for one in entries
            if not one.is_private
        },
    )


def add_cost(
    work: Work,
    application: ApplicationId,
    identity: UUID,
    payment: Payment,
    picture: bytes = b"",
    voice: bytes = b"",
) -> None:
    """Note a payment with its receipt's photo and a voice, if there are any; an `identity` once.

    Invalid with every fault (UnfitFile for a file); Conflict("too-many-costs"), and ("form-used")
    where the identity is another payment's: none gets lost behind one that was sent before.
    """
    own = own_case(work, application, hold=True)
    refuse_if(find_faults(payment, legal_day(work.now)))
    known = cost_entries.list_entries(work.session, work.ports.vault, application)
    before = next((one for one in known if one.id == identity), None)
    if before is not None:
        if before.payment != payment or before.has_files != (bool(picture), bool(voice)):
            raise Conflict("form-used")
        return
    if len(known) >= MOST_ENTRIES:
        raise Conflict("too-many-costs", limit=MOST_ENTRIES)
    key = _keep_receipt(work, own, picture) if picture else None
    entry = CostEntry(identity, own.id, own.worker, payment, work.now, receipt_key=key)
    if voice:
        entry = replace(entry, voice=keep_voice(work, own, entry, voice))
    event = work.event(Act.COST_NOTED, identity)
    cost_entries.add_entry(work.session, work.ports.vault, entry, event=event)
    give_way(work, own, payment)
    keep_costs(work, own)


def change_cost(
    work: Work,
    application: ApplicationId,
    identity: UUID,
    payment: Payment,
    seen: int,
    picture: bytes = b"",
    voice: bytes = b"",
) -> None:
    """Change a payment that nobody else reads yet; another photo or voice replaces the first.

    Stale where it changed since version `seen`; Conflict("cost-asked-back").
    """
    own, before = _lock(work, application, identity, seen)
    check_private(before)
    refuse_if(find_faults(payment, legal_day(work.now)))
    after = replace(before, payment=payment, version=before.version + 1)
    if picture:
        after = replace(after, receipt_key=_keep_receipt(work, own, picture))
        _forget_receipt(work, before)
    if voice:
        after = replace(after, voice=keep_voice(work, own, before, voice))
        forget_voice(work, before)
    event = work.event(Act.COST_CHANGED, identity)
    cost_entries.save_entry(work.session, work.ports.vault, after, event=event)
    give_way(work, own, payment)
    keep_costs(work, own)


def remove_cost(work: Work, application: ApplicationId, identity: UUID, seen: int) -> None:
    """Take a payment out with its photo and voice; what was asked back is withdrawn first."""
    own, before = _lock(work, application, identity, seen)
    check_private(before)
    event = work.event(Act.COST_REMOVED, identity)
    cost_entries.remove_entry(work.session, identity, event=event)
    keep_costs(work, own)
    _forget_receipt(work, before)
    forget_voice(work, before)


def move_own_claim(
    work: Work, application: ApplicationId, identity: UUID, action: ClaimAction, seen: int
) -> None:
    """Ask for it back, take that back, or say whether the money came.

    With ASK the worker lets SETRASS read this one payment. The own step again is none.
    Conflict("no-such-cost-move"), ("nothing-owed") for what nobody owes by itself, and
    ("repayment-begun") where days were told or money was shown: each part has its own answer.
    """
    own_case(work, application, hold=True)
    if action in WORKERS_ACTIONS and _entry(work, application, identity).is_done(action, seen):
        return
    own, before = _lock(work, application, identity, seen)
    if action not in WORKERS_ACTIONS:
        raise Conflict("no-such-cost-move", status=before.status.value, action=action.value)
    owed = debtor_of(before.payment, costs_of(work, own.programme))
    if action is ClaimAction.ASK and owed is None:
        raise Conflict("nothing-owed")
    if cost_parts.list_of_claims(work.session, work.ports.vault, [identity])[identity]:
        raise Conflict("repayment-begun")  # part by part by now, and not taken back
    status = move(before, action)
    asked_at = None if status is ClaimStatus.NOTED else before.asked_at or work.now
    after = replace(before, status=status, asked_at=asked_at, version=before.version + 1)
    event = work.event(Act.COST_CLAIM_MOVED, identity, {"action": action.value})
    cost_entries.save_claim(work.session, after, event=event)
    keep_costs(work, own)


def read_own_receipt(work: Work, application: ApplicationId, identity: UUID) -> bytes:
    """The photo of a receipt, for the worker who took it."""
    own_case(work, application)
    return receipt_of(work, _entry(work, application, identity))


def hear_own_voice(work: Work, application: ApplicationId, identity: UUID) -> tuple[bytes, str]:
    """What its worker said of a payment, with its media type."""
    own_case(work, application)
    return voice_of(work, _entry(work, application, identity))


def receipt_of(work: Work, entry: CostEntry) -> bytes:
    """The photo of an entry; NotFound where there is none."""
    if entry.receipt_key is None:
        raise NotFound("no-such-document")
    return work.ports.objects.get(entry.receipt_key)


def _entry(
    work: Work, application: ApplicationId, identity: UUID, *, hold: bool = False
) -> CostEntry:
    found = cost_entries.find_entry(work.session, work.ports.vault, identity, hold=hold)
    if found is None or found.application != application:
        raise NotFound("no-such-cost")
    return found


def lock_own(
    work: Work, application: ApplicationId, identity: UUID
) -> tuple[Application, CostEntry]:
    """An own payment and its application, their rows held until the end."""
    own = own_case(work, application, hold=True)
    return own, _entry(work, application, identity, hold=True)


def _lock(
    work: Work, application: ApplicationId, identity: UUID, seen: int
) -> tuple[Application, CostEntry]:
    own, entry = lock_own(work, application, identity)
    if entry.version != seen:
        raise Stale("changed-meanwhile")
    return own, entry


def _keep_receipt(work: Work, own: Application, data: bytes) -> str:
    """The object first: an orphan harms nobody, a row without its object would be broken."""
    picture = fit_picture(work, own, "receipt", data)
    key = f"costs/{own.id}/{work.new_id()}.jpg"
    work.ports.objects.put(key, picture.data, picture.media_type)
    return key


def _forget_receipt(work: Work, entry: CostEntry) -> None:
    if entry.receipt_key is not None:
        key = entry.receipt_key
        outbox.put(work.session, outbox.Effect(EFFECT, f"delete:{key}", {"key": key}), work.now)
