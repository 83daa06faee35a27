"""Issuers of other countries whose credentials count here: what is exchanged about each of them.

    {"issuer": "https://…", "name": "…", "countries": ["GTM"],
     "keys": [{"use": "permit", "kty": "EC", "crv": "P-256", "x": "…", "y": "…", "nbf": s, "exp": s,
               "state": "active", "cutoff": s?}, …],
     "status_lists": [{"uri": "https://…/st/1", "source": "https://… or file:///…"}]}

A key is a JWK (RFC 7518) with its use and its times beside it. The file is public; that it is
theirs is made sure by comparing the fingerprints of its keys in another way, a meeting or a call.
"""

import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from permits import cose
from permits.base64url import encode
from permits.cwt import END_OF_TIME
from permits.errors import Conflict, Fault, refuse_if
from permits.signing import KeyUse, cose_key, kid_of, read_cose_key
from permits.status_list import belongs
from permits.tables import Table
from permits.trust_list import TrustedKey, TrustState

USES = (KeyUse.PERMIT, KeyUse.STATUS, KeyUse.FACE)
LONGEST_ISSUER, MOST = 64, 40
"""Characters of an issuer; keys, and status lists, of one partner."""

_NAME = re.compile(r"\S(?:.{0,118}\S)?")
_COUNTRY = re.compile("[A-Z]{3}")
_EC, _P256 = re.compile("EC"), re.compile("P-256")
_COORDINATE = re.compile("[A-Za-z0-9_-]{43}")
_URI = re.compile(r"https://\S{1,248}")
_SOURCE = re.compile(r"(?:https://|file:///)\S{1,240}")


@dataclass(frozen=True)
class StatusSource:
    """A partner's status list: the address that its credentials name, and where we take it from."""

    uri: str
    source: str


@dataclass(frozen=True)
class Partner:
    """An issuer of another country, with the keys that may sign for it and for nobody else."""

    issuer: str
    name: str
    countries: tuple[str, ...]
    keys: tuple[TrustedKey, ...]
    status_lists: tuple[StatusSource, ...]


def read_partner(mapping: Mapping[str, object]) -> Partner:
    """Return the partner that a file tells of; `Invalid` with every fault."""
    faults: list[Fault] = []
    table = Table(mapping, faults)
    issuer, name = table.text("issuer"), table.text("name", _NAME)
    countries = table.texts("countries", _COUNTRY)
    keys = _read_keys(table.tables("keys", MOST), issuer, countries)
    lists = _read_lists(table.tables("status_lists", MOST))
    table.close()
    checks = (
        (is_issuer(issuer), "issuer-malformed", "issuer"),
        (len({key.kid for key in keys}) == len(keys), "key-twice", "keys"),
        ({key.use for key in keys} >= {KeyUse.PERMIT, KeyUse.STATUS}, "uses-missing", "keys"),
        (all(belongs(one.uri, issuer) for one in lists), "status-list-foreign", "status_lists"),
    )
    faults += [Fault(code, field) for holds, code, field in checks if not holds]
    refuse_if(faults)
    return Partner(issuer, name, countries, keys, lists)


def write_partner(partner: Partner) -> dict[str, Any]:
    """Return a partner as the file tells of it; the inverse of `read_partner`."""
    return {
        "issuer": partner.issuer,
        "name": partner.name,
        "countries": list(partner.countries),
        "keys": [_write_key(key) for key in partner.keys],
        "status_lists": [{"uri": one.uri, "source": one.source} for one in partner.status_lists],
    }


def check_partner(
    partner: Partner, issuer: str, own: Sequence[bytes], others: Sequence[Partner]
) -> None:
    """Refuse a partner that could speak for us or for another.

    Conflict("partner-is-us") where its issuer lies at our host, Conflict("key-of-another", kid)
    where one of its keys is ours or another partner's.
    """
    if urlsplit(partner.issuer).hostname == urlsplit(issuer).hostname:
        raise Conflict("partner-is-us", issuer=partner.issuer)
    taken = {
        *own,
        *(k.kid for other in others if other.issuer != partner.issuer for k in other.keys),
    }
    for key in partner.keys:
        if key.kid in taken:
            raise Conflict("key-of-another", kid=key.kid.hex())


def check_change(before: Partner, after: Partner, now: int) -> None:
    """Refuse a file that would turn people away who hold what the partner has signed.

    Conflict("partner-lacks-key", kid) where a key that still stands is missing, ends earlier,
    begins later or has another use; one that is given up is told as compromised.
    Conflict("partner-key-back", kid) where one that was given up is to count again.
    Conflict("partner-lacks-list", uri) where a status list is missing.
    """
    told = {key.kid: key for key in after.keys}
    for key in before.keys:
        if key.expires > now:
            _check_key(key, told.get(key.kid))
    uris = {one.uri for one in after.status_lists}
    for one in before.status_lists:
        if one.uri not in uris:
            raise Conflict("partner-lacks-list", uri=one.uri)


def _check_key(key: TrustedKey, told: TrustedKey | None) -> None:
    if told is None or told.use is not key.use:
        raise Conflict("partner-lacks-key", kid=key.kid.hex())
    if key.state is TrustState.COMPROMISED:
        # Without a cutoff nothing counts; a cutoff may only be brought forward.
        forward = key.cutoff is not None and told.cutoff is not None and told.cutoff <= key.cutoff
        if told.state is not key.state or not (told.cutoff is None or forward):
            raise Conflict("partner-key-back", kid=key.kid.hex())
    elif told.state is not TrustState.COMPROMISED and (
        told.expires < key.expires or told.not_before > key.not_before
    ):
        raise Conflict("partner-lacks-key", kid=key.kid.hex())


def in_force_until(partner: Partner, now: int) -> int | None:
    """Return when the last of its keys ends that may sign permits (seconds); None after it."""
    ends = [k.expires for k in partner.keys if k.use is KeyUse.PERMIT and k.stands(now)]
    return max(ends, default=None)


def is_issuer(uri: str) -> bool:
    """Whether this may stand as an issuer: https, a host, no final slash, at most 64 characters."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return False
    plain = parts.scheme == "https" and parts.hostname and not (parts.query or parts.fragment)
    return bool(plain) and "@" not in parts.netloc and uri[-1] != "/" and len(uri) <= LONGEST_ISSUER


def _read_keys(
    entries: Sequence[Table], issuer: str, countries: tuple[str, ...]
) -> tuple[TrustedKey, ...]:
    read = [_read_key(entry, issuer, countries) for entry in entries]
    return tuple(key for key in read if key)


def _read_key(entry: Table, issuer: str, countries: tuple[str, ...]) -> TrustedKey | None:
    use = entry.choice("use", KeyUse)
    state = entry.choice("state", TrustState) if entry.has("state") else TrustState.ACTIVE
    begins, ends = (entry.number(name, 0, END_OF_TIME - 1) for name in ("nbf", "exp"))
    cutoff = entry.number("cutoff", 0, END_OF_TIME - 1) if entry.has("cutoff") else None
    kind, curve = entry.text("kty", _EC), entry.text("crv", _P256)
    x, y = (entry.text(name, _COORDINATE) for name in ("x", "y"))
    entry.close()  # a private half too is a key that is not known
    if use not in USES:
        entry.fault("unknown-value", "use")
    if begins >= ends:
        entry.fault("out-of-range", "exp")
    if cutoff is not None and state is not TrustState.COMPROMISED:
        entry.fault("unknown-key", "cutoff")
    try:
        public = read_cose_key({1: 2, -1: 1, -2: _octets(x), -3: _octets(y)})
    except (cose.Malformed, ValueError):
        if kind and curve and x and y:
            entry.fault("unknown-value", "x")
        return None
    return TrustedKey(kid_of(public), public, issuer, use, begins, ends, countries, state, cutoff)


def _write_key(key: TrustedKey) -> dict[str, Any]:
    point = cose_key(key.public)
    written = {
        "use": key.use.value,
        "kty": "EC",
        "crv": "P-256",
        "x": _base64(point[-2]),
        "y": _base64(point[-3]),
        "nbf": key.not_before,
        "exp": key.expires,
        "state": key.state.value,
    }
    return written if key.cutoff is None else {**written, "cutoff": key.cutoff}


def _read_lists(entries: Sequence[Table]) -> tuple[StatusSource, ...]:
    return tuple(_read_list(entry) for entry in entries)


def _read_list(entry: Table) -> StatusSource:
    uri = entry.text("uri", _URI)
    source = entry.text("source", _SOURCE) if entry.has("source") else uri
    entry.close()
    return StatusSource(uri, source)


def _octets(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _base64(value: object) -> str:
    assert isinstance(value, bytes)  # noqa: S101  a coordinate of a key of ours
    return encode(value)
