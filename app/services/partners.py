"""Issuers of other countries: who counts is an operator's act; their lists are taken by the worker.

What is known of them lies beside the register of our own keys and is no table, for the same reason:
the event is written first, the file inside the same transaction (`app.services.keys`).
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from app.services import published
from app.services.work import Work
from app.storage import key_uses
from permits import status_list
from permits.audit import Act, Fact
from permits.errors import Conflict, NotFound
from permits.partners import Partner, StatusSource, check_change, check_partner, in_force_until
from permits.people import SYSTEM_PERSON
from permits.signing import NotTrusted
from permits.status_list import StatusList
from permits.trust_list import TrustList

__all__ = [
    "add_partner",
    "find_partner",
    "list_partners",
    "remove_partner",
    "subject_of",
    "take_lists",
]


def list_partners(work: Work) -> Sequence[Partner]:
    """Every partner, in the order of their coming."""
    return work.ports.keys.list_partners()


def find_partner(work: Work, issuer: str) -> Partner:
    """The partner of this issuer; NotFound("partner-unknown")."""
    found = next((one for one in list_partners(work) if one.issuer == issuer), None)
    if found is None:
        raise NotFound("partner-unknown")
    return found


def add_partner(work: Work, partner: Partner) -> None:
    """Let the permits of a partner count, or take in what changed with it.

    What `permits.partners.check_partner` and, of one that is known, `check_change` refuse.
    """
    keys, known = work.ports.keys, list_partners(work)
    check_partner(partner, work.ports.issuer, [key.kid for key in keys.list_keys()], known)
    before = next((one for one in known if one.issuer == partner.issuer), None)
    if before is not None:
        check_change(before, partner, _seconds(work))
    named = [key.kid.hex() for key in partner.keys]
    facts: dict[str, Fact] = {"issuer": partner.issuer, "keys": named}
    event = work.event(Act.PARTNER_ADDED, subject_of(partner.issuer), facts)
    key_uses.note_key_act(work.session, event=event)
    keys.put_partner(partner)


def remove_partner(work: Work, issuer: str, *, in_force: bool = False) -> Partner:
    """Let the permits of a partner count no more: to every reader they are of an unknown key.

    NotFound("partner-unknown"). Conflict("partner-in-force", until) while a key of it may still
    sign permits, unless `in_force` says that this is meant.
    """
    partner = find_partner(work, issuer)
    until = in_force_until(partner, _seconds(work))
    if until is not None and not in_force:
        day = datetime.fromtimestamp(until, UTC).date().isoformat()
        raise Conflict("partner-in-force", until=day)
    event = work.event(Act.PARTNER_REMOVED, subject_of(issuer), {"issuer": issuer})
    key_uses.note_key_act(work.session, event=event)
    work.ports.keys.remove_partner(issuer)
    for source in partner.status_lists:
        work.ports.public.remove(published.partner_name(source.uri))
    return partner


def take_lists(work: Work) -> int:
    """Take every partner's list that changed into the public folder; returns how many did.

    One that is away, that no key of its issuer signed or that is older than the one that is here
    changes nothing: the one that is here ages, and readers see that.
    """
    sources = [source for one in list_partners(work) for source in one.status_lists]
    if not sources:
        return 0
    fetched = [(source, _fetch(work, source)) for source in sources]  # before any statement
    trust = published.read_trust(work)
    return sum(_takes(work, source, token, trust) for source, token in fetched if token)


def _fetch(work: Work, source: StatusSource) -> bytes | None:
    try:
        return work.ports.partner_lists.fetch(source.source)
    except OSError:
        return None


def _takes(work: Work, source: StatusSource, token: bytes, trust: TrustList) -> bool:
    name = published.partner_name(source.uri)
    held = work.ports.public.get(name)
    if token == held:
        return False
    try:
        offered = status_list.read(token, trust)
    except NotTrusted:
        return False
    if offered.uri != source.uri or _is_older(offered, held, trust):
        return False
    facts: dict[str, Fact] = {"uri": source.uri, "issued_at": offered.issued_at}
    event = work.event(Act.PARTNER_LIST_TAKEN, SYSTEM_PERSON, facts)
    key_uses.note_key_act(work.session, event=event)
    return work.ports.public.put(name, token)


def _is_older(offered: StatusList, held: bytes | None, trust: TrustList) -> bool:
    try:
        return held is not None and offered.issued_at < status_list.read(held, trust).issued_at
    except NotTrusted:  # the key that signed the one that is here was given up
        return False


def subject_of(issuer: str) -> UUID:
    """The issuer as the log files it."""
    return uuid5(NAMESPACE_URL, issuer)


def _seconds(work: Work) -> int:
    return int(work.now.timestamp())
