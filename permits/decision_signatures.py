"""The official's signature under a decision (domain O2): Ed25519 (RFC 8032) over what was decided.

The service holds a key for each official and uses it in no other act; a fresh proof of who this is
stands before it (ASVS 7.5.3). What is signed names the case, its round and digest, the agency, the
official, the opinion with its grounds, the words to the worker by their SHA-256, and the instant.
"""

from datetime import UTC
from enum import StrEnum
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from permits.applications import canonical
from permits.approvals import Decision, Signature

CONTEXT = b"vereda decision 1\n"
"""Stands before what is signed, so that no other text of the house has the same bytes."""


class Standing(StrEnum):
    """What a look at a signature finds."""

    GOOD = "good"
    BAD = "bad"
    NONE = "none"


def statement(decision: Decision) -> bytes:
    """The bytes that are signed; the same decision has the same bytes for ever."""
    said = {
        "application": str(decision.application),
        "round": decision.round,
        "digest": decision.digest,
        "agency": decision.agency.value,
        "official": str(decision.official),
        "opinion": decision.opinion.value,
        "grounds": [ground.value for ground in decision.grounds],
        "note": sha256(decision.note.encode()).hexdigest(),
        "at": decision.decided_at.astimezone(UTC).isoformat(),
    }
    return CONTEXT + canonical(said).encode()


def sign(seed: bytes, decision: Decision) -> Signature:
    """Sign with the key of these 32 bytes."""
    key = Ed25519PrivateKey.from_private_bytes(seed)
    return Signature(key.public_key().public_bytes_raw(), key.sign(statement(decision)))


def judge(seed: bytes, decision: Decision, signature: Signature | None) -> Standing:
    """Whether the official's own key signed exactly this decision; `seed` is that key's."""
    if signature is None:
        return Standing.NONE
    own = Ed25519PrivateKey.from_private_bytes(seed).public_key()
    if own.public_bytes_raw() != signature.key:
        return Standing.BAD
    return Standing.GOOD if verifies(signature, decision) else Standing.BAD


def verifies(signature: Signature, decision: Decision) -> bool:
    """Whether the named key signed it; whose key it is is another question."""
    try:
        key = Ed25519PublicKey.from_public_bytes(signature.key)
        key.verify(signature.value, statement(decision))
    except (ValueError, InvalidSignature):
        return False
    return True
