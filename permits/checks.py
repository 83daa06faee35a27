"""What anybody is told of a permit that they were shown, and the receipt of having asked.

Validity, programme, dates and initials: enough for a farm, a bank or the police to hold against a
person, too little to learn who it is. The receipt is a JWS of type `TYPE` with the claims

    {"iss": who checked, "iat": when, "jti": its own name, "aud": what the asker calls themselves,
     "permit": {"sha256": of the text that was shown, "iss": who issued it},
     "verdict": colour, "reason": code,
     "trust_list": version, "status_list": {"uri", "iat"}}

and nothing about the person. The hash names what was shown, a forgery too; as texts differ that
carry one permit, it is not the permit's identity. `permit.iss` stands only where the signature
held, `status_list` where one was asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from permits.base64url import encode
from permits.deadlines import last_day, legal_day
from permits.permit_claims import seconds
from permits.scans import Verdict
from permits.trust_list import TrustList

TYPE = "permit-check+jwt"

LONGEST_REFERENCE = 64
"""Characters of what whoever asks calls themselves in the receipt."""


@dataclass(frozen=True)
class ShownPermit:
    """What is told to everybody of a permit whose signature held; the last day is inclusive."""

    issuer: str
    programme: str
    initials: str
    first_day: date
    last_day: date


def shown(judged: Verdict) -> ShownPermit | None:
    """Return what may be told; None where the signature did not hold or nothing was read."""
    claims = judged.claims
    if claims is None:
        return None
    first, last = legal_day(claims.valid_from), last_day(claims.expires)
    return ShownPermit(claims.issuer, claims.kind, initials(claims.full_name), first, last)


def initials(name: str) -> str:
    """Return the first letters alone, as `M. Á. G.`."""
    return " ".join(f"{part[0].upper()}." for part in name.split())


def receipt_claims(
    judged: Verdict, text: str, trust: TrustList, now: datetime, reference: str, token: bytes
) -> Mapping[str, object]:
    """Return the claims of the receipt, but for `iss`; `token` are random bytes for its name."""
    instant, claims = seconds(now), judged.claims
    permit = {"sha256": encode(sha256(text.encode()).digest())}
    told: dict[str, object] = {
        "iat": instant,
        "jti": encode(token),
        "permit": permit | ({"iss": claims.issuer} if claims else {}),
        "verdict": judged.colour.value,
        "reason": judged.reason.value,
        "trust_list": trust.version,
    }
    if reference:
        told["aud"] = reference
    if claims and judged.list_age is not None:
        asked = {"uri": claims.status_uri, "iat": instant - judged.list_age}
        told["status_list"] = asked
    return told
