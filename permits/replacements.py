"""A new card for a right that stands: who may ask for it, and how often by themselves."""

from datetime import datetime

from permits.authorisations import STANDING as STANDING_RIGHTS
from permits.authorisations import Authorisation, status_on
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, Forbidden, refuse_if
from permits.issuing import (
    BY_OFFICIALS,
    NOT_LOST,
    Credential,
    CredentialState,
    RevocationReason,
)
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


def is_ended_by_office(credential: Credential) -> bool:
    """Whether an official ended the card, and not the right: that one passed by an office."""
    return credential.revocation_reason in BY_OFFICIALS


def may_alone(credential: Credential) -> bool:
    """Whether its worker has the next card without an office."""
    if credential.revocation_reason is None:
        return is_first(credential)
    return is_ended_by_office(credential)


def check_replace(
    actor: Actor,
    credential: Credential,
    authorisation: Authorisation,
    reason: RevocationReason,
    now: datetime,
) -> None:
    """Whether the newest card of a right may be replaced now; the right must still stand.

    A card that an official ended is followed by another too, for the worker at once: nobody is
    left without a permit by one person's word. Of one that was revoked for fraud, as was done
    once, an official decides. `reason` of a card that an office ended is the office's.
    """
    known = reason in REASONS or (is_ended_by_office(credential) and reason in BY_OFFICIALS)
    refuse_if([] if known else [Fault("unknown-value", "reason")])
    if status_on(authorisation, legal_day(now)) not in STANDING_RIGHTS:
        raise Conflict("right-ended")
    if credential.state is CredentialState.PENDING:
        raise Conflict("permit-not-ready")
    if credential.state is CredentialState.REPLACED:
        raise Conflict("already-replaced")
    if actor.role is not Role.WORKER:
        return
    if not may_alone(credential):
        lost = credential.revocation_reason is None
        raise Forbidden("replaced-before" if lost else "revoked-by-office")
