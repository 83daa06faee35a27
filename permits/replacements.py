"""A new card for a right that stands: who may ask for it, and how often by themselves."""

from datetime import datetime

from permits.authorisations import STANDING as STANDING_RIGHTS
from permits.authorisations import Authorisation, status_on
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, Forbidden, refuse_if
from permits.issuing import NOT_LOST, Credential, CredentialState, RevocationReason
from permits.people import Actor, Role

BY_ONESELF = 1
"""So many cards a worker replaces alone; each later one passes by an official. All are free."""

REASONS = (RevocationReason.LOST, RevocationReason.STOLEN, RevocationReason.DAMAGED)
"""What happened to a card that is replaced."""


def is_first(credential: Credential) -> bool:
    """Whether the worker may still replace this card alone.

    One that came because a key was given up, or for another employer or name, was not lost.
    """
    given = credential.replacement_reason in NOT_LOST
    return credential.replacement < BY_ONESELF + given


def check_replace(
    actor: Actor,
    credential: Credential,
    authorisation: Authorisation,
    reason: RevocationReason,
    now: datetime,
) -> None:
    """Whether the newest card of a right may be replaced now; the right must still stand.

    A card that was revoked because it was lost, stolen or damaged is followed by another too; of
    one that was revoked for its content or for fraud an official decides.
    """
    refuse_if([] if reason in REASONS else [Fault("unknown-value", "reason")])
    if status_on(authorisation, legal_day(now)) not in STANDING_RIGHTS:
        raise Conflict("right-ended")
    if credential.state is CredentialState.PENDING:
        raise Conflict("permit-not-ready")
    if credential.state is CredentialState.REPLACED:
        raise Conflict("already-replaced")
    if actor.role is not Role.WORKER:
        return
    if not is_first(credential):
        raise Forbidden("replaced-before")
    if credential.revocation_reason is not None and credential.revocation_reason not in REASONS:
        raise Forbidden("revoked-by-office")
