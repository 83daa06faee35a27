"""The verdict on a QR text: keys, lists and an instant in, one colour with one reason out.

The scanner's JavaScript is the twin of this module; tests/vectors/ holds the two together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from permits import cose, permit_numbers, qr
from permits.permit_claims import PermitClaims, UnsupportedVersion, read_claims, seconds
from permits.signing import KeyUse
from permits.status_list import Status, StatusList, StatusLists, belongs
from permits.trust_list import TrustedKey, TrustList

CLOCK_TOLERANCE = 300
"""Seconds by which a reader's clock and the issuer's may differ."""


class Colour(StrEnum):
    """Go, check again, stop, refer: shown by shape, icon and word too."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"


class Reason(StrEnum):
    """The one reason that is told, the one on which something can be done.

    `wrong-face` comes of the second scan (permits/face.py): a good permit with another's photo, or
    one whose signature is false.
    """

    OK = "ok"
    UNREADABLE = "unreadable"
    NOT_OURS = "not-ours"
    UNSUPPORTED_VERSION = "unsupported-version"
    BAD_SIGNATURE = "bad-signature"
    KEY_REVOKED = "key-revoked"
    NOT_YET_VALID = "not-yet-valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    LIST_AGING = "list-aging"
    WRONG_POST = "wrong-post"
    WRONG_FACE = "wrong-face"
    TYPED_NUMBER = "typed-number"
    UNKNOWN_KEY = "unknown-key"
    LIST_TOO_OLD = "list-too-old"
    CLOCK_WRONG = "clock-wrong"


COLOURS: Mapping[Reason, Colour] = {
    Reason.OK: Colour.GREEN,
    Reason.UNREADABLE: Colour.RED,
    Reason.NOT_OURS: Colour.RED,
    Reason.UNSUPPORTED_VERSION: Colour.RED,
    Reason.BAD_SIGNATURE: Colour.RED,
    Reason.KEY_REVOKED: Colour.RED,
    Reason.NOT_YET_VALID: Colour.RED,
    Reason.EXPIRED: Colour.RED,
    Reason.REVOKED: Colour.RED,
    Reason.SUSPENDED: Colour.RED,
    Reason.LIST_AGING: Colour.AMBER,
    Reason.WRONG_POST: Colour.AMBER,
    Reason.WRONG_FACE: Colour.AMBER,
    Reason.TYPED_NUMBER: Colour.AMBER,
    Reason.UNKNOWN_KEY: Colour.GREY,
    Reason.LIST_TOO_OLD: Colour.GREY,
    Reason.CLOCK_WRONG: Colour.GREY,
}


class SignatureState(StrEnum):
    """`unchecked`: an earlier step failed, or there is none (a typed number)."""

    UNCHECKED = "unchecked"
    VALID = "valid"
    INVALID = "invalid"


class TimeState(StrEnum):
    """Where the instant lies in the validity."""

    UNCHECKED = "unchecked"
    VALID = "valid"
    NOT_YET_VALID = "not-yet-valid"
    EXPIRED = "expired"


class StatusState(StrEnum):
    """What the status list says; `unknown`: no such list is at hand."""

    UNCHECKED = "unchecked"
    VALID = "valid"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Freshness:
    """Ages in seconds; a post may be stricter than these defaults (domain.md 4.5).

    A status list is fresh up to `list_fresh`, aging up to `list_usable`, then too old; a trust
    list ages for `trust_grace` after its end, then it is too old.
    """

    list_fresh: int = 24 * 3_600
    list_usable: int = 72 * 3_600
    trust_grace: int = 72 * 3_600


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the agent is told.

    `claims` are there only when the signature held and the issuer may sign them; `compare` names
    what to hold against the person and the document; `list_age` is in seconds.
    """

    reason: Reason
    signature: SignatureState = SignatureState.UNCHECKED
    time: TimeState = TimeState.UNCHECKED
    status: StatusState = StatusState.UNCHECKED
    list_age: int | None = None
    claims: PermitClaims | None = None
    number: str | None = None

    @property
    def colour(self) -> Colour:
        """The colour that the reason has."""
        return COLOURS[self.reason]

    @property
    def compare(self) -> tuple[str, ...]:
        """What to compare; nothing on red, where nobody is let through by comparing."""
        if self.claims is None or self.colour is Colour.RED:
            return ()
        return ("printed-photo", "full-name", "document-number", "date-of-birth")


DEFAULT_FRESHNESS = Freshness()


def verdict(
    text: str,
    trust: TrustList | None,
    status_lists: StatusLists,
    now: datetime,
    post: str | None = None,
    freshness: Freshness = DEFAULT_FRESHNESS,
) -> Verdict:
    """Judge a QR text (or a typed permit number). Never raises for any text; `now` is aware.

    1 length · 2 Base45 · 3 inflate within a limit · 4 envelope · 5 algorithm · 6 key: known, for
    permits, standing · 7 signature · 8 claims · 9 time · 10 the key's issuer · 11 status · 12
    freshness, clock and post. The first step that fails gives the reason; nothing is
    read from the payload before 7. `trust` None: no trust list at hand, no key is known.
    """
    number = permit_numbers.read(text) if len(text) <= _LONGEST_TYPED else None
    if number:
        return Verdict(Reason.TYPED_NUMBER, number=number)
    try:
        envelope = qr.read(text)  # 1 to 4
    except qr.Unreadable as unreadable:
        return Verdict(_REASON_OF_FAULT[unreadable.fault])
    instant = seconds(now)
    if not cose.is_plain_es256(envelope.headers):  # 5
        return Verdict(Reason.UNSUPPORTED_VERSION)
    key = _find_key(envelope, trust, instant)  # 6
    if isinstance(key, Reason):
        return Verdict(key)
    if not key.verifies(envelope.to_be_signed, envelope.signature):  # 7
        return Verdict(Reason.BAD_SIGNATURE, SignatureState.INVALID)
    try:
        claims = read_claims(envelope.payload)  # 8
    except UnsupportedVersion:
        return Verdict(Reason.UNSUPPORTED_VERSION, SignatureState.VALID)
    except cose.Malformed:
        return Verdict(Reason.NOT_OURS, SignatureState.VALID)
    if not key.vouches(seconds(claims.issued_at)):  # 6, the part that needs the claims
        return Verdict(Reason.KEY_REVOKED, SignatureState.VALID)
    slow = _is_clock_wrong(instant, trust, status_lists)
    return _judge(claims, key, status_lists, _Reader(instant, slow, trust, post, freshness))


# Twelve characters and the separators that a person may type.
_LONGEST_TYPED = 20

_REASON_OF_FAULT: Mapping[qr.Fault, Reason] = {
    qr.Fault.LENGTH: Reason.UNREADABLE,
    qr.Fault.FOREIGN: Reason.NOT_OURS,
    qr.Fault.BASE45: Reason.UNREADABLE,
    qr.Fault.INFLATE: Reason.UNREADABLE,
    qr.Fault.ENVELOPE: Reason.NOT_OURS,
}

_REASON_OF_STATUS: Mapping[Status, tuple[Reason, StatusState]] = {
    Status.INVALID: (Reason.REVOKED, StatusState.REVOKED),
    Status.SUSPENDED: (Reason.SUSPENDED, StatusState.SUSPENDED),
}


def _is_clock_wrong(now: int, trust: TrustList | None, status_lists: StatusLists) -> bool:
    """Whether the clock is before the issue of a signed list: then it is slow, for sure."""
    latest = max(trust.issued_at if trust else 0, status_lists.latest)
    return now + CLOCK_TOLERANCE < latest


class _Reader(NamedTuple):
    """Where and when a text is read."""

    now: int
    clock_wrong: bool
    trust: TrustList | None
    post: str | None
    freshness: Freshness


def _find_key(envelope: cose.Sign1, trust: TrustList | None, now: int) -> TrustedKey | Reason:
    """Step 6: the protected name wins; the unprotected one counts only where there is no other."""
    kid = envelope.headers.get(cose.HEADER_KID, envelope.unprotected.get(cose.HEADER_KID))
    if not isinstance(kid, bytes):
        return Reason.NOT_OURS
    key = trust.find(kid) if trust else None
    if key is None:
        return Reason.UNKNOWN_KEY
    if key.use is not KeyUse.PERMIT:
        return Reason.NOT_OURS
    return key if key.stands(now) else Reason.KEY_REVOKED


def _judge(
    claims: PermitClaims, key: TrustedKey, status_lists: StatusLists, reader: _Reader
) -> Verdict:
    """Steps 9 to 12, on claims whose signature held."""
    time = _time_state(claims, reader.now)  # 9
    valid = SignatureState.VALID
    entitled = claims.issuer == key.issuer
    shown = claims if entitled else None
    if time is TimeState.EXPIRED:
        return Verdict(Reason.EXPIRED, valid, time, claims=shown)
    if time is TimeState.NOT_YET_VALID:
        # A clock that is known to be slow proves nothing about a beginning.
        reason = Reason.CLOCK_WRONG if reader.clock_wrong else Reason.NOT_YET_VALID
        return Verdict(reason, valid, time, claims=shown)
    if not entitled or not belongs(claims.status_uri, claims.issuer):  # 10, and 11 begins
        return Verdict(Reason.NOT_OURS, valid, time)
    statuses = status_lists.find(claims.status_uri)  # 11
    if statuses is None or statuses.uri != claims.status_uri:
        reason = Reason.CLOCK_WRONG if reader.clock_wrong else Reason.LIST_TOO_OLD
        return Verdict(reason, valid, time, StatusState.UNKNOWN, claims=claims)
    age = max(0, reader.now - statuses.issued_at)
    try:
        status = statuses.status(claims.status_index)
    except IndexError:
        return Verdict(Reason.NOT_OURS, valid, time)
    if status is not Status.VALID:
        reason, state = _REASON_OF_STATUS[status]
        return Verdict(reason, valid, time, state, age, claims)
    reason = _policy(claims, statuses, age, reader)  # 12
    return Verdict(reason, valid, time, StatusState.VALID, age, claims)


def _time_state(claims: PermitClaims, now: int) -> TimeState:
    """Step 9: from nbf to exp, the end excluded, five minutes kinder on both sides."""
    if now >= seconds(claims.expires) + CLOCK_TOLERANCE:
        return TimeState.EXPIRED
    if now < seconds(claims.valid_from) - CLOCK_TOLERANCE:
        return TimeState.NOT_YET_VALID
    return TimeState.VALID


def _policy(claims: PermitClaims, statuses: StatusList, age: int, reader: _Reader) -> Reason:
    """Step 12: what cannot be known is grey before what needs a second look is amber."""
    ends = reader.trust.expires if reader.trust else 0
    freshness = reader.freshness
    if reader.clock_wrong:
        return Reason.CLOCK_WRONG
    if age > freshness.list_usable or reader.now >= statuses.expires:
        return Reason.LIST_TOO_OLD
    if reader.now >= ends + freshness.trust_grace:
        return Reason.LIST_TOO_OLD
    if reader.post is not None and claims.posts and reader.post not in claims.posts:
        return Reason.WRONG_POST
    if age > freshness.list_fresh or reader.now >= ends:
        return Reason.LIST_AGING
    return Reason.OK
