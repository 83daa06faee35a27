"""An employer registers by telephone: a code shows whose phone it is, and the draft waits."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from app.services import registry_checks
from app.services.phone_codes import Asker, ask_code, check_code, holder_of, was_typed
from app.services.work import Work, token_hash
from app.storage import employer_accounts, employers, farms, outbox, registrations, registry_answers
from app.storage import phone_codes as kept
from permits import base64url
from permits.audit import Act
from permits.errors import Conflict, Fault, NotFound, refuse_if
from permits.people import Permission, PersonId
from permits.phone_codes import Purpose
from recruitment.registrations import (
    MOST_FARMS,
    Farm,
    Registration,
    RegistrationStatus,
    Told,
    check_editable,
    find_farm_faults,
    find_faults,
    hand_in,
)
from recruitment.tax_numbers import read_tax_number

ACCESS = timedelta(hours=20)
"""A browser is let in so long; then the phone is asked for another code."""


@dataclass(frozen=True)
class Mine:
    """A registration as its employer sees it."""

    registration: Registration
    farms: tuple[Farm, ...]


@dataclass(frozen=True)
class OwnEmployer:
    """A verified employer by name; `work` is in the name of who acts for it."""

    id: UUID
    name: str
    work: Work


def ask_for_code(
    work: Work, phone: str, token: str, language: str, address: str, known: str = ""
) -> bool:
    """Have a code sent, bound to the browser that holds `token`; False after too many.

    `known` is the token by which the browser is known since somebody signed in, "" where it is not.
    """
    asker = Asker(holder_of(token), language, address, known)
    return ask_code(work, Purpose.REGISTRATION, phone, asker)


def find_phone(work: Work, token: str) -> str | None:
    """The phone that this browser asked a code for; None where it is over."""
    code = kept.find_code(work.session, Purpose.REGISTRATION, holder_of(token))
    return code.phone if code is not None and work.now < code.expires_at else None


def come_in(work: Work, token: str, typed: str, address: str) -> str | None:
    """Open the phone's registration, or begin one: a token for the browser, None for a wrong code.

    Who has the phone has the registration: the browser that was let in before is let out.
    """
    code = check_code(work, Purpose.REGISTRATION, holder_of(token), typed)
    if code is None:
        return None
    was_typed(work, address)
    kept.remove_code(work.session, code)
    found = registrations.find_by_phone(work.session, code.phone)
    if found is None:
        found = _begin(work, code.phone)
    access = base64url.encode(work.ports.chance.token(32))
    event = _as_owner(work, found).event(Act.REGISTRATION_OPENED, found.id)
    registrations.open_access(
        work.session, found.id, token_hash(access), work.now + ACCESS, event=event
    )
    return access


def _begin(work: Work, phone: str) -> Registration:
    new = Registration(work.new_id(), phone, RegistrationStatus.DRAFT, Told(), 0, work.now)
    event = _as_owner(work, new).event(Act.REGISTRATION_STARTED, new.id)
    return registrations.add_registration(work.session, new, event=event)


def leave(work: Work, token: str) -> None:
    """Let the browser out; whoever has the phone comes in again."""
    found = find_by_code(work, token)
    if found is not None:
        event = _as_owner(work, found).event(Act.SIGNED_OUT, found.id)
        registrations.open_access(work.session, found.id, None, work.now, event=event)


def find_mine(work: Work, token: str) -> Registration | None:
    """The registration that a browser's token opens; None where it is over.

    None too where the account of the same telephone asks for a second factor, and this browser is
    not signed in to it: the code of a message is one factor, and opens nothing by another door.
    """
    found = find_by_code(work, token)
    if found is None or found.employer is None or found.employer == work.actor.employer:
        return found
    return None if employer_accounts.has_factor(work.session, found.phone) else found


def find_by_code(work: Work, token: str) -> Registration | None:
    """The one whose code was typed in this browser, whatever else its account asks for."""
    if not token:
        return None
    return registrations.find_by_access(work.session, token_hash(token), work.now)


def read_mine(work: Work, token: str) -> Mine:
    """The same with its farms; NotFound("no-such-registration")."""
    found = find_mine(work, token)
    if found is None:
        raise NotFound("no-such-registration")
    return Mine(found, tuple(farms.list_farms(work.session, found.id)))


def _lock_mine(work: Work, token: str) -> Registration:
    return registrations.lock_registration(work.session, read_mine(work, token).registration.id)


def save_told(work: Work, token: str, changes: Mapping[str, Any]) -> Registration:
    """Keep what was answered to a question; Invalid with what is wrong with it."""
    before = _lock_mine(work, token)
    check_editable(before)
    told = replace(before.told, **changes)
    refuse_if([fault for fault in find_faults(told) if fault.field in changes])
    if "tax_number" in changes:
        told = replace(told, tax_number=read_tax_number(told.tax_number or "").number)
    facts = {"fields": ",".join(sorted(changes))}
    event = _as_owner(work, before).event(Act.REGISTRATION_SAVED, before.id, facts)
    after = replace(before, told=told)
    return registrations.save_registration(work.session, before, after, event=event)


def save_farm(work: Work, token: str, farm: Farm) -> Farm:
    """Add a farm, or change the own one of this id; Invalid with everything that is wrong."""
    mine = _lock_mine(work, token)
    check_editable(mine)
    towns = work.ports.reference.municipalities["HND"]
    known = farms.list_farms(work.session, mine.id)
    faults = find_farm_faults(farm, mine.told.kind, towns)
    exists = farm.id in {one.id for one in known}
    if not exists and len(known) >= MOST_FARMS:
        faults.append(Fault("too-many-farms", "", {"limit": MOST_FARMS}))
    refuse_if(faults)
    event = _as_owner(work, mine).event(Act.FARM_SAVED, mine.id)
    if exists:
        farms.save_farm(work.session, mine.id, farm, event=event)
    else:
        farms.add_farm(work.session, mine.id, farm, work.now, event=event)
    return farm


def find_farm(work: Work, token: str, farm: UUID) -> Farm:
    """One of the own farms; NotFound("no-such-farm") for another's too."""
    known = {one.id: one for one in read_mine(work, token).farms}
    if farm not in known:
        raise NotFound("no-such-farm")
    return known[farm]


def remove_farm(work: Work, token: str, farm: UUID) -> None:
    """Take an own farm away; one that is gone is no error."""
    mine = _lock_mine(work, token)
    check_editable(mine)
    event = _as_owner(work, mine).event(Act.FARM_REMOVED, mine.id)
    farms.remove_farm(work.session, mine.id, farm, event=event)


def hand_in_mine(work: Work, token: str) -> Registration:
    """Send it to SETRASS; the registries are asked by the worker process. Twice is no error."""
    before = _lock_mine(work, token)
    if before.status is RegistrationStatus.UNDER_REVIEW:
        return before
    after = hand_in(before, farms.list_farms(work.session, before.id), work.now)
    facts = {"version": before.version}
    event = _as_owner(work, before).event(Act.REGISTRATION_HANDED_IN, before.id, facts)
    saved = registrations.save_registration(work.session, before, after, event=event)
    # What registries said of another number or name proves nothing about these.
    registry_answers.forget_answers(work.session, saved.id)
    key = f"{registry_checks.EFFECT}:{saved.id}:{saved.version}"
    effect = outbox.Effect(registry_checks.EFFECT, key, {"id": str(saved.id)})
    outbox.put(work.session, effect, work.now)
    return saved


def own_employer(work: Work, token: str) -> OwnEmployer:
    """The employer of who is signed in to its account, or of who came in by telephone.

    Conflict("not-verified-yet") before SETRASS has verified, ("employer-account-closed") where the
    account that the telephone opens is locked; NotFound for who is neither.
    """
    employer, own = find_signed_in(work), work
    if employer is None:
        found = read_mine(work, token).registration
        if employer_accounts.is_locked(work.session, found.phone):
            raise Conflict("employer-account-closed")
        employer, own = found.employer, _as_owner(work, found)
    name = employers.find_name(work.session, employer) if employer else None
    if employer is None or name is None:
        raise Conflict("not-verified-yet")
    return OwnEmployer(employer, name, own)


def find_signed_in(work: Work) -> UUID | None:
    """The employer whose account this person is signed in to; None for everybody else."""
    return work.actor.employer if work.actor.can(Permission.VACANCY_WRITE) else None


def _as_owner(work: Work, registration: Registration) -> Work:
    return work.as_person(PersonId(registration.id))
