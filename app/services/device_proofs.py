"""How an enrolled device proves itself: it signs something of ours within two minutes."""

import base64
import binascii
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from app.services.work import Work
from app.storage import devices as kept
from permits.devices import CHALLENGE_HOLDS, Device, DeviceId, DeviceRefusal, message
from permits.signing import verify_es256

_TAG = 16


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
    seconds = int((work.now + CHALLENGE_HOLDS).timestamp())
    body = seconds.to_bytes(8) + work.ports.chance.token(16)
    return base64.urlsafe_b64encode(body + _tag(work, device, body)).decode().rstrip("=")


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
    body, tag = data[:-_TAG], data[-_TAG:]
    canonical = base64.urlsafe_b64encode(data).decode().rstrip("=") == answered.challenge
    if len(body) != 24 or not canonical:
        return None
    if not hmac.compare_digest(tag, _tag(work, answered.device, body)):
        return None
    return datetime.fromtimestamp(int.from_bytes(body[:8]), UTC)


def read_base64(text: str) -> bytes:
    """Bytes of base64url without padding; nothing where it is none."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""


def _tag(work: Work, device: DeviceId, body: bytes) -> bytes:
    said = b"device challenge\0" + device.bytes + body
    return hmac.digest(work.ports.throttle_key, said, "sha256")[:_TAG]
