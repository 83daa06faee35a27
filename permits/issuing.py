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
    }
)
"""A card that was not lost: its key was given up, or it says what was so before."""

BY_OFFICIALS = tuple(r for r in RevocationReason if r not in NOT_LOST)
"""The reasons that a person may give; the others follow from another act."""


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
