"""What a border agent's device needs to know of its post before the network is gone."""

from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec

from app.services.work import Work
from permits.errors import Unauthenticated
from permits.people import Role
from permits.programmes import Programme
from permits.scans import DEFAULT_FRESHNESS
from permits.signing import kid_of

RESULT_SECONDS = 20
"""How long a verdict stays on the screen unless it is kept."""

_HOUR_SECONDS = 3_600


@dataclass(frozen=True)
class Outfit:
    """The offline roots by name, the reference tables, the agent's own post and the limits.

    `roots` pairs a key's name (8 bytes) with the key; `issuers` names those of other countries by
    their address. Texts are Spanish, codes are for the caller
    to put into words.
    """

    roots: tuple[tuple[bytes, ec.EllipticCurvePublicKey], ...]
    post: str | None
    posts: Mapping[str, str]
    departments: Mapping[str, str]
    occupations: Mapping[str, str]
    programmes: Mapping[str, Programme]
    child_duty_phone: str | None
    issuers: Mapping[str, str]
    green_hours: int = DEFAULT_FRESHNESS.list_fresh // _HOUR_SECONDS
    amber_hours: int = DEFAULT_FRESHNESS.list_usable // _HOUR_SECONDS
    result_seconds: int = RESULT_SECONDS
    halted: bool = False


def names_of_issuers(work: Work) -> Mapping[str, str]:
    """Other countries' issuers as a verdict names them, by their address."""
    return {
        one.issuer: f"{one.name} ({', '.join(one.countries)})"
        for one in work.ports.keys.list_partners()
    }


def read_outfit(work: Work) -> Outfit:
    """For border agents alone; Unauthenticated("sign-in-needed") for everybody else.

    A device pins the roots that it is given first, so nobody else may enrol one.
    """
    if work.actor.role is not Role.BORDER_AGENT:
        raise Unauthenticated("sign-in-needed")
    reference = work.ports.reference
    return Outfit(
        tuple((kid_of(key), key) for key in work.ports.keys.roots()),
        work.actor.post,
        reference.posts,
        reference.departments,
        reference.occupations,
        reference.programmes,
        work.ports.child_duty.phone,
        names_of_issuers(work),
        halted=work.ports.scanner_halted,
    )
