"""A foreman's link: a narrow key to the gate of one farm, made and ended by the employer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import compress
from uuid import UUID

from app.services import farm_register
from app.services.farm_register import Answer, EmployersFarm, Register, Sent
from app.services.work import Work, token_hash
from app.storage import farm_hands, farm_movements, foreman_links
from permits import base64url
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, NotFound, refuse_if
from permits.people import Actor, PersonId, Role
from recruitment.farm_closings import check_stands
from recruitment.farm_register import LATE_NOTES, ForemanLink, find_link_faults

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
    if sum(one.stands(today) for one in list_links(work, farm)) >= MOST_LINKS:
        raise Conflict("too-many-links", limit=MOST_LINKS)
    token = base64url.encode(work.ports.chance.token(16))
    link = ForemanLink(work.new_id(), own.id, ends_on, work.now)
    event = work.event(Act.FOREMAN_LINK_MADE, link.id, {"ends_on": ends_on.isoformat()})
    foreman_links.add_link(work.session, link, token_hash(token), work.actor.person, event=event)
    return token


def list_links(work: Work, farm: UUID) -> Sequence[ForemanLink]:
    """The links of an own farm that still open, and those whose phone may still hand in."""
    own, today = farm_register.get_own_farm(work, farm), legal_day(work.now)
    lately = foreman_links.list_links(work.session, own.id, today - LATE_NOTES)
    return [one for one in lately if one.stands(today) or one.takes_late(work.now)]


def end_link(work: Work, farm: UUID, link: UUID, *, lost: bool = False) -> None:
    """End one; nothing happens where it has ended, NotFound for another farm's.

    Where its phone is `lost`, nothing is taken from it any more, noted before or not; that may be
    said of one that has ended, too.
    """
    if link not in {one.id for one in list_links(work, farm)}:
        raise NotFound("no-such-link")
    event = work.event(Act.FOREMAN_LINK_ENDED, link, {"lost": lost})
    foreman_links.end_link(work.session, link, work.now, lost=lost, event=event)


def open_gate(work: Work, token: str) -> Gate:
    """The gate that a token opens; NotFound where it is wrong, ended or over."""
    link = _find_link(work, token)
    if not link.stands(legal_day(work.now)):
        raise NotFound("no-such-link")
    farm = _find_farm(work, link)
    register = farm_register.register_of(work, farm)
    return Gate(farm, link, farm_register.hide_others(register))


def record_at_gate(work: Work, token: str, sent: Sequence[Sent]) -> list[Answer]:
    """Record movements by a foreman's link, in the link's name.

    A link that is over hands in for a week what its phone noted while it opened, unless the phone
    is lost; what it noted later, or before there was the link, is answered with a fault. NotFound
    after that.
    """
    link = _find_link(work, token)
    stands = link.stands(legal_day(work.now))
    if not (stands or link.takes_late(work.now)):
        raise NotFound("no-such-link")
    foreman = Actor(PersonId(link.id), Role.EMPLOYER, permissions=frozenset())
    seen = [_saw(link, one, work.now, stands=stands) for one in sent]
    told = farm_register.record_at(
        work.as_actor(foreman), _find_farm(work, link), list(compress(sent, seen))
    )
    answers = iter(told)
    return [
        next(answers) if one_seen else _answer_unseen(work, link, one)
        for one, one_seen in zip(sent, seen, strict=True)
    ]


def _saw(link: ForemanLink, sent: Sent, now: datetime, *, stands: bool) -> bool:
    told = sent.happened_at, sent.sent_at, now
    return (stands or link.saw(*told)) and not link.is_younger(*told)


def _answer_unseen(work: Work, link: ForemanLink, sent: Sent) -> Answer:
    """A fault, but for what was taken before: a clock that was set right since tells otherwise."""
    known = farm_movements.find_movement(work.session, sent.id)
    if known and (known.recorded_by, known.by_its_clock) == (link.id, sent.happened_at):
        return Answer(sent.id, known.belonging)
    return Answer(sent.id, None, (Fault("link-not-then", "happened_at"),))


def _find_link(work: Work, token: str) -> ForemanLink:
    link = foreman_links.find_link(work.session, token_hash(token))
    if link is None:
        raise NotFound("no-such-link")
    return link


def _find_farm(work: Work, link: ForemanLink) -> EmployersFarm:
    farm = farm_hands.find_farm(work.session, link.farm)
    if farm is None:
        raise NotFound("no-such-link")
    return farm
