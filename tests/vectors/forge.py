"""An issuer whose every byte can be bent: fixed keys, RFC 6979 signatures, hand-made envelopes."""

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from permits import base45, cose, permit_numbers, status_list, trust_list
from permits.signing import KeyUse, kid_of
from permits.status_list import Status, StatusList
from permits.trust_list import TrustedKey, TrustList, TrustState

ISSUER = "https://vereda.example"
PARTNER = "https://permisos.partner.example"
LIST_URI = f"{ISSUER}/st/1"

HOUR = 3_600
DAY = 24 * HOUR
NOW = 1_795_435_200
"""2026-11-23T12:00:00Z; every instant of the vectors is told from here."""

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Order of P-256."""


@dataclass(frozen=True)
class FixedKey:
    """A signer whose private key follows from its name and whose signatures never change."""

    name: str

    @property
    def private(self) -> ec.EllipticCurvePrivateKey:
        seed = hashlib.sha512(b"vereda test vectors: " + self.name.encode()).digest()
        return ec.derive_private_key(int.from_bytes(seed, "big") % (ORDER - 1) + 1, ec.SECP256R1())

    @property
    def public(self) -> ec.EllipticCurvePublicKey:
        return self.private.public_key()

    @property
    def kid(self) -> bytes:
        return kid_of(self.public)

    def der(self, message: bytes) -> bytes:
        return self.private.sign(message, ec.ECDSA(SHA256(), deterministic_signing=True))

    def sign(self, message: bytes) -> bytes:
        r, s = decode_dss_signature(self.der(message))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


ROOT = FixedKey("root")
STANDBY_ROOT = FixedKey("standby root")
FOREIGN_ROOT = FixedKey("foreign root")
PERMIT = FixedKey("permit")
RETIRED = FixedKey("permit, retired")
LOST = FixedKey("permit, compromised")
LEAKED = FixedKey("permit, compromised with cutoff")
FUTURE = FixedKey("permit, from tomorrow")
PAST = FixedKey("permit, at its end")
STATUS = FixedKey("status")
FACE = FixedKey("face")
LOST_FACE = FixedKey("face, compromised")
LEAKED_FACE = FixedKey("face, compromised with cutoff")
PARTNERS = FixedKey("partner's permit")
PARTNERS_STATUS = FixedKey("partner's status")
STRANGER = FixedKey("stranger")

CUTOFF = NOW - 4 * DAY


def trusted(
    key: FixedKey,
    use: KeyUse = KeyUse.PERMIT,
    issuer: str = ISSUER,
    not_before: int = NOW - 60 * DAY,
    expires: int = NOW + 400 * DAY,
    state: TrustState = TrustState.ACTIVE,
    cutoff: int | None = None,
) -> TrustedKey:
    country = "HND" if issuer == ISSUER else "GTM"
    return TrustedKey(
        key.kid, key.public, issuer, use, not_before, expires, (country,), state, cutoff
    )


TRUSTED_KEYS = (
    trusted(PERMIT),
    trusted(STATUS, KeyUse.STATUS),
    trusted(FACE, KeyUse.FACE),
    trusted(RETIRED, state=TrustState.RETIRED),
    trusted(LOST, state=TrustState.COMPROMISED),
    trusted(LEAKED, state=TrustState.COMPROMISED, cutoff=CUTOFF),
    trusted(FUTURE, not_before=NOW + DAY),
    trusted(PAST, expires=NOW),
    trusted(PARTNERS, issuer=PARTNER),
    trusted(PARTNERS_STATUS, KeyUse.STATUS, issuer=PARTNER),
)


def make_trust(version: int = 7, issued_at: int = NOW - 3 * DAY) -> TrustList:
    return TrustList(
        issuer=ISSUER,
        version=version,
        issued_at=issued_at,
        expires=issued_at + trust_list.LIFETIME,
        keys={key.kid: key for key in TRUSTED_KEYS},
    )


REVOKED_INDEX, SUSPENDED_INDEX, UNKNOWN_STATUS_INDEX = 42, 43, 44
VALID_INDEX, LAST_INDEX = 70_001, status_list.SIZE - 1


def make_list(issued_at: int = NOW - HOUR, uri: str = LIST_URI) -> StatusList:
    named = [
        (REVOKED_INDEX, Status.INVALID),
        (SUSPENDED_INDEX, Status.SUSPENDED),
        (VALID_INDEX - 1, Status.INVALID),
        (VALID_INDEX + 1, Status.SUSPENDED),
    ]
    packed = bytearray(status_list.pack(named))
    packed[UNKNOWN_STATUS_INDEX // 4] |= 0b11 << UNKNOWN_STATUS_INDEX % 4 * 2
    return StatusList(uri, issued_at, issued_at + status_list.LIFETIME, bytes(packed))


def claims(
    changes: Mapping[int, object] | None = None,
    identity: Mapping[int, object] | None = None,
    permit: Mapping[int, object] | None = None,
    index: object = VALID_INDEX,
    uri: object = LIST_URI,
) -> dict[Any, Any]:
    """The claims of a good permit as a plain map; None removes a key, any other value replaces."""
    whole: dict[Any, Any] = {
        1: ISSUER,
        2: permit_numbers.make(123_456_789_012_345),
        4: NOW + 90 * DAY,
        5: NOW - 2 * DAY,
        6: NOW - 5 * DAY,
        169: {
            1: "2345678900101",
            4: "María Fernanda López Xitumul",
            8: "19900411",
            9: 2,
            13: "GTM",
            23: "GTM",
        },
        65_535: {"status_list": {"idx": index, "uri": uri}},
        -70_001: {
            1: 1,
            2: "coffee-harvest",
            3: "Cooperativa Cafetalera La Unión de Copán Ltda.",
            4: "08011999123456",
            5: "9211",
            6: ["HN-CP", "HN-OC"],
            7: ["setrass", "inm"],
            8: 5,
        },
    }
    for part, changed in ((whole, changes), (whole[169], identity), (whole[-70_001], permit)):
        for key, value in (changed or {}).items():
            part[key] = value
            if value is None:
                del part[key]
    return whole


def bstr(data: bytes) -> bytes:
    return cbor2.dumps(data)


@dataclass(frozen=True)
class Envelope:
    """A COSE_Sign1 in the making; every part may be any bytes of CBOR."""

    payload: bytes
    key: FixedKey = PERMIT
    protected: bytes | None = None
    unprotected: bytes = b"\xa0"
    signature: bytes | None = None
    head: bytes = b"\xd2\x84"

    @property
    def header(self) -> bytes:
        return cose.protected_header(self.key.kid) if self.protected is None else self.protected

    @property
    def message(self) -> bytes:
        return cbor2.dumps(["Signature1", self.header, b"", self.payload])

    def bytes(self) -> bytes:
        signature = self.key.sign(self.message) if self.signature is None else self.signature
        parts = (bstr(self.header), self.unprotected, bstr(self.payload), bstr(signature))
        return self.head + b"".join(parts)

    def text(self) -> str:
        return pack(self.bytes())


def permit(
    *,
    key: FixedKey = PERMIT,
    changes: Mapping[int, object] | None = None,
    identity: Mapping[int, object] | None = None,
    permit: Mapping[int, object] | None = None,
    index: object = VALID_INDEX,
    uri: object = LIST_URI,
) -> Envelope:
    """A good permit, or one whose claims are bent as `claims` says."""
    return Envelope(cose.dump(claims(changes, identity, permit, index, uri)), key)


def pack(envelope: bytes, level: int = 9) -> str:
    return base45.encode(zlib.compress(envelope, level))


def noise(size: int) -> bytes:
    """Bytes that do not compress, always the same."""
    return hashlib.shake_256(b"noise").digest(size)
