"""A foreman's link: a narrow key to the gate of one farm, made and ended by the employer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.services import farm_register
from app.services.farm_register import Answer, EmployersFarm, Register, Sent
from app.services.work import Work, token_hash
from app.storage import farm_hands, foreman_links
from permits import base64url
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, NotFound, refuse_if
from permits.people import Actor, PersonId, Role
from recruitment.farm_closings import check_stands
from recruitment.farm_register import ForemanLink, find_link_faults

MOST_LINKS = 20
"""So many links of one farm open at once (a number of the service, not law)."""


@dataclass(frozen=True)
class Gate:
    """A farm at whose gate somebody stands, and until when their link opens it."""

    farm: EmployersFarm
    link: ForemanLink
    register: Register


def make_link(work: Work, farm: UUID, ends_on: date) -> str:
    """A new link's token, told once; Invalid for a day that cannot be, Conflict for too many.

    Conflict also where the farm was taken away.
    """
    own = farm_register.get_own_farm(work, farm)
    today = legal_day(work.now)
    check_stands(own.closed_on, today)
    refuse_if(find_link_faults(ends_on, today))
    if len(foreman_links.list_links(work.session, farm, today)) >= MOST_LINKS:
        raise Conflict("too-many-links", limit=MOST_LINKS)
    token = base64url.encode(work.ports.chance.token(16))
    link = ForemanLink(work.new_id(), own.id, ends_on, work.now)
    event = work.event(Act.FOREMAN_LINK_MADE, link.id, {"ends_on": ends_on.isoformat()})
    foreman_links.add_link(work.session, link, token_hash(token), work.actor.person, event=event)
    return token


def list_links(work: Work, farm: UUID) -> Sequence[ForemanLink]:
    """The links of an own farm that still open."""
    own = farm_register.get_own_farm(work, farm)
    return foreman_links.list_links(work.session, own.id, legal_day(work.now))


def end_link(work: Work, farm: UUID, link: UUID) -> None:
    """End one; nothing happens where it has ended, NotFound for another farm's."""
    if link not in {one.id for one in list_links(work, farm)}:
        raise NotFound("no-such-link")
    event = work.event(Act.FOREMAN_LINK_ENDED, link)
    foreman_links.end_link(work.session, link, work.now, event=event)


def open_gate(work: Work, token: str) -> Gate:
    """The gate that a token opens; NotFound where it is wrong, ended or over."""
    link = foreman_links.find_link(work.session, token_hash(token))
    if link is None or not link.stands(legal_day(work.now)):
        raise NotFound("no-such-link")
    farm = farm_hands.find_farm(work.session, link.farm)
    if farm is None:
        raise NotFound("no-such-link")
    register = farm_register.register_of(work, farm)
    return Gate(farm, link, farm_register.hide_others(register))


def record_at_gate(work: Work, token: str, sent: Sequence[Sent]) -> list[Answer]:
    """Record movements by a foreman's link, in the link's name."""
    gate = open_gate(work, token)
    foreman = Actor(PersonId(gate.link.id), Role.EMPLOYER, permissions=frozenset())
    return farm_register.record_at(work.as_actor(foreman), gate.farm, sent)
