"""Keys: what each may sign, how it is named, and the one algorithm that all of them use."""

from enum import StrEnum
from hashlib import sha256
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from permits import cose
from permits.errors import DomainError

SIGNATURE_SIZE = 64
"""Bytes of a signature: r then s, 32 each, most significant first."""

KID_SIZE = 8
"""Bytes of a key's name."""

_COORDINATE = 32
_ALGORITHM = ec.ECDSA(SHA256())
_CURVE = ec.SECP256R1()
_DER_SEQUENCE, _DER_INTEGER = 0x30, 0x02

# COSE_Key parameters (RFC 9053 section 7.1) and the values for P-256.
_KTY, _CRV, _X, _Y = 1, -1, -2, -3
_EC2, _P256 = 2, 1


class KeyUse(StrEnum):
    """What a key may sign, and nothing else.

    `trust` trust lists, `token` tokens of the API, `log` checkpoints of the audit log.
    """

    PERMIT = "permit"
    STATUS = "status"
    FACE = "face"
    TRUST = "trust"
    TOKEN = "token"  # noqa: S105  access tokens; no scanner ever trusts one
    LOG = "log"


class NotTrusted(DomainError):
    """A signed list is refused.

    `malformed`, `wrong-type`, `unknown-key`, `bad-signature`, `wrong-claims`, `rolled-back`.
    """


class Signer(Protocol):
    """Keeps one private key; a file, or a hardware module that never gives it away."""

    @property
    def kid(self) -> bytes:
        """The key's name, `KID_SIZE` bytes."""

    def sign(self, message: bytes) -> bytes:
        """Return the ES256 signature of `message`: r then s, `SIGNATURE_SIZE` bytes."""


class VerifyingKey(Protocol):
    """A public key with its standing in a trust list."""

    @property
    def use(self) -> KeyUse:
        """The one thing it may sign."""

    @property
    def issuer(self) -> str:
        """The one issuer it may sign for."""

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """Whether the signature is this key's over `message`."""

    def stands(self, now: int) -> bool:
        """Whether anything that it signed may still count at this instant (seconds)."""

    def vouches(self, issued_at: int) -> bool:
        """Whether what it signed at this instant (seconds) counts while it stands."""


class KeySet(Protocol):
    """The public keys that a reader trusts."""

    def find(self, kid: bytes) -> VerifyingKey | None:
        """Return the key of this name, if it is trusted or once was."""


def kid_of(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return the key's name: the first bytes of SHA-256 over its RFC 9679 thumbprint input."""
    return sha256(thumbprint_input(key)).digest()[:KID_SIZE]


def fingerprint(key: ec.EllipticCurvePublicKey) -> str:
    """Return the whole thumbprint (RFC 9679) in groups of four, for people to compare by voice."""
    digits = sha256(thumbprint_input(key)).hexdigest()
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def thumbprint(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return the whole thumbprint (RFC 9679), 32 bytes: for what must not be found a second of."""
    return sha256(thumbprint_input(key)).digest()


def thumbprint_input(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return the deterministic CBOR of the required COSE_Key parameters (RFC 9679 section 4)."""
    return cose.dump(cose_key(key))


def cose_key(key: ec.EllipticCurvePublicKey) -> dict[int, object]:
    """Return a P-256 public key as a COSE_Key map of kty, crv, x and y."""
    point = key.public_numbers()
    return {
        _KTY: _EC2,
        _CRV: _P256,
        _X: point.x.to_bytes(_COORDINATE, "big"),
        _Y: point.y.to_bytes(_COORDINATE, "big"),
    }


def read_cose_key(value: object) -> ec.EllipticCurvePublicKey:
    """Return the P-256 key of a COSE_Key map.

    Raises `cose.Malformed` for any other kind or curve, a coordinate that is not 32 bytes (a
    compressed y included), parameters beyond those of the thumbprint, or a point that is not
    on the curve.
    """
    if not isinstance(value, dict) or value.keys() != {_KTY, _CRV, _X, _Y}:
        raise cose.Malformed
    x, y = value[_X], value[_Y]
    if (value[_KTY], value[_CRV]) != (_EC2, _P256):
        raise cose.Malformed
    if not isinstance(x, bytes) or not isinstance(y, bytes):
        raise cose.Malformed
    if len(x) != _COORDINATE or len(y) != _COORDINATE:
        raise cose.Malformed
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, b"\x04" + x + y)
    except ValueError:
        raise cose.Malformed from None


def sign_es256(key: ec.EllipticCurvePrivateKey, message: bytes) -> bytes:
    """Return the ES256 signature of `message` as r then s, 32 bytes each."""
    # DER: 30 len 02 len(r) r 02 len(s) s, each integer short-form and without spare zeros but
    # the one that keeps it positive. Taken apart here: half the cost of a round trip by ints.
    der = key.sign(message, _ALGORITHM)
    end_of_r = 4 + der[3]
    r, s = der[4:end_of_r], der[end_of_r + 2 :]
    return r[-_COORDINATE:].rjust(_COORDINATE, b"\0") + s[-_COORDINATE:].rjust(_COORDINATE, b"\0")


def verify_es256(key: ec.EllipticCurvePublicKey, message: bytes, signature: bytes) -> bool:
    """Whether `signature` (r then s, exactly 64 bytes) is this key's over `message`.

    (r, n - s) verifies wherever (r, s) does, as in every ECDSA: never use the bytes of a
    signature, or of a text that holds one, as the identity of anything.
    """
    if len(signature) != SIGNATURE_SIZE:
        return False
    integers = _der_integer(signature[:_COORDINATE]) + _der_integer(signature[_COORDINATE:])
    try:
        key.verify(bytes((_DER_SEQUENCE, len(integers))) + integers, message, _ALGORITHM)
    except InvalidSignature:
        return False
    return True


def _der_integer(number: bytes) -> bytes:
    """Return an unsigned integer of at most 32 bytes as DER: no spare zeros, and never negative."""
    digits = number.lstrip(b"\0") or b"\0"
    if digits[0] & 0x80:
        digits = b"\0" + digits
    return bytes((_DER_INTEGER, len(digits))) + digits
