"""Passkeys (WebAuthn): asked with a challenge that counts once, checked, and their counts kept.

The challenge of a sign-in proves itself and is written down once it was answered: anybody may ask
for one, so that no table fills and no address is kept from its passkeys.

User verification is always required, so that a passkey alone is more than one factor.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import webauthn
from webauthn.helpers import base64url_to_bytes, options_to_json_dict
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from app.foreign_json import read_json
from app.services import challenges, second_factors
from app.services.work import Work, token_hash
from app.storage import devices, factors, sign_in_steps
from app.storage.factors import Factor, FactorKind
from permits.audit import Act
from permits.people import PersonId

TIME_TO_ANSWER = timedelta(minutes=5)
SIGN_IN = b"passkey sign-in"
LONGEST_ANSWER = 16 * 1024
"""Characters; a credential without attestation has under 2,000."""


class Purpose(StrEnum):
    """What a challenge was given for; it counts for nothing else."""

    SIGN_IN = "sign-in"
    STEP = "step"
    PROOF = "proof"
    ENROL = "enrol"


def ask_use(
    work: Work, purpose: Purpose, subject: UUID | None = None, person: PersonId | None = None
) -> dict[str, Any]:
    """What a browser hands to `navigator.credentials.get`; without a person any passkey of ours.

    `subject` is the step or the session that asks.
    """
    held = factors.list_factors(work.session, person) if person else []
    return options_to_json_dict(
        webauthn.generate_authentication_options(
            rp_id=_rp_id(work),
            challenge=_challenge(work, purpose, subject),
            timeout=int(TIME_TO_ANSWER.total_seconds() * 1000),
            allow_credentials=_descriptors(held),
            user_verification=UserVerificationRequirement.REQUIRED,
        )
    )


def ask_enrol(work: Work, subject: UUID, person: PersonId, name: str, label: str) -> dict[str, Any]:
    """What a browser hands to `navigator.credentials.create`.

    `name` and `label` are kept by the authenticator, which shows them to its owner.
    """
    held = factors.list_factors(work.session, person)
    return options_to_json_dict(
        webauthn.generate_registration_options(
            rp_id=_rp_id(work),
            rp_name="Vereda",
            user_id=person.bytes,
            user_name=name,
            user_display_name=label,
            challenge=_challenge(work, Purpose.ENROL, subject),
            timeout=int(TIME_TO_ANSWER.total_seconds() * 1000),
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.PREFERRED,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
            exclude_credentials=_descriptors(held),
        )
    )


def check(
    work: Work,
    answer: str,
    purpose: Purpose,
    subject: UUID | None = None,
    person: PersonId | None = None,
) -> Factor | None:
    """The passkey that signed this answer of a browser; None where anything does not fit.

    The challenge is used up, that of a sign-in by the right answer and any other whatever comes
    out. Where the authenticator counts, its count must have grown: one that did not was copied.
    """
    read = _read(answer)
    challenge = _taken(work, read, purpose, subject)
    if read is None or challenge is None:
        return None
    found = _named(work, read)
    if found is None or found.public_key is None or found.sign_count is None:
        return None
    if (person is not None and found.person != person) or not _handle_fits(read, found):
        return None
    try:
        verified = webauthn.verify_authentication_response(
            credential=read,
            expected_challenge=challenge,
            expected_rp_id=_rp_id(work),
            expected_origin=work.ports.public_url,
            credential_public_key=found.public_key,
            credential_current_sign_count=found.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return None
    if purpose is Purpose.SIGN_IN and not _use(work, challenge):
        return None
    count = verified.new_sign_count
    noted = factors.use_passkey(work.session, found.id, found.sign_count, count, work.now)
    return found if noted else None


def enrol(work: Work, answer: str, subject: UUID, person: PersonId, name: str) -> bool:
    """Add the passkey that a browser has made; False where anything does not fit."""
    read = _read(answer)
    challenge = _taken(work, read, Purpose.ENROL, subject)
    if read is None or challenge is None:
        return False
    try:
        verified = webauthn.verify_registration_response(
            credential=read,
            expected_challenge=challenge,
            expected_rp_id=_rp_id(work),
            expected_origin=work.ports.public_url,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return False
    if factors.find_passkey(work.session, verified.credential_id) is not None:
        return False
    factor = Factor(
        work.new_id(),
        person,
        FactorKind.PASSKEY,
        second_factors.checked_name(name),
        work.now,
        credential=verified.credential_id,
        public_key=verified.credential_public_key,
        sign_count=verified.sign_count,
    )
    event = work.event(Act.FACTOR_ADDED, person, {"kind": FactorKind.PASSKEY.value})
    factors.add_factor(work.session, factor, event=event)
    return True


def _challenge(work: Work, purpose: Purpose, subject: UUID | None) -> bytes:
    if purpose is Purpose.SIGN_IN:
        return challenges.make(work, SIGN_IN, TIME_TO_ANSWER)
    challenge = work.ports.chance.token(32)
    hashed = token_hash(challenge.hex())
    ends = work.now + TIME_TO_ANSWER
    sign_in_steps.add_challenge(work.session, hashed, purpose.value, subject, ends)
    return challenge


def _taken(
    work: Work, read: Mapping[str, Any] | None, purpose: Purpose, subject: UUID | None
) -> bytes | None:
    """The challenge that was answered; None where it is none of ours or is over.

    One that was written down is used up by this.
    """
    if read is None:
        return None
    try:
        client = read_json(base64url_to_bytes(str(read["response"]["clientDataJSON"])))
        challenge = base64url_to_bytes(str(client["challenge"]))
    except (ValueError, KeyError, TypeError):
        return None
    if purpose is Purpose.SIGN_IN:
        ends = challenges.end_of(work, SIGN_IN, challenge)
        return challenge if ends is not None and work.now < ends else None
    hashed = token_hash(challenge.hex())
    held = sign_in_steps.take_challenge(work.session, hashed, purpose.value, subject, work.now)
    return challenge if held else None


def _use(work: Work, challenge: bytes) -> bool:
    """Remember that a sign-in's challenge was answered; False where it was before, or is over."""
    ends = challenges.end_of(work, SIGN_IN, challenge)
    hashed = token_hash(challenge.hex())
    return ends is not None and devices.use_challenge(work.session, hashed, ends)


def _read(answer: str) -> dict[str, Any] | None:
    if len(answer) > LONGEST_ANSWER:
        return None
    try:
        read = read_json(answer)
    except ValueError:
        return None
    fits = isinstance(read, dict) and isinstance(read.get("response"), dict) and "id" in read
    return read if fits else None


def _named(work: Work, read: Mapping[str, Any]) -> Factor | None:
    try:
        return factors.find_passkey(work.session, base64url_to_bytes(str(read["id"])))
    except ValueError:
        return None


def _handle_fits(read: Mapping[str, Any], found: Factor) -> bool:
    """A discoverable passkey names its owner too: the one that we know it by."""
    handle = read["response"].get("userHandle")
    try:
        return not handle or base64url_to_bytes(str(handle)) == found.person.bytes
    except ValueError:
        return False


def _rp_id(work: Work) -> str:
    return urlsplit(work.ports.public_url).hostname or ""


def _descriptors(held: list[Factor]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=one.credential) for one in held if one.credential]
