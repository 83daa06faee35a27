"""A typed number, looked up in the register: what is told of it, and never more than amber.

A number carries no signature: whoever has seen a card can type it, so it proves that a permit
stands and not that the person has it. What is told is enough to hold against a card or a document
in the hand, and too little to learn who somebody is.
"""

from dataclasses import dataclass
from datetime import datetime

from permits.authorisations import OVER, Authorisation, AuthorisationStatus, status_on
from permits.deadlines import legal_day
from permits.issuing import Credential, CredentialState
from permits.permit_claims import PermitClaims
from permits.scans import Colour, Reason, StatusState, TimeState, Verdict

ENDING = 4
"""So many last characters of the document's number are told."""


@dataclass(frozen=True, slots=True)
class Holder:
    """What is told of whom a standing permit names; `expires` is exclusive."""

    initials: str
    document_ending: str
    kind: str
    valid_from: datetime
    expires: datetime


def judge_number(
    number: str, card: Credential | None, right: Authorisation | None, now: datetime
) -> Verdict:
    """The verdict on a number; `card` and `right` None where the register has no such card.

    In the order of the steps for a signed text: unknown · expired · not yet valid · revoked ·
    suspended · `typed-number`. A card that still waits for its signature is nobody's yet.
    """
    if card is None or right is None or card.state is CredentialState.PENDING:
        return Verdict(Reason.NOT_OURS)
    if now >= card.expires:
        return Verdict(Reason.EXPIRED, time=TimeState.EXPIRED, number=number)
    if now < card.valid_from:
        return Verdict(Reason.NOT_YET_VALID, time=TimeState.NOT_YET_VALID, number=number)
    reason, status = _standing(card, right, now)
    return Verdict(reason, time=TimeState.VALID, status=status, list_age=0, number=number)


def _standing(card: Credential, right: Authorisation, now: datetime) -> tuple[Reason, StatusState]:
    stands = status_on(right, legal_day(now))
    if card.state is not CredentialState.ISSUED or stands in OVER:
        return Reason.REVOKED, StatusState.REVOKED
    if stands is AuthorisationStatus.SUSPENDED:
        return Reason.SUSPENDED, StatusState.SUSPENDED
    return Reason.TYPED_NUMBER, StatusState.VALID


def holder_of(verdict: Verdict, claims: PermitClaims) -> Holder | None:
    """What may be told beside a verdict; nothing on red, where nobody passes by comparing."""
    if verdict.colour is not Colour.AMBER:
        return None
    return Holder(
        initials(claims.full_name),
        claims.document_number[-ENDING:],
        claims.kind,
        claims.valid_from,
        claims.expires,
    )


def initials(name: str) -> str:
    """The first letter of each word; the public check's script tells the same."""
    return " ".join(f"{word[0].upper()}." for word in name.split())
