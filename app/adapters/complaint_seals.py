"""The seals of complaints: what only the complainant's number or a handler's phrase opens.

Content is AES-256-GCM under a key of its case. That key is sealed twice: to the handlers' group
(HPKE, RFC 9180, with the hybrid of ML-KEM-768 and X25519, so that a copy kept for decades does not
open to a quantum computer either), and under a key that is drawn from the complainant's number.
What people type or copy goes through Argon2id first. Nothing here is kept: keys come and go.
"""

import secrets
from collections.abc import Callable
from threading import BoundedSemaphore

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import (
    MLKEM768PrivateKey,
    MLKEM768PublicKey,
)
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORM = b"\x01"
"""The first byte of all that is sealed here: which ciphers and which order of parts follow."""

MEMORY_KIB, LANES = 64 * 1024, 1
PASSES = {1: 3, 2: 1}
"""Of each cost, by the number that is kept beside what it made (RFC 9106, 4; decision 67).

1, for phrases that people choose and for codes: 0.2 s of one core a guess. 2, for a complainant's
number: 0.08 s; all 10^16 of them would take 25 million years of a core. A cost is never changed:
another is added.
"""

AT_ONCE = 2
"""Slow hashes at the same time: 128 MiB at most; the others wait."""

KEY, NONCE, LENGTH = 32, 12, 4
"""Sizes in bytes."""

SEED, POINT, LATTICE = 64, 32, 1184
"""Sizes in bytes: of ML-KEM's seed, of X25519's keys, of ML-KEM's public key."""

_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class ComplaintSeals:
    """Draws keys, seals and opens; what was altered or is for another place does not open."""

    def __init__(self, *, memory_kib: int = MEMORY_KIB) -> None:
        self._memory_kib = memory_kib
        self._gate = BoundedSemaphore(AT_ONCE)

    def stretch(self, secret: str, salt: bytes, cost: int = 1) -> bytes:
        """32 bytes of what somebody typed (Argon2id); of one salt and cost the same."""
        with self._gate:
            slow = Argon2id(
                salt=salt,
                length=KEY,
                iterations=PASSES[cost],
                lanes=LANES,
                memory_cost=self._memory_kib,
            )
            return slow.derive(secret.encode())

    def part(self, secret: bytes, purpose: str) -> bytes:
        """A key for one purpose of 32 secret bytes (HKDF); none of them leads to another."""
        return HKDF(SHA256(), KEY, None, f"vereda complaints 1\0{purpose}".encode()).derive(secret)

    def make_key(self) -> bytes:
        """A fresh key of 256 bits."""
        return secrets.token_bytes(KEY)

    def make_pair(self) -> tuple[bytes, bytes]:
        """A fresh private key and its public key, each as bytes."""
        lattice, point = MLKEM768PrivateKey.generate(), X25519PrivateKey.generate()
        private = lattice.private_bytes_raw() + point.private_bytes_raw()
        public = lattice.public_key().public_bytes_raw() + point.public_key().public_bytes_raw()
        return private, public

    def public_of(self, private: bytes) -> bytes:
        """The public key of a private one; ValueError for what is none."""
        lattice, point = _halves(private)
        return lattice.public_key().public_bytes_raw() + point.public_key().public_bytes_raw()

    def seal(self, key: bytes, place: str, data: bytes, least: int = 0) -> bytes:
        """Seal under a key, to a place that it opens in only; its length tells little (`padded`).

        `place` names case, purpose and row; the form's version is bound with it.
        """
        nonce = secrets.token_bytes(NONCE)
        return FORM + nonce + AESGCM(key).encrypt(nonce, padded(data, least), _bound(place))

    def open(self, key: bytes, place: str, sealed: bytes) -> bytes | None:
        """What was sealed; None where key or place is another, or a bit was changed."""
        if sealed[:1] != FORM:
            return None
        nonce, rest = sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
        return _or_none(lambda: unpadded(AESGCM(key).decrypt(nonce, rest, _bound(place))))

    def seal_to(self, public: bytes, place: str, data: bytes) -> bytes:
        """Seal so that only the private key of `public` opens it, in this place."""
        whole = MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(public[:LATTICE]),
            X25519PublicKey.from_public_bytes(public[LATTICE:]),
        )
        return FORM + _SUITE.encrypt(data, whole, _bound(place))

    def open_with(self, private: bytes, place: str, sealed: bytes) -> bytes | None:
        """What was sealed to this private key; None as with `open`."""
        if sealed[:1] != FORM:
            return None
        whole = MLKEM768X25519PrivateKey(*_halves(private))
        return _or_none(lambda: _SUITE.decrypt(sealed[1:], whole, _bound(place)))


def padded(data: bytes, least: int = 0) -> bytes:
    """The data with its length in front and zeros behind, of a size that many others have.

    Padmé (Nikitin and others, PETS 2019, 4): at most 12 % longer, and a size tells some three
    bits of a file of megabytes. Nothing is shorter than `least` bytes.
    """
    size = max(LENGTH + len(data), least, 2)
    free = (size.bit_length() - 1) - (size.bit_length() - 1).bit_length()
    step = 1 << max(free, 0)
    whole = -(-size // step) * step
    return b"".join((len(data).to_bytes(LENGTH), data, bytes(whole - LENGTH - len(data))))


def unpadded(whole: bytes) -> bytes:
    """What `padded` was given."""
    return whole[LENGTH : LENGTH + int.from_bytes(whole[:LENGTH])]


def _bound(place: str) -> bytes:
    return FORM + place.encode()


def _halves(private: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    if len(private) != SEED + POINT:
        raise ValueError("not a private key of complaints")
    return (
        MLKEM768PrivateKey.from_seed_bytes(private[:SEED]),
        X25519PrivateKey.from_private_bytes(private[SEED:]),
    )


def _or_none(opening: Callable[[], bytes]) -> bytes | None:
    try:
        return opening()
    except (InvalidTag, ValueError):
        return None
