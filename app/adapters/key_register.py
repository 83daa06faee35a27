"""The register of keys: what stands in keys.json for each of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric import ec

from permits.signing import KeyUse, read_cose_key


class KeyState(StrEnum):
    """`next`: published, signs nothing yet; `retired`: verifies what it signed."""

    NEXT = "next"
    ACTIVE = "active"
    RETIRED = "retired"
    COMPROMISED = "compromised"


@dataclass(frozen=True)
class KeyRecord:
    """One line of the register; `cutoff` only of a compromised key."""

    kid: bytes
    use: KeyUse
    state: KeyState
    not_before: datetime
    expires: datetime
    created: datetime
    public: ec.EllipticCurvePublicKey = field(repr=False)
    cutoff: datetime | None = None


def write_record(record: KeyRecord) -> dict[str, str | None]:
    """Return a record as plain JSON values; only public things stand in it."""
    point = record.public.public_numbers()
    return {
        "kid": record.kid.hex(),
        "use": record.use.value,
        "state": record.state.value,
        "not_before": record.not_before.isoformat(),
        "expires": record.expires.isoformat(),
        "created": record.created.isoformat(),
        "cutoff": record.cutoff.isoformat() if record.cutoff else None,
        "x": f"{point.x:064x}",
        "y": f"{point.y:064x}",
    }


def read_record(entry: Mapping[str, str]) -> KeyRecord:
    """Return the record of an entry; the inverse of `write_record`."""
    x, y = bytes.fromhex(entry["x"]), bytes.fromhex(entry["y"])
    return KeyRecord(
        kid=bytes.fromhex(entry["kid"]),
        use=KeyUse(entry["use"]),
        state=KeyState(entry["state"]),
        not_before=datetime.fromisoformat(entry["not_before"]),
        expires=datetime.fromisoformat(entry["expires"]),
        created=datetime.fromisoformat(entry["created"]),
        public=read_cose_key({1: 2, -1: 1, -2: x, -3: y}),
        cutoff=datetime.fromisoformat(entry["cutoff"]) if entry["cutoff"] else None,
    )
