"""The trust list: which keys may sign what for whom, signed by a root key that stays offline.

On the wire a CWT: COSE_Sign1 under tag 18, protected `{1: -7, 4: kid, 16: TYPE}`, claims
`{1: iss, 4: exp, 6: iat, 65534: ttl, -70002: {1: version, 2: [key, …]}}`, each key
`{1: kid, 2: COSE_Key, 3: iss, 4: use, 5: nbf, 6: exp, 7: [country, …], 8: state, 9: cutoff?}`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from permits import cose
from permits.cwt import (
    CLAIM_EXP,
    CLAIM_IAT,
    CLAIM_ISS,
    CLAIM_TRUST,
    CLAIM_TTL,
    read_instant,
    read_text,
    read_texts,
)
from permits.keys import LISTED, Key, KeyState
from permits.signing import (
    KeyUse,
    NotTrusted,
    Signer,
    cose_key,
    kid_of,
    read_cose_key,
    verify_es256,
)

TYPE = "application/permit-trustlist+cwt"

LIFETIME = 30 * 86_400
"""Seconds that a trust list is in force."""

TTL = 86_400
"""Seconds after which a reader with a network asks for a newer one."""

MAX_SIZE = 256 * 1_024
"""Bytes; some thousand keys."""

_USE_CODES: Mapping[int, KeyUse] = {1: KeyUse.PERMIT, 2: KeyUse.STATUS, 3: KeyUse.FACE}
_CODES_OF_USE = {use: code for code, use in _USE_CODES.items()}


class TrustState(StrEnum):
    """Where a key stands: retired keys verify what they signed, compromised ones do not."""

    ACTIVE = "active"
    RETIRED = "retired"
    COMPROMISED = "compromised"


_TRUST_STATES: Mapping[KeyState, TrustState] = {
    KeyState.NEXT: TrustState.ACTIVE,  # its nbf says from when
    KeyState.ACTIVE: TrustState.ACTIVE,
    KeyState.RETIRED: TrustState.RETIRED,
    KeyState.COMPROMISED: TrustState.COMPROMISED,
}

_STATE_CODES: Mapping[int, TrustState] = dict(enumerate(TrustState))
_CODES_OF_STATE = {state: code for code, state in _STATE_CODES.items()}


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """One key of the list; instants in seconds.

    `expires` is the instant from which nothing that it signed counts; `cutoff`, of a compromised
    key only: what it signed before still counts. Without a cutoff nothing counts any more. (The
    holder of a stolen key can backdate: set a cutoff only where the key itself did not leak.)
    `countries` are those that the issuer's permits are for, alpha-3; information, not a rule.
    """

    kid: bytes
    public: ec.EllipticCurvePublicKey
    issuer: str
    use: KeyUse
    not_before: int
    expires: int
    countries: tuple[str, ...] = ()
    state: TrustState = TrustState.ACTIVE
    cutoff: int | None = None

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """Whether the ES256 signature (64 bytes) is this key's over `message`."""
        return verify_es256(self.public, message, signature)

    def stands(self, now: int) -> bool:
        """Whether anything that the key signed may still count at this instant (seconds)."""
        lost = self.state is TrustState.COMPROMISED and self.cutoff is None
        return now < self.expires and not lost

    def vouches(self, issued_at: int) -> bool:
        """Whether what the key signed at this instant (seconds) counts while the key stands."""
        before = self.expires if self.cutoff is None else min(self.cutoff, self.expires)
        return self.not_before <= issued_at < before


@dataclass(frozen=True)
class TrustList:
    """The keys that a pinned root vouches for; instants in seconds."""

    issuer: str
    version: int
    issued_at: int
    expires: int
    keys: Mapping[bytes, TrustedKey]
    ttl: int = TTL

    def find(self, kid: bytes) -> TrustedKey | None:
        """Return the key of this name."""
        return self.keys.get(kid)


def trusted(key: Key, issuer: str, countries: tuple[str, ...]) -> TrustedKey:
    """Return a key of our own register as the list names it."""
    return TrustedKey(
        kid=key.kid,
        public=key.public,
        issuer=issuer,
        use=key.use,
        not_before=int(key.not_before.timestamp()),
        expires=int(key.expires.timestamp()),
        countries=countries,
        state=_TRUST_STATES[key.state],
        cutoff=int(key.cutoff.timestamp()) if key.cutoff else None,
    )


def is_listed(key: Key, now: datetime) -> bool:
    """Whether scanners have to know the key: it may verify, and something it signed may count."""
    return key.use in LISTED and now < key.expires


def sign(trust: TrustList, root: Signer) -> bytes:
    """Return the trust list as a CWT signed by a root key."""
    return sign_claims(write_claims(trust), root)


def sign_claims(payload: bytes, root: Signer) -> bytes:
    """Return these claims, as `write_claims` made them, as a CWT signed by a root key."""
    protected = cose.protected_header(root.kid, TYPE)
    signature = root.sign(cose.sig_structure(protected, payload))
    return cose.sign1(protected, payload, signature)


def write_claims(trust: TrustList) -> bytes:
    """Return the claims of a list, which a root has to sign."""
    return cose.dump(
        {
            CLAIM_ISS: trust.issuer,
            CLAIM_EXP: trust.expires,
            CLAIM_IAT: trust.issued_at,
            CLAIM_TTL: trust.ttl,
            CLAIM_TRUST: {1: trust.version, 2: [_write_key(key) for key in trust.keys.values()]},
        }
    )


def read_claims(payload: bytes) -> TrustList:
    """Return the list that the claims tell of, signed or not; or NotTrusted("wrong-claims")."""
    try:
        return _read_claims(cose.load(payload))
    except cose.Malformed:
        raise NotTrusted("wrong-claims") from None


def read(
    token: bytes, roots: Sequence[ec.EllipticCurvePublicKey], stored: TrustList | None = None
) -> TrustList:
    """Return the list if one of the pinned roots signed it.

    `stored` is the list that the reader has: one with a lower version, or of the same version
    but issued earlier, is refused (`rolled-back`). Whether it is still in force is asked
    when a permit is read. Raises `NotTrusted`; never trusts a key that the token brings.
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
    root = next((root for root in roots if kid_of(root) == kid), None)
    if root is None:
        raise NotTrusted("unknown-key")
    if not verify_es256(root, envelope.to_be_signed, envelope.signature):
        raise NotTrusted("bad-signature")
    trust = read_claims(envelope.payload)
    if stored and (trust.version, trust.issued_at) < (stored.version, stored.issued_at):
        raise NotTrusted("rolled-back")
    return trust


def _write_key(key: TrustedKey) -> dict[int, object]:
    written: dict[int, object] = {
        1: key.kid,
        2: cose_key(key.public),
        3: key.issuer,
        4: _CODES_OF_USE[key.use],
        5: key.not_before,
        6: key.expires,
        7: list(key.countries),
        8: _CODES_OF_STATE[key.state],
    }
    if key.cutoff is not None:
        written[9] = key.cutoff
    return written


def _read_claims(claims: object) -> TrustList:
    if not isinstance(claims, dict):
        raise cose.Malformed
    body = claims.get(CLAIM_TRUST)
    if not isinstance(body, dict) or not isinstance(body.get(2), list):
        raise cose.Malformed
    keys = [_read_key(key) for key in body[2]]
    by_kid = {key.kid: key for key in keys}
    if len(by_kid) != len(keys):
        raise cose.Malformed
    return TrustList(
        issuer=read_text(claims, CLAIM_ISS),
        version=read_instant(body, 1),
        issued_at=read_instant(claims, CLAIM_IAT),
        expires=read_instant(claims, CLAIM_EXP),
        keys=by_kid,
        ttl=read_instant(claims, CLAIM_TTL),
    )


def _read_key(value: Any) -> TrustedKey:  # noqa: ANN401  as it came over the wire
    """Read one key; its name must be the thumbprint of its point, so that none can be shadowed."""
    if not isinstance(value, dict):
        raise cose.Malformed
    public = read_cose_key(value.get(2))
    use, state = read_instant(value, 4), read_instant(value, 8)
    cutoff = read_instant(value, 9) if 9 in value else None
    if use not in _USE_CODES or state not in _STATE_CODES or value.get(1) != kid_of(public):
        raise cose.Malformed
    if cutoff is not None and _STATE_CODES[state] is not TrustState.COMPROMISED:
        raise cose.Malformed
    return TrustedKey(
        kid=value[1],
        public=public,
        issuer=read_text(value, 3),
        use=_USE_CODES[use],
        not_before=read_instant(value, 5),
        expires=read_instant(value, 6),
        countries=read_texts(value, 7),
        state=_STATE_CODES[state],
        cutoff=cutoff,
    )
