"""Border devices and agents' PINs: what a device signs, what a PIN may be, why one is refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import NewType
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from permits.base64url import encode
from permits.errors import Fault, Invalid, refuse_if
from permits.people import PersonId
from permits.signing import thumbprint

DeviceId = NewType("DeviceId", UUID)

ENROLMENT_HOLDS = timedelta(minutes=15)
CHALLENGE_HOLDS = timedelta(minutes=2)
ONE_TIME_PIN_HOLDS = timedelta(hours=24)

PIN_DIGITS = 6
PIN_TRIES = 5
"""Wrong PINs in a row before a supervisor must give a new one; only an enrolled device tries."""

_WEAKEST = frozenset(
    {"123456", "654321", "121212", "112233", "123123", "010203", "131313", "202020"}
)


def enrolment_fragment(code: str, roots: Sequence[ec.EllipticCurvePublicKey]) -> str:
    """What stands behind the # of an enrolment symbol: the code, then each root's fingerprint.

    The device pins the roots of these fingerprints (base64url of the whole thumbprint), so that
    no server, and nobody between, can give it others with the first lists that it fetches.
    """
    prints = (encode(thumbprint(root)) for root in roots)
    return ".".join((code, *prints))


class DeviceRefusal(StrEnum):
    """Why a device or an agent on it was not let in.

    Only who holds the key of an enrolled device hears it; anybody else hears that it was refused.
    """

    UNKNOWN_DEVICE = "unknown-device"
    REVOKED_DEVICE = "revoked-device"
    CHALLENGE_OLD = "challenge-old"
    CHALLENGE_USED = "challenge-used"
    SIGNATURE_WRONG = "signature-wrong"
    NOT_OF_THIS_POST = "not-of-this-post"
    PIN_NOT_SET = "pin-not-set"
    PIN_WRONG = "pin-wrong"
    PIN_BLOCKED = "pin-blocked"
    PIN_TO_CHOOSE = "pin-to-choose"
    PASSKEY_WRONG = "passkey-wrong"


TOLD_ON_DEVICE = frozenset(
    {
        DeviceRefusal.PIN_NOT_SET,
        DeviceRefusal.PIN_WRONG,
        DeviceRefusal.PIN_BLOCKED,
        DeviceRefusal.PIN_TO_CHOOSE,
        DeviceRefusal.PASSKEY_WRONG,
        DeviceRefusal.REVOKED_DEVICE,
    }
)
"""What an enrolled device is told, for the agent at it, or the device itself, can act on it."""


@dataclass(frozen=True)
class Device:
    """A device of a post; `public_key` is the uncompressed point of P-256 (65 bytes).

    `seen_on` is the legal day of the last sign-in or upload; no hour is kept.
    """

    id: DeviceId
    post: str
    name: str
    public_key: bytes
    enrolled_by: PersonId
    enrolled_at: datetime
    revoked_at: datetime | None = None
    seen_on: date | None = None

    @property
    def key(self) -> ec.EllipticCurvePublicKey:
        """The key that its signatures are checked with."""
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), self.public_key)


@dataclass(frozen=True)
class AgentPin:
    """An agent's PIN; `one_time` was given by a supervisor and holds until `expires_at`."""

    person: PersonId
    pin_hash: str
    one_time: bool
    wrong: int
    expires_at: datetime | None = None

    @property
    def blocked(self) -> bool:
        """Whether it was guessed at too often."""
        return self.wrong >= PIN_TRIES

    def holds(self, now: datetime) -> bool:
        """Whether it has not run out."""
        return self.expires_at is None or now < self.expires_at


def read_point(x: bytes, y: bytes) -> bytes:
    """The uncompressed point of a public key; Invalid("device-key-malformed") for none of P-256."""
    try:
        numbers = ec.EllipticCurvePublicNumbers(
            int.from_bytes(x), int.from_bytes(y), ec.SECP256R1()
        )
        if len(x) != 32 or len(y) != 32:
            raise ValueError("a coordinate of P-256 has 32 bytes")
        key = numbers.public_key()
    except ValueError:
        raise Invalid([Fault("device-key-malformed", "x")]) from None
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def message(purpose: str, *parts: str) -> bytes:
    """What a device signs: the purpose comes first, so that no signature serves another."""
    return "\n".join([f"vereda {purpose}", *parts]).encode()


def check_pin(pin: str) -> None:
    """Invalid with the fault where this cannot be a PIN: six digits, none that all try first."""
    shape = len(pin) == PIN_DIGITS and pin.isascii() and pin.isdigit()
    refuse_if([] if shape else [Fault("pin-shape", "pin", {"digits": PIN_DIGITS})])
    steps = {int(after) - int(before) for before, after in pairwise(pin)}
    weak = pin in _WEAKEST or steps in ({0}, {1}, {-1})
    refuse_if([Fault("pin-weak", "pin")] if weak else [])
