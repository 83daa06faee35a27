"""The status list: two bits for each permit, signed, so that a reader can ask offline.

IETF Token Status List. As CWT: COSE_Sign1 under tag 18, protected `{1: -7, 4: kid, 16: TYPE}`,
claims `{2: uri, 4: exp, 6: iat, 65533: {"bits": 2, "lst": zlib, "aggregation_uri"?}, 65534: ttl}`.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from permits import cose
from permits.base64url import encode
from permits.cwt import (
    CLAIM_EXP,
    CLAIM_IAT,
    CLAIM_STATUS_LIST,
    CLAIM_SUB,
    CLAIM_TTL,
    read_instant,
    read_map,
    read_optional_text,
    read_text,
)
from permits.qr import deflate, inflate
from permits.signing import KeySet, KeyUse, NotTrusted, Signer

TYPE = "application/statuslist+cwt"
JWT_TYPE = "statuslist+jwt"

BITS = 2
"""Bits for each permit in the lists that this house makes; lists of 1, 4 and 8 are read too."""

SIZE = 2**17
"""Permits in one list: enough company that looking one list up tells nothing about anybody."""

TTL = 86_400
LIFETIME = 7 * 86_400
"""Seconds until a reader with a network asks again, and until the list is no longer in force."""

MAX_SIZE = 1_024 * 1_024
"""Bytes of a list, packed and unpacked; ours unpack to 32 KiB."""


class Status(IntEnum):
    """What the two bits say; a value that is not known here counts as invalid."""

    VALID = 0
    INVALID = 1
    SUSPENDED = 2


@dataclass(frozen=True)
class StatusList:
    """One list whose signature held; instants in seconds.

    `aggregation` is where all lists of the issuer are named, None where the list does not say.
    """

    uri: str
    issued_at: int
    expires: int
    packed: bytes = field(repr=False)
    ttl: int = TTL
    bits: int = BITS
    aggregation: str | None = None

    def status(self, index: int) -> Status:
        """Return the status at `index`; IndexError beyond the end (or below 0)."""
        return _STATUSES.get(self.value(index), Status.INVALID)

    def value(self, index: int) -> int:
        """Return the bits at `index` as a number, whatever it may mean; IndexError likewise."""
        per_byte = 8 // self.bits
        if not 0 <= index < len(self.packed) * per_byte:
            raise IndexError(index)
        # Least significant first: index 0 is in the lowest bits of the first byte.
        at, within = divmod(index, per_byte)
        return self.packed[at] >> (within * self.bits) & ((1 << self.bits) - 1)


_STATUSES: Mapping[int, Status] = {status.value: status for status in Status}


@dataclass(frozen=True)
class StatusLists:
    """The lists that a reader holds, by uri; `latest` is their highest issue instant (seconds)."""

    by_uri: Mapping[str, StatusList] = field(default_factory=dict)
    latest: int = field(init=False)

    def __post_init__(self) -> None:
        """Find the latest once: every verdict asks for it."""
        latest = max((statuses.issued_at for statuses in self.by_uri.values()), default=0)
        object.__setattr__(self, "latest", latest)

    def find(self, uri: str) -> StatusList | None:
        """Return the list of this uri."""
        return self.by_uri.get(uri)

    def taking(self, offered: StatusList) -> "StatusLists":
        """Return the lists with this one in the place of its predecessor.

        Raises NotTrusted("rolled-back") where the one held was issued later: an old list would
        hide a revocation.
        """
        held = self.by_uri.get(offered.uri)
        if held and offered.issued_at < held.issued_at:
            raise NotTrusted("rolled-back")
        return StatusLists({**self.by_uri, offered.uri: offered})


def list_uri(issuer: str, number: int) -> str:
    """Return the uri of the issuer's list of this number; every list of an issuer starts so."""
    return f"{issuer}/st/{number}"


def list_number(uri: str, issuer: str) -> int | None:
    """Return the number of a list of this issuer, the inverse of `list_uri`; None for any other."""
    told = uri.removeprefix(f"{issuer}/st/")
    return int(told) if told.isascii() and told.isdigit() else None


def aggregation_uri(issuer: str) -> str:
    """Return the address of the document that names every list of the issuer (section 9)."""
    return f"{issuer}/st/aggregation.json"


def write_aggregation(uris: Iterable[str]) -> bytes:
    """Return that document (section 9.3)."""
    return json.dumps({"status_lists": list(uris)}, indent=1).encode() + b"\n"


def belongs(uri: str, issuer: str) -> bool:
    """Whether a list's uri lies under its issuer."""
    return uri.startswith(f"{issuer}/st/")


def pack(statuses: Iterable[tuple[int, Status]], size: int = SIZE) -> bytes:
    """Return the bits of a list of `size` permits; those not named are valid.

    IndexError for an index outside the list.
    """
    per_byte = 8 // BITS
    packed = bytearray(size // per_byte)
    for index, status in statuses:
        if not 0 <= index < size:
            raise IndexError(index)
        at, within = divmod(index, per_byte)
        shift = within * BITS
        packed[at] = packed[at] & ~(0b11 << shift) | status << shift
    return bytes(packed)


def sign(statuses: StatusList, signer: Signer) -> bytes:
    """Return the list as a signed CWT; the signer's use must be status lists."""
    payload = cose.dump(
        {
            CLAIM_SUB: statuses.uri,
            CLAIM_EXP: statuses.expires,
            CLAIM_IAT: statuses.issued_at,
            CLAIM_TTL: statuses.ttl,
            CLAIM_STATUS_LIST: _body(statuses, deflate(statuses.packed)),
        }
    )
    protected = cose.protected_header(signer.kid, TYPE)
    signature = signer.sign(cose.sig_structure(protected, payload))
    return cose.sign1(protected, payload, signature)


def jwt_claims(statuses: StatusList) -> dict[str, object]:
    """Return the claims of the same list as a JWT of type `JWT_TYPE`, to be signed elsewhere."""
    packed = encode(deflate(statuses.packed))
    return {
        "sub": statuses.uri,
        "exp": statuses.expires,
        "iat": statuses.issued_at,
        "ttl": statuses.ttl,
        "status_list": _body(statuses, packed),
    }


def _body(statuses: StatusList, packed: object) -> dict[str, object]:
    body: dict[str, object] = {"bits": statuses.bits, "lst": packed}
    return body | ({"aggregation_uri": statuses.aggregation} if statuses.aggregation else {})


def read(token: bytes, trust: KeySet) -> StatusList:
    """Return the list, if a trusted status key of the issuer that its uri names signed it.

    Whether it is recent enough is asked when a permit is read, whether it is older than the one
    held by `StatusLists.taking`. Raises `NotTrusted`.
    """
    try:
        if len(token) > MAX_SIZE:
            raise cose.Malformed
        envelope = cose.read_sign1(token)
    except cose.Malformed:
        raise NotTrusted("malformed") from None
    headers = envelope.headers
    if headers.get(cose.HEADER_TYP) != TYPE or not cose.is_plain_es256(headers):
        raise NotTrusted("wrong-type")
    kid = headers.get(cose.HEADER_KID)
    key = trust.find(kid) if isinstance(kid, bytes) else None
    if key is None or key.use is not KeyUse.STATUS:
        raise NotTrusted("unknown-key")
    if not key.verifies(envelope.to_be_signed, envelope.signature):
        raise NotTrusted("bad-signature")
    try:
        statuses = read_claims(envelope.payload)
    except cose.Malformed:
        raise NotTrusted("wrong-claims") from None
    in_time = key.stands(statuses.issued_at) and key.vouches(statuses.issued_at)
    if not in_time or not belongs(statuses.uri, key.issuer):
        raise NotTrusted("unknown-key")
    return statuses


def read_claims(payload: bytes) -> StatusList:
    """Return the list in the payload of a token whose signature held; or `cose.Malformed`."""
    claims = cose.load(payload)
    if not isinstance(claims, dict):
        raise cose.Malformed
    body = read_map(claims, CLAIM_STATUS_LIST)
    bits, packed = read_instant(body, "bits"), body.get("lst")
    unpacked = inflate(packed, MAX_SIZE) if isinstance(packed, bytes) else None
    if bits not in (1, 2, 4, 8) or unpacked is None:
        raise cose.Malformed
    return StatusList(
        uri=read_text(claims, CLAIM_SUB),
        issued_at=read_instant(claims, CLAIM_IAT),
        expires=read_instant(claims, CLAIM_EXP),
        packed=unpacked,
        ttl=read_instant(claims, CLAIM_TTL),
        bits=bits,
        aggregation=read_optional_text(body, "aggregation_uri"),
    )
