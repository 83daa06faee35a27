"""What makes good what was found: planned, done, verified; and who asks afterwards."""

import json
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from app.services.complaint_cases import LEAST_BYTES, Handled, load
from app.services.complaint_keys import CaseSeal, open_case
from app.services.work import Work
from app.storage import complaint_remedies as rows
from app.storage.complaint_remedies import FollowUp, SealedRemedy
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, NotFound, Stale, refuse_if
from recruitment.complaints.filed import ComplaintId
from recruitment.complaints.handling import check_handle
from recruitment.complaints.remedies import (
    Remedy,
    RemedyAction,
    RemedyPlan,
    RemedyState,
    Verifier,
    find_faults,
    list_remedy_moves,
    move_remedy,
)
from recruitment.complaints.words import Status

PLANNING = frozenset({Status.FINDING, Status.REMEDY})


@dataclass(frozen=True)
class ShownRemedy:
    """A remedy with its words, and what may be done with it now."""

    remedy: Remedy
    moves: tuple[RemedyAction, ...]


def plan_remedy(
    work: Work, token: str, complaint: UUID, identity: UUID, plan: RemedyPlan, *, seen: int
) -> None:
    """Add a remedy to the plan; the same `identity` once.

    Amount, persons and words stand under the case's key; kind and day stand in clear.
    """
    handled = _mine(work, complaint, seen)
    if handled.filed.status not in PLANNING:
        raise Conflict("no-such-complaint-move", status=handled.filed.status.value, action="")
    refuse_if(find_faults(plan, legal_day(work.now)))
    if any(one.id == identity for one in handled.remedies):
        return
    seal = open_case(work, token, handled.filed.id)
    sealed = seal.seal(work, "remedy", identity, _text(plan), LEAST_BYTES)
    kept = SealedRemedy(
        identity, handled.filed.id, plan.kind, plan.due_on, RemedyState.PLANNED, None, 1, sealed
    )
    event = work.event(Act.COMPLAINT_REMEDY_PLANNED, complaint, {"kind": plan.kind.value})
    rows.add_remedy(work.session, kept, event=event)


def move(
    work: Work,
    token: str,
    complaint: UUID,
    identity: UUID,
    action: RemedyAction,
    verifier: Verifier | None = None,
    *,
    seen: int,
) -> None:
    """Say that it was done, that it came, that it did not, or that it falls away.

    `seen` is the version of the remedy. Conflict("verified-under-number") where a handler speaks
    in the complainant's place; Conflict("verified-by-worker") where an inspection verifies money.
    """
    if verifier is Verifier.COMPLAINANT:
        raise Conflict("verified-under-number")
    handled = load(work, complaint, hold=True)
    check_handle(work.actor, handled.ties)
    held = rows.list_remedies(work.session, handled.filed.id, hold=True)
    before = next((one for one in held if one.id == identity), None)
    if before is None:
        raise NotFound("no-such-remedy")
    if before.version != seen:
        raise Stale("changed-meanwhile")
    if handled.filed.handler != work.actor.person:
        raise Conflict("held-by-other" if handled.filed.handler else "not-your-case")
    seal = open_case(work, token, handled.filed.id)
    state = move_remedy(open_remedy(work, seal, before), action, verifier)
    after = moved(work, before, state, verifier)
    event = work.event(Act.COMPLAINT_REMEDY_MOVED, complaint, {"action": action.value})
    rows.save_state(work.session, after, event=event)


def moved(
    work: Work, before: SealedRemedy, state: RemedyState, verifier: Verifier | None
) -> SealedRemedy:
    """A remedy as it is after a move: on whose word it is verified, and since which day."""
    verified = state is RemedyState.VERIFIED
    return replace(
        before,
        state=state,
        verifier=verifier if verified else None,
        version=before.version + 1,
        verified_on=legal_day(work.now) if verified else None,
    )


def list_shown(work: Work, seal: CaseSeal, handled: Handled) -> list[ShownRemedy]:
    """The remedies of a case that is open."""
    opened = [open_remedy(work, seal, one) for one in handled.remedies]
    return [ShownRemedy(one, list_remedy_moves(one)) for one in opened]


def follow_up(work: Work, complaint: UUID, due_on: date, *, retaliation: bool) -> None:
    """Somebody asked the complainant on a planned day; a retaliation opens the case by a move.

    Conflict("follow-up-early") before its day: who was asked at the closing is asked again.
    Conflict("follow-up-done") where somebody asked already, or nobody should.
    """
    handled = load(work, complaint)
    check_handle(work.actor, handled.ties)
    if due_on > legal_day(work.now):
        raise Conflict("follow-up-early")
    done = FollowUp(ComplaintId(complaint), due_on, legal_day(work.now), retaliation)
    event = work.event(Act.COMPLAINT_FOLLOWED_UP, complaint)
    if not rows.do_follow_up(work.session, done, work.actor.person, event=event):
        raise Conflict("follow-up-done")


def _mine(work: Work, complaint: UUID, seen: int) -> Handled:
    handled = load(work, complaint, seen=seen)
    check_handle(work.actor, handled.ties)
    if handled.filed.handler != work.actor.person:
        raise Conflict("held-by-other" if handled.filed.handler else "not-your-case")
    return handled


def _text(plan: RemedyPlan) -> bytes:
    """What is sealed of a plan: everything but its kind and its day."""
    amount = str(plan.amount) if plan.amount is not None else None
    content = {"words": plan.words.strip(), "amount": amount, "currency": plan.currency}
    return json.dumps(content, ensure_ascii=False).encode()


def read_plan(work: Work, seal: CaseSeal, kept: SealedRemedy) -> RemedyPlan:
    """A remedy's plan, of a case that is open."""
    content = json.loads(seal.open(work, "remedy", kept.id, kept.sealed))
    amount = Decimal(content["amount"]) if content["amount"] else None
    return RemedyPlan(kept.kind, kept.due_on, content["words"], amount, content["currency"])


def open_remedy(work: Work, seal: CaseSeal, kept: SealedRemedy) -> Remedy:
    """A remedy with its words, of a case that is open."""
    plan = read_plan(work, seal, kept)
    return Remedy(kept.id, kept.complaint, plan, kept.state, kept.verifier, kept.version)
