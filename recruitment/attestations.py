"""Attestation: a mission or the authority of the country of work says of a vacancy yes or no (E5).

It is asked where the programme's file says for how many days one holds. What was attested is what
was read: other terms, or something new against the employer, are another question.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from permits.errors import Fault, Forbidden
from permits.findings import Finding, Severity
from permits.people import Actor, PersonId
from permits.programmes import Programme, in_force

ASKED = "attestation_days"
"""The threshold of a programme's file: so many days one holds; left out where none is asked."""

MISSING, REFUSED, OVER = "attestation-missing", "attestation-refused", "attestation-over"
FINDING_CODES = frozenset({MISSING, REFUSED, OVER})
"""Every code of this room, for the table of words."""

SHORTEST_GROUNDS, LONGEST_GROUNDS = 20, 600
"""Characters of why: of a yes as of a no."""

CONTEXT = b"vereda attestation 1\n"
"""Stands before what is signed, so that no other text of the house has the same bytes."""


@dataclass(frozen=True)
class Attestation:
    """One word of one official; `told` is the SHA-256 of what was read, `ends_on` its last day."""

    id: UUID
    vacancy: UUID
    country: str
    agrees: bool
    grounds: str
    told: bytes
    official: PersonId
    attested_at: datetime
    ends_on: date
    signature: bytes = b""


def is_asked(programme: Programme) -> bool:
    """Whether a programme asks for one."""
    return ASKED in programme.versions.thresholds


def last_day(programme: Programme, today: date) -> date:
    """Until when one that is given today holds."""
    return today + timedelta(days=in_force(programme.versions.thresholds[ASKED], today).value)


def check_attests(actor: Actor, programme: Programme) -> None:
    """Only whoever speaks for the country where the work is; Forbidden("other-country") else."""
    if actor.country != programme.destination:
        raise Forbidden("other-country")


def find_faults(grounds: str) -> list[Fault]:
    """What is wrong with the words."""
    if len(grounds.strip()) < SHORTEST_GROUNDS:
        return [Fault("too-short", "grounds", {"limit": SHORTEST_GROUNDS})]
    if len(grounds) > LONGEST_GROUNDS:
        return [Fault("too-long", "grounds", {"limit": LONGEST_GROUNDS})]
    return []


def check_attested(
    programme: Programme, given: Sequence[Attestation], told: bytes, today: date
) -> Iterator[Finding]:
    """What keeps a vacancy from being offered: no word on what is told now, a no, or an old yes.

    The newest word counts, by instant and id. Nobody sets it aside: the mission is asked again.
    """
    if not is_asked(programme):
        return
    asked = in_force(programme.versions.thresholds[ASKED], today)
    own = [one for one in given if one.told == told]
    newest = max(own, key=lambda one: (one.attested_at, one.id)) if own else None
    code = _code_of(newest, today)
    if code:
        yield Finding(code, Severity.BLOCK, asked.source, asked.confirmed, "attestation")


def _code_of(newest: Attestation | None, today: date) -> str:
    if newest is None:
        return MISSING
    if not newest.agrees:
        return REFUSED
    return OVER if newest.ends_on < today else ""


def statement(attestation: Attestation) -> bytes:
    """The bytes that are signed; the same word has the same bytes for ever."""
    said = (
        str(attestation.id),
        str(attestation.vacancy),
        attestation.country,
        "yes" if attestation.agrees else "no",
        sha256(attestation.grounds.encode()).hexdigest(),
        attestation.told.hex(),
        str(attestation.official),
        attestation.attested_at.astimezone(UTC).isoformat(),
        attestation.ends_on.isoformat(),
    )
    return CONTEXT + "\n".join(said).encode()


def sign(seed: bytes, attestation: Attestation) -> bytes:
    """The official's signature with the key of these 32 bytes (Ed25519, RFC 8032)."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(statement(attestation))


def is_signed(seed: bytes, attestation: Attestation) -> bool:
    """Whether the official's own key signed exactly this."""
    key = Ed25519PrivateKey.from_private_bytes(seed).public_key()
    try:
        key.verify(attestation.signature, statement(attestation))
    except InvalidSignature:
        return False
    return True
