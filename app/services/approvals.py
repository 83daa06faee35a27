"""Deciding on an application, for one agency at a time; and holding a case while at work on it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.services import (
    contract_blocks,
    issuing,
    notices,
    quotas,
    worker_numbers,
)
from app.services.case import Case, load_case
from app.services.decision_signatures import sign_decision
from app.services.reaching import writing
from app.services.ties import ties_of
from app.services.work import Work
from app.storage import applications, approvals, drafts
from permits.applications import Action, Application, ApplicationId, moved, released
from permits.approvals import Decision, Ground, Opinion, find_faults, outcome, settling
from permits.audit import Act, AuditEvent
from permits.errors import Fault, Stale, refuse_if
from permits.findings import Severity
from permits.holds import TakeOver, check_take_over
from permits.notices import AFTER, NoticeKind
from permits.people import Agency, Permission
from permits.policies import check_decide, check_hold, check_permission, check_read


@dataclass(frozen=True)
class Ruling:
    """What an official says: the opinion, coded grounds or reasons, words to the worker."""

    opinion: Opinion
    grounds: tuple[Ground, ...] = ()
    note: str = ""


def decide_application(
    work: Work, application: ApplicationId, ruling: Ruling, *, seen_version: int
) -> Application:
    """Record one agency's decision and, where it settles the round, what follows from it.

    1. the row is locked, and must be the version that the official saw (Stale) – asked only of
    who may know of the case; 2. may this official decide, now, for their agency; 3. is the
    decision well-formed, and does no blocking finding and no full quota stand against an approval
    (Invalid); 4. the decision is signed and recorded with the digest, and takes its places of the
    quotas; 5. the joint outcome is derived; 6. a settled round moves the status, tells the worker
    and, if approved, grants the right and prepares the credential, else gives the places back; one
    that stays open under seal tells nobody anything. All in one transaction.
    """
    check_permission(work.actor, Permission.APPLICATION_DECIDE)
    case = load_case(work, application, lock=True)  # 1
    check_read(work.actor, case.application)
    if case.application.version != seen_version:
        raise Stale("changed-meanwhile")
    agency = check_decide(work.actor, case.turn, ruling.opinion)  # 2
    return record_ruling(work, case, agency, ruling)


def record_ruling(work: Work, case: Case, agency: Agency, ruling: Ruling) -> Application:
    """Steps 3 to 6, for who has shown that they may decide this case, whose row is locked."""
    refuse_if(find_faults(agency, ruling.opinion, ruling.grounds, ruling.note))  # 3
    if ruling.opinion is Opinion.APPROVE:
        refuse_if(blocking(case) or contract_blocks.blocking(work, case, agency))
    places = quotas.find_places(work, case, agency, ruling.opinion)
    decision = _decision(work, case, agency, ruling)
    event = _decided(work, decision, quotas.named(places))
    taking = quotas.taking(case, places, decision)
    approvals.add_decision(  # 4
        work.session, case.application, decision, beside=taking, event=event
    )
    return _settle(work, case, [*case.decisions, decision])  # 5, 6


def _decision(work: Work, case: Case, agency: Agency, ruling: Ruling) -> Decision:
    decision = Decision(
        case.application.id,
        case.application.round,
        case.application.digest or "",
        agency,
        work.actor.person,
        ruling.opinion,
        work.now,
        ruling.grounds,
        ruling.note,
    )
    return replace(decision, signature=sign_decision(work, decision))


def blocking(case: Case) -> list[Fault]:
    """The findings that stand against any approval, as faults of the opinion."""
    return [
        Fault(finding.code, "opinion", dict(finding.facts))
        for finding in case.findings
        if finding.severity is Severity.BLOCK
    ]


def _settle(work: Work, case: Case, decisions: Sequence[Decision]) -> Application:
    before = case.application
    action = outcome(decisions, case.agencies, sealed=case.programme.sealed)
    if action is None and case.programme.sealed:
        return _keep_sealed(work, before)
    if action in {Action.REFUSE, Action.RETURN}:
        quotas.give_back(work, before.id)
    if action is Action.APPROVE:
        quotas.take_over(work, case, decisions)
    after = moved(before, action) if action else released(before)
    event = work.event(
        Act.APPLICATION_SETTLED, before.id, {"status": after.status.value, "round": before.round}
    )
    after = applications.save(work.session, before, after, work.now, event=event)
    if action is None:
        notices.tell_worker(work, NoticeKind.FIRST_AGENCY_APPROVED, after)
        return after
    notices.tell_worker(work, AFTER[action], after, _told(decisions, action))
    if action is Action.APPROVE:
        issuing.grant(work, replace(case, application=after), decisions)
        worker_numbers.join_verified(work, after)
    return after


def _keep_sealed(work: Work, before: Application) -> Application:
    """Nothing of the case tells that somebody decided: neither its version nor a message.

    Who held it lets it go, as anybody does who is done with it; what the other agency holds stays.
    """
    if before.held_by != work.actor.person:
        return before
    event = work.event(Act.APPLICATION_RELEASED, before.id)
    return applications.save(work.session, before, released(before), work.now, event=event)


def _told(decisions: Sequence[Decision], action: Action) -> dict[str, str]:
    """What the worker is told of a settled round: of every agency that said so."""
    said = settling(decisions, action)
    agencies, notes = (one.agency.value for one in said), (one.note for one in said if one.note)
    return {"agency": " / ".join(agencies), "note": "\n\n".join(notes)}


def _decided(work: Work, decision: Decision, places: list[str]) -> AuditEvent:
    signed = decision.signature
    return work.event(
        Act.APPLICATION_DECIDED,
        decision.application,
        {
            "agency": decision.agency.value,
            "opinion": decision.opinion.value,
            "grounds": [ground.value for ground in decision.grounds],
            "round": decision.round,
            "digest": decision.digest,
            **({"places": places} if places else {}),
            **({"key": signed.key.hex(), "signature": signed.value.hex()} if signed else {}),
        },
    )


def hold_application(
    work: Work,
    application: ApplicationId,
    *,
    seen_version: int,
    reason: TakeOver | None = None,
) -> Application:
    """Take a case: the list shows the holder's name, and only the holder decides.

    Taking it from a colleague needs a `reason` (Invalid), which stands in the log with the
    colleague's id.
    """
    before = _lock_to_hold(work, application, seen_version)
    check_take_over(work.actor, before, reason)
    after = replace(
        before,
        held_by=work.actor.person,
        held_by_name=work.actor.name,
        held_since=work.now,
    )
    taken_from = str(before.held_by) if before.held_by else None
    facts = {"taken_from": taken_from, **({"reason": reason.value} if reason else {})}
    event = work.event(Act.APPLICATION_HELD, application, facts)
    return applications.save(work.session, before, after, work.now, event=event)


def release_application(
    work: Work, application: ApplicationId, *, seen_version: int
) -> Application:
    """Give a case back to the queue; only its holder does."""
    before = _lock_to_hold(work, application, seen_version)
    if before.held_by != work.actor.person:
        return before
    after = released(before)
    event = work.event(Act.APPLICATION_RELEASED, application)
    return applications.save(work.session, before, after, work.now, event=event)


def _lock_to_hold(work: Work, application: ApplicationId, seen_version: int) -> Application:
    """The locked row; who may not know of it is told nothing of its version."""
    check_permission(work.actor, Permission.APPLICATION_HOLD)
    before, draft = drafts.read_whole(
        work.session, work.ports.vault, application, reach=writing(work), lock=True
    )
    check_read(work.actor, before)
    if before.version != seen_version:
        raise Stale("changed-meanwhile")
    check_hold(work.actor, before, ties_of(work, before, draft.answers.get("document_number")))
    return before
