"""The signed letter of a hand-over: what it says, and what its signature vouches for.

The letter tells neither whose case it is nor what it is about: paper is lost. It says that the
office hands a case over to this institution since this day, and how to open it. The signature is a
JWS of type `TYPE` with the claims

    {"iss": who hands over, "sub": the case's reference, "aud": the target's code,
     "jti": the hand-over's id, "iat": the local midnight of its day,
     "sha256": in hex, of a package's content; a letter vouches for none and has no such claim}

so that any program with the published keys verifies it, years later and without asking anybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

from permits.deadlines import legal_day, start_of
from permits.errors import Unauthenticated
from recruitment.complaints.handling import reference_of
from recruitment.complaints.referrals import Referral
from recruitment.complaints.words import ReferralTarget

TYPE = "complaint-referral+jwt"


@dataclass(frozen=True)
class Vouched:
    """What a signature holds for; `sha256` is of a package's content, "" for a letter."""

    referral: UUID
    reference: str
    target: ReferralTarget
    day: date
    sha256: str = ""


@dataclass(frozen=True)
class PrintedReferral:
    """A letter of hand-over, as the printers are given it; `link` opens the case, `check` shows
    that the letter is genuine."""

    reference: str
    target: ReferralTarget
    sent_on: date
    answer_by: date
    link: str
    check: str = field(repr=False)
    printed_at: datetime


def claims_of(referral: Referral, digest: str = "") -> Mapping[str, object]:
    """What is signed; the same at each printing, and of the day alone.

    With `digest` it vouches for the content of a package, whose SHA-256 that is.
    """
    content = {"sha256": digest} if digest else {}
    return content | {
        "sub": reference_of(referral.complaint),
        "aud": referral.target.value,
        "jti": str(referral.id),
        "iat": int(start_of(referral.sent_on).timestamp()),
    }


def read_claims(claims: Mapping[str, object], issuer: str) -> Vouched:
    """What claims say whose signature held; Unauthenticated("token-refused") for another's."""
    day, words = claims.get("iat"), [claims.get(one) for one in ("iss", "jti", "sub", "aud")]
    if type(day) is not int or claims.get("iss") != issuer:
        raise Unauthenticated("token-refused")
    _, identity, reference, target = (str(one) for one in words)
    try:
        sent_on = legal_day(datetime.fromtimestamp(day, UTC))
        digest = str(claims.get("sha256", ""))
        return Vouched(UUID(identity), reference, ReferralTarget(target), sent_on, digest)
    except (ValueError, OverflowError):
        raise Unauthenticated("token-refused") from None
