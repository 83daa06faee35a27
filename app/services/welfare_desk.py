"""What is due to workers beside wages, as SETRASS's office moves it towards who owes it.

The list names nobody. Opening one is logged and told to its worker. What a family tells of a death
or of somebody who cannot is noted here by the receipt of the application.
"""

from collections.abc import Sequence
from uuid import UUID

from app.services.notices import tell_worker
from app.services.welfare_claims import add_step, keep_claim
from app.services.work import Work
from app.storage import applications, companions
from app.storage import welfare_claims as rows
from app.storage.welfare_claims import OfficeClaim as OfficeClaim
from permits.applications import Application, ApplicationId
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, Forbidden, Invalid, NotFound, Stale, refuse_if
from permits.notices import NoticeKind
from permits.people import Permission
from permits.policies import check_permission
from permits.reach import EVERYTHING
from recruitment.welfare import (
    OFFICES,
    RECEIVERS,
    WelfareAction,
    WelfareClaim,
    WelfareStep,
    WelfareTold,
    find_step_faults,
)

LISTED = 200


def list_claims(work: Work) -> Sequence[OfficeClaim]:
    """What is not settled: what the office has to move, then what rests, the oldest first."""
    check_permission(work.actor, Permission.RECRUITER_JUDGE)
    return rows.list_open(work.session, work.ports.vault, LISTED)


def open_claim(work: Work, identity: UUID) -> OfficeClaim:
    """One claim with its worker's name; that it was opened stands in the log.

    Forbidden for an own one.
    """
    found = _get(work, identity)
    rows.note_reading(work.session, event=work.event(Act.WELFARE_CLAIM_READ, identity))
    return found


def note_told(work: Work, receipt: str, identity: UUID, told: WelfareTold) -> None:
    """Note what somebody tells at the office in a worker's place; an `identity` once.

    Invalid with every fault, where nobody has that receipt too; Forbidden for an own file.
    """
    check_permission(work.actor, Permission.RECRUITER_JUDGE)
    application = companions.find_application(work.session, receipt.strip().upper())
    if application is None:
        raise Invalid([Fault("receipt-unknown", "receipt")])
    found = applications.lock(work.session, application, reach=EVERYTHING)
    if companions.find_application(work.session, found.receipt or "") is None:
        raise Invalid([Fault("receipt-unknown", "receipt")])  # erased while we waited for it
    if found.worker == work.actor.person:
        raise Forbidden("own-case")
    keep_claim(work, found, identity, told, by_worker=False)


def note_step(work: Work, identity: UUID, step: WelfareStep, seen: int) -> None:
    """Send it to who owes it, or write what was answered, or that it was paid.

    1. the claim, held, as it was seen; the same step sent again is none; 2. what is wrong, all at
    once; 3. the worker hears that there is an answer, without what it is about. Of a death the
    office notes too what the family says of the money, and no message goes to the phone of who
    died.
    """
    claim = _lock(work, identity)  # 1
    if claim.is_done(step, seen):
        return
    if claim.version != seen:
        raise Stale("changed-meanwhile")
    allowed = {*OFFICES, *RECEIVERS} if claim.is_heard_at_the_office else set(OFFICES)
    if step.action not in allowed or not claim.may(step.action):
        raise Conflict("no-such-welfare-move", status=claim.status.value, action=step.action.value)
    refuse_if(find_step_faults(step, claim, legal_day(work.now)))  # 2
    after = add_step(work, claim, step)
    if not claim.is_heard_at_the_office:
        once = f"{claim.id}:{after.version}"
        tell_worker(work, NoticeKind.WELFARE_ANSWERED, _file(work, claim), once=once)  # 3


def actions_of(claim: WelfareClaim) -> Sequence[WelfareAction]:
    """What the office may do about it now."""
    every = (*OFFICES, *RECEIVERS) if claim.is_heard_at_the_office else OFFICES
    return [one for one in every if claim.may(one)]


def _file(work: Work, claim: WelfareClaim) -> Application:
    identity = ApplicationId(claim.application)
    return applications.get_application(work.session, identity, reach=EVERYTHING)


def _get(work: Work, identity: UUID) -> OfficeClaim:
    check_permission(work.actor, Permission.RECRUITER_JUDGE)
    found = rows.find_of_office(work.session, work.ports.vault, identity)
    if found is None:
        raise NotFound("no-such-welfare-claim")
    if found.claim.worker == work.actor.person:
        raise Forbidden("own-case")
    return found


def _lock(work: Work, identity: UUID) -> WelfareClaim:
    _get(work, identity)
    claim = rows.find_claim(work.session, work.ports.vault, identity, hold=True)
    if claim is None:
        raise NotFound("no-such-welfare-claim")
    return claim
