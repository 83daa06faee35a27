"""What hangs on a key that was given up is prepared anew: nothing is lost, and nothing doubled.

The recorded bytes of a credential never change, so another follows it: with a number, a place and
bytes of its own, under the key that signs now. The one before ends in the same transaction.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from app.services import issuing
from app.services.authorisations import publish_cards, right_of
from app.services.case import load_case
from app.services.issuing import Follows
from app.services.work import Work
from app.storage import authorisations, credentials, key_uses
from permits.audit import Act, Fact
from permits.authorisations import STANDING, status_on
from permits.deadlines import legal_day
from permits.errors import DomainError
from permits.issuing import (
    Credential,
    CredentialAction,
    CredentialState,
    RevocationReason,
    move_credential,
)
from permits.keys import KeyState, find_signing
from permits.people import Permission
from permits.policies import check_permission
from permits.reach import EVERYTHING
from permits.signing import KeyUse

BATCH = 50
_REASON = RevocationReason.KEY_COMPROMISED


def prepare_anew(work: Work) -> int:
    """Prepare again what waits for the signature of a key that was given up; returns how many.

    0 while no key signs: what waits goes on waiting, and is told of (`key_care`).
    """
    standing = work.ports.keys.list_keys()
    if find_signing(standing, KeyUse.PERMIT) is None:
        return 0
    lost = [key.kid for key in standing if key.state is KeyState.COMPROMISED]
    return sum(_follow_all(work, kid, CredentialState.PENDING, None) for kid in lost)


def reissue(work: Work, kid: bytes, cutoff: datetime | None) -> int:
    """Let another card follow each that turned red with a key; returns how many of a batch.

    To be called again until it returns 0. What was issued before the cutoff counts and is left.
    """
    return _follow_all(work, kid, CredentialState.ISSUED, cutoff)


def _follow_all(work: Work, kid: bytes, state: CredentialState, cutoff: datetime | None) -> int:
    check_permission(work.actor, Permission.CREDENTIAL_SIGN)
    found = key_uses.list_of_key(work.session, kid, state, work.now, cutoff, BATCH)
    return sum(_is_followed(work, card, state) for card in found)


def _is_followed(work: Work, card: UUID, state: CredentialState) -> bool:
    """One that cannot be followed, as its right has ended, keeps no other waiting."""
    try:
        with work.attempt():
            return _follow(work, card, state)
    except DomainError:
        return False


def _follow(work: Work, card: UUID, state: CredentialState) -> bool:
    """1. the right, held, and its newest card; 2. that still stands so; 3. the card ends; 4. the
    next one by the numbered steps of issuing; 5. the lists are signed anew."""
    session, vault = work.session, work.ports.vault
    asked = credentials.get_credential(session, vault, card, reach=EVERYTHING)
    right = authorisations.lock_authorisation(session, asked.authorisation, reach=EVERYTHING)  # 1
    before = credentials.list_of_right(session, vault, right.id, hold=True)[0]
    if (before.id, before.state) != (card, state):  # 2
        return False
    if status_on(right, legal_day(work.now)) not in STANDING:
        return False
    _end(work, before)  # 3
    case = load_case(work, right.application)
    issued = issuing.issue_again(work, case, right, Follows(before, _REASON))  # 4
    publish_cards(work, right_of(work, right), about=str(issued.id))  # 5
    return True


def _end(work: Work, before: Credential) -> None:
    """A card that somebody holds is replaced; one that was never signed is revoked."""
    facts = {"number": before.number, "reason": _REASON.value}
    if before.state is CredentialState.ISSUED:
        after = replace(before, state=move_credential(before.state, CredentialAction.REPLACE))
        told: dict[str, Fact] = {**facts, "replacement": before.replacement + 1}
        event = work.event(Act.CREDENTIAL_REPLACED, before.id, told)
    else:
        after = replace(
            before,
            state=move_credential(before.state, CredentialAction.REVOKE),
            revoked_at=work.now,
            revocation_reason=_REASON,
        )
        event = work.event(Act.CREDENTIAL_REVOKED, before.id, facts)
    credentials.save_credential(work.session, work.ports.vault, before, after, event=event)
