"""The carrier of a right: a credential's states, and what makes one replaceable or revocable."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from permits.authorisations import AuthorisationId
from permits.errors import Conflict

CredentialId = NewType("CredentialId", UUID)


class CredentialState(StrEnum):
    """`pending`: recorded, not yet signed. A revoked or replaced credential never comes back."""

    PENDING = "pending"
    ISSUED = "issued"
    REPLACED = "replaced"
    REVOKED = "revoked"


class CredentialAction(StrEnum):
    """What can happen to a carrier; the right behind it is another matter."""

    SIGN = "sign"
    REPLACE = "replace"
    REVOKE = "revoke"


CREDENTIAL_MOVES: Mapping[tuple[CredentialState, CredentialAction], CredentialState] = {
    (CredentialState.PENDING, CredentialAction.SIGN): CredentialState.ISSUED,
    (CredentialState.PENDING, CredentialAction.REVOKE): CredentialState.REVOKED,
    (CredentialState.ISSUED, CredentialAction.REPLACE): CredentialState.REPLACED,
    (CredentialState.ISSUED, CredentialAction.REVOKE): CredentialState.REVOKED,
}

STANDING = frozenset({CredentialState.PENDING, CredentialState.ISSUED})
"""At most one credential of an authorisation stands at a time."""


class RevocationReason(StrEnum):
    """Why a carrier no longer counts."""

    LOST = "lost"
    STOLEN = "stolen"
    DAMAGED = "damaged"
    WRONG_DATA = "wrong-data"
    AUTHORISATION_ENDED = "authorisation-ended"
    FRAUD = "fraud"
    KEY_COMPROMISED = "key-compromised"
    EMPLOYER_CHANGED = "employer-changed"
    IDENTITY_CHANGED = "identity-changed"


NOT_LOST = frozenset(
    {
        RevocationReason.KEY_COMPROMISED,
        RevocationReason.EMPLOYER_CHANGED,
        RevocationReason.IDENTITY_CHANGED,
        RevocationReason.WRONG_DATA,
    }
)
"""A card that its worker did not lose: its key was given up, or what it says is not so."""

BY_OFFICIALS = (
    RevocationReason.LOST,
    RevocationReason.STOLEN,
    RevocationReason.DAMAGED,
    RevocationReason.WRONG_DATA,
)
"""What one official may say of a card alone: its worker has the next one at once.

`fraud` is no reason any more: who doubts the right suspends it, or proposes to take it back, and
then another person, a hearing and the complaints office have their say (decision 115). The
others follow from another act.
"""


@dataclass(frozen=True)
class Credential:
    """One carrier; `text` is the QR text, None while pending. The number identifies the permit.

    `replacement` counts the cards of the right that came before, 0 for the first; `replaces` is
    the one just before, and `replacement_reason` what happened to it.
    """

    id: CredentialId
    authorisation: AuthorisationId
    number: str
    state: CredentialState
    kid: bytes
    status_list: int
    status_index: int
    to_be_signed: bytes
    payload: bytes
    valid_from: datetime
    expires: datetime
    version: int
    prepared_at: datetime
    text: str | None = None
    issued_at: datetime | None = None
    revoked_at: datetime | None = None
    revocation_reason: RevocationReason | None = None
    replaces: CredentialId | None = None
    replacement: int = 0
    replacement_reason: RevocationReason | None = None


def move_credential(state: CredentialState, action: CredentialAction) -> CredentialState:
    """Return the state after `action`; Conflict("no-such-credential-move") where there is none."""
    try:
        return CREDENTIAL_MOVES[state, action]
    except KeyError:
        raise Conflict("no-such-credential-move", state=state.value, action=action.value) from None
