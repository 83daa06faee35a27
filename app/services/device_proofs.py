"""How an enrolled device proves itself: it signs something of ours within two minutes."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.services import challenges
from app.services.work import Work
from app.storage import devices as kept
from permits import base64url
from permits.devices import CHALLENGE_HOLDS, Device, DeviceId, DeviceRefusal, message
from permits.signing import verify_es256


@dataclass(frozen=True)
class Answered:
    """A challenge as a device answers it: `parts` are what else the signature covers."""

    device: DeviceId
    challenge: str
    signature: bytes


def make_challenge(work: Work, device: DeviceId) -> str:
    """Something for a device to sign within two minutes; nothing is written down yet.

    It proves itself, so that asking for many fills no table, and is made for unknown devices too.
    """
    made = challenges.make(work, _what(device), CHALLENGE_HOLDS)
    return base64url.encode(made)


def find_prover(
    work: Work, answered: Answered, purpose: str, *parts: str
) -> tuple[Device | None, DeviceRefusal | None]:
    """The device whose key answered a fresh challenge of ours; only reads.

    REVOKED_DEVICE is refused last: who hears it has the device's key.
    """
    return read_proof(
        work, kept.find_device(work.session, answered.device), answered, purpose, parts
    )


def read_proof(
    work: Work, device: Device | None, answered: Answered, purpose: str, parts: Sequence[str]
) -> tuple[Device | None, DeviceRefusal | None]:
    """The same for a device that was looked up already, perhaps with its row held."""
    if device is None:
        return None, DeviceRefusal.UNKNOWN_DEVICE
    ends = end_of(work, answered)
    if ends is None or work.now >= ends:
        return device, DeviceRefusal.CHALLENGE_OLD
    signed = message(purpose, str(device.id), answered.challenge, *parts)
    if not verify_es256(device.key, signed, answered.signature):
        return device, DeviceRefusal.SIGNATURE_WRONG
    return device, DeviceRefusal.REVOKED_DEVICE if device.revoked_at is not None else None


def end_of(work: Work, answered: Answered) -> datetime | None:
    """When a challenge is over; None where it is none of ours, or another device's."""
    data = read_base64(answered.challenge)
    canonical = base64url.encode(data) == answered.challenge
    return challenges.end_of(work, _what(answered.device), data) if canonical else None


def read_base64(text: str) -> bytes:
    """Bytes of base64url without padding; nothing where it is none."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""


def _what(device: DeviceId) -> bytes:
    return b"device challenge\0" + device.bytes
