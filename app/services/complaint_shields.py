"""Shielding a worker while a complaint is open, and ninety days more; no row names the complaint.

The id of a shield stands sealed in its case, so that only who can open the case finds it.
"""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from app.services.work import Work
from app.storage import authorisations, codecisions, credentials, permit_shields
from permits.audit import Act
from permits.authorisations import Authorisation
from permits.deadlines import legal_day
from permits.errors import Fault, Invalid
from permits.people import Permission, PersonId
from permits.permit_numbers import read
from permits.policies import check_permission
from permits.reach import EVERYTHING
from permits.retaliation import Shield, ShieldId, shield_ends


def open_shield(work: Work, worker: PersonId) -> Shield:
    """Shield a worker from now on; what the office agreed to before is asked anew.

    The log tells of the shield alone: neither whom it is for, nor why.
    """
    check_permission(work.actor, Permission.COMPLAINT_HANDLE)
    return begin_shield(work, worker)


def begin_shield(work: Work, worker: PersonId) -> Shield:
    """The same for a case that the service itself opens, as from a check-in."""
    shield = Shield(ShieldId(work.new_id()), worker, legal_day(work.now))
    event = work.event(Act.SHIELD_OPENED, shield.id)
    permit_shields.add_shield(work.session, shield, event=event)
    codecisions.ask_anew(work.session, worker)
    return shield


def end_shields(work: Work, shields: Collection[UUID], closed_on: date) -> None:
    """The complaint is closed: the shield stands for ninety days more."""
    _set(work, shields, shield_ends(closed_on))


def keep_shields(work: Work, shields: Collection[UUID]) -> None:
    """The complaint was opened anew: the shield stands again without an end."""
    _set(work, shields, None)


def find_by_number(work: Work, typed: str) -> Authorisation:
    """The right whose card carries a number, as the handler read it off; Invalid for none."""
    check_permission(work.actor, Permission.COMPLAINT_HANDLE)
    number = read(typed)
    vault = work.ports.vault
    card = credentials.find_by_number(work.session, vault, number) if number else None
    if card is None:
        raise Invalid([Fault("no-such-permit-number", "permit_number")])
    return authorisations.get_authorisation(work.session, card.authorisation, reach=EVERYTHING)


def _set(work: Work, shields: Collection[UUID], ends_on: date | None) -> None:
    check_permission(work.actor, Permission.COMPLAINT_HANDLE)
    for one in sorted(shields):
        event = work.event(Act.SHIELD_SET, one, {"until": ends_on.isoformat() if ends_on else ""})
        permit_shields.set_end(work.session, one, ends_on, event=event)
