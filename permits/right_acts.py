"""Who may do what to a right that was granted, and what this actor may do with it now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from permits.authorisations import (
    Authorisation,
    AuthorisationAction,
    AuthorisationStatus,
    move_authorisation,
    status_on,
)
from permits.deadlines import legal_day
from permits.errors import Conflict, DomainError, Forbidden, Hidden
from permits.issuing import STANDING, Credential, RevocationReason
from permits.people import Actor, Agency, Permission, Role
from permits.policies import check_permission
from permits.replacements import check_replace
from permits.revocations import Outcome, Revocation
from permits.suspensions import Suspension


class RightAct(StrEnum):
    """A thing to do with a right or its card, in the order in which pages show it."""

    REINSTATE = "reinstate"
    SUSPEND = "suspend"
    CONFIRM_REVOCATION = "confirm-revocation"
    DROP_REVOCATION = "drop-revocation"
    PROPOSE_REVOCATION = "propose-revocation"
    REPLACE = "replace"
    REVOKE_CARD = "revoke-card"


@dataclass(frozen=True)
class RightCase:
    """A right with all that decides what may be done with it; `own` as in `policies.Ties`.

    `suspension` is the one that runs, `proposal` the revocation that waits, `credential` the
    newest card; each None where there is none.
    """

    authorisation: Authorisation
    suspension: Suspension | None = None
    proposal: Revocation | None = None
    credential: Credential | None = None
    own: bool = False

    def status(self, now: datetime) -> AuthorisationStatus:
        """Where the right stands at an instant."""
        return status_on(self.authorisation, legal_day(now))


def check_suspend(actor: Actor, case: RightCase, now: datetime) -> Agency:
    """A supervisor of either agency suspends a right that stands; returns the agency."""
    agency = _check_official(actor, Permission.AUTHORISATION_SUSPEND, case)
    move_authorisation(case.status(now), AuthorisationAction.SUSPEND)
    return agency


def check_reinstate(actor: Actor, case: RightCase, now: datetime) -> Suspension:
    """Another official of the agency that suspended gives the right back; returns what ends."""
    agency = _check_official(actor, Permission.AUTHORISATION_REINSTATE, case)
    move_authorisation(case.status(now), AuthorisationAction.REINSTATE)
    suspension = case.suspension
    if suspension is None:
        raise Conflict("no-such-right-move", status="suspended", action="reinstate")
    _check_same_agency(agency, suspension.agency)
    if actor.person == suspension.official:
        raise Forbidden("own-suspension")
    return suspension


def check_propose(actor: Actor, case: RightCase, now: datetime) -> Agency:
    """An official of either agency proposes to take a right back; one proposal at a time."""
    agency = _check_official(actor, Permission.AUTHORISATION_REVOKE, case)
    move_authorisation(case.status(now), AuthorisationAction.REVOKE)
    if case.proposal is not None:
        raise Conflict("revocation-already-proposed")
    return agency


def check_confirm(actor: Actor, case: RightCase, now: datetime) -> Revocation:
    """Another official of the same agency takes the right back; returns the proposal."""
    agency = _check_official(actor, Permission.AUTHORISATION_REVOKE, case)
    move_authorisation(case.status(now), AuthorisationAction.REVOKE)
    proposal = _proposal(case, agency)
    if actor.person == proposal.proposed_by:
        raise Forbidden("own-proposal")
    return proposal


def check_drop(actor: Actor, case: RightCase) -> Outcome:
    """A proposal is dropped: `withdrawn` by who made it, `rejected` by a colleague."""
    agency = _check_official(actor, Permission.AUTHORISATION_REVOKE, case)
    proposal = _proposal(case, agency)
    return Outcome.WITHDRAWN if actor.person == proposal.proposed_by else Outcome.REJECTED


def check_end(actor: Actor, case: RightCase, now: datetime) -> None:
    """The worker ends the own right, unless somebody proposes to take it back."""
    check_permission(actor, Permission.APPLICATION_EDIT_OWN)
    if actor.person != case.authorisation.worker:
        raise Hidden("no-such-authorisation")
    move_authorisation(case.status(now), AuthorisationAction.END)
    if case.proposal is not None:
        raise Conflict("revocation-waits")


def check_revoke_card(actor: Actor, case: RightCase) -> None:
    """An official ends a card that stands, not in their own case; the right stands."""
    _check_official(actor, Permission.CREDENTIAL_REVOKE, case)
    if case.credential is None or case.credential.state not in STANDING:
        raise Conflict("permit-not-standing")


def right_acts(actor: Actor, case: RightCase, now: datetime) -> tuple[RightAct, ...]:
    """Every act that would be accepted now, in the order of `RightAct`."""
    checks: Mapping[RightAct, Callable[[], object]] = {
        RightAct.SUSPEND: lambda: check_suspend(actor, case, now),
        RightAct.REINSTATE: lambda: check_reinstate(actor, case, now),
        RightAct.PROPOSE_REVOCATION: lambda: check_propose(actor, case, now),
        RightAct.CONFIRM_REVOCATION: lambda: check_confirm(actor, case, now),
        RightAct.DROP_REVOCATION: lambda: check_drop(actor, case),
        RightAct.REPLACE: lambda: _check_replace(actor, case, now),
        RightAct.REVOKE_CARD: lambda: check_revoke_card(actor, case),
    }
    return tuple(act for act in RightAct if _passes(checks[act]))


def _check_official(actor: Actor, permission: Permission, case: RightCase) -> Agency:
    check_permission(actor, permission)
    if actor.agency is None:
        raise Forbidden("not-permitted", permission=permission.value)
    if case.own or actor.person == case.authorisation.worker:
        raise Forbidden("own-case")
    return actor.agency


def _check_same_agency(mine: Agency, other: Agency) -> None:
    if mine is not other:
        raise Forbidden("other-agencys-measure", agency=other.value)


def _proposal(case: RightCase, agency: Agency) -> Revocation:
    if case.proposal is None:
        raise Conflict("no-revocation-proposed")
    _check_same_agency(agency, case.proposal.agency)
    return case.proposal


def _check_replace(actor: Actor, case: RightCase, now: datetime) -> None:
    check_permission(actor, Permission.CREDENTIAL_REPLACE)
    if case.own and actor.role is not Role.WORKER:
        raise Forbidden("own-case")
    if case.credential is None:
        raise Conflict("permit-not-ready")
    check_replace(actor, case.credential, case.authorisation, RevocationReason.LOST, now)


def _passes(check: Callable[[], object]) -> bool:
    try:
        check()
    except DomainError:
        return False
    return True
