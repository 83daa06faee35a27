"""A worker's claims for what is due beside wages: told, taken back, and said to have come.

Nobody but the worker reads them here; the office reads them in `welfare_desk`, the employer never.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from app.services.reaching import reading, writing
from app.services.work import Work
from app.storage import applications, travel_papers
from app.storage import welfare_claims as rows
from permits.applications import Application, ApplicationId, Status
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, Hidden, NotFound, Stale, refuse_if
from permits.people import Permission
from recruitment.travel_papers import Cover
from recruitment.welfare import (
    MOST_CLAIMS,
    RECEIVERS,
    WelfareAction,
    WelfareClaim,
    WelfareStep,
    WelfareTold,
    find_faults,
    move,
)

WORKERS = frozenset({*RECEIVERS, WelfareAction.WITHDRAW})


@dataclass(frozen=True)
class OwnClaims:
    """An application with its claims, and the insurances that its travel papers name."""

    application: Application
    claims: Sequence[WelfareClaim]
    covers: Sequence[Cover]

    @property
    def may_claim(self) -> bool:
        """There is work to claim from once the permit is granted."""
        return self.application.status is Status.APPROVED


def read_own_claims(work: Work, application: ApplicationId) -> OwnClaims:
    """The claims of an own application; Hidden for everybody but its worker."""
    own = _own(work, application)
    claims = rows.list_claims(work.session, work.ports.vault, application)
    papers = travel_papers.list_papers(work.session, application)
    covers = dict.fromkeys(one.told.cover for one in papers if one.told.cover is not None)
    return OwnClaims(own, claims, tuple(covers))


def claim_welfare(
    work: Work, application: ApplicationId, identity: UUID, told: WelfareTold
) -> None:
    """The worker tells what is due to them; an `identity` once.

    Invalid with every fault; Conflict("welfare-without-work"), ("too-many-welfare-claims"), and
    ("form-used") where the identity is another claim's: none gets lost behind it.
    """
    own = _own(work, application, hold=True)
    keep_claim(work, own, identity, replace(told, teller=""), by_worker=True)


def keep_claim(
    work: Work, found: Application, identity: UUID, told: WelfareTold, *, by_worker: bool
) -> None:
    """Keep what was told of an application that the caller holds and may tell for."""
    refuse_if(find_faults(told, legal_day(work.now), by_worker=by_worker))
    if found.status is not Status.APPROVED:
        raise Conflict("welfare-without-work")
    known = rows.list_claims(work.session, work.ports.vault, found.id)
    before = next((one for one in known if one.id == identity), None)
    if before is not None:
        if before.told != told:
            raise Conflict("form-used")
        return
    if len(known) >= MOST_CLAIMS:
        raise Conflict("too-many-welfare-claims", limit=MOST_CLAIMS)
    claim = WelfareClaim(identity, found.id, found.worker, told, work.now, work.actor.person)
    event = work.event(Act.WELFARE_CLAIMED, identity, {"by": "worker" if by_worker else "office"})
    rows.add_claim(work.session, work.ports.vault, claim, event=event)


def move_own_claim(
    work: Work, application: ApplicationId, identity: UUID, action: WelfareAction, seen: int
) -> None:
    """Take it back, or say whether the money came.

    What came of a death's claim the family says at the office. The own step again is none. Stale
    where it changed since version `seen`; Conflict("no-such-welfare-move").
    """
    _own(work, application, hold=True)
    claim = rows.find_claim(work.session, work.ports.vault, identity, hold=True)
    if claim is None or claim.application != application:
        raise NotFound("no-such-welfare-claim")
    step = WelfareStep(action, legal_day(work.now), work.now)
    if claim.is_done(step, seen):
        return
    if claim.version != seen:
        raise Stale("changed-meanwhile")
    of_family = claim.is_heard_at_the_office and action in RECEIVERS
    if action not in WORKERS or of_family:
        raise Conflict("no-such-welfare-move", status=claim.status.value, action=action.value)
    add_step(work, claim, step)


def add_step(work: Work, claim: WelfareClaim, step: WelfareStep) -> WelfareClaim:
    """Write one step of a claim that the caller holds, and return it as it is now."""
    status, steps = move(claim, step.action), (*claim.steps, step)
    after = replace(claim, status=status, steps=steps, version=claim.version + 1)
    event = work.event(Act.WELFARE_CLAIM_MOVED, claim.id, {"action": step.action.value})
    rows.save_step(work.session, work.ports.vault, after, event=event)
    return after


def _own(work: Work, application: ApplicationId, *, hold: bool = False) -> Application:
    if hold:
        own = applications.lock(work.session, application, reach=writing(work))
    else:
        own = applications.get_application(work.session, application, reach=reading(work))
    if work.actor.person != own.worker or not work.actor.can(Permission.APPLICATION_READ_OWN):
        raise Hidden("no-such-application")
    return own
