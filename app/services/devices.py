"""The devices of a border post: enrolled by a supervisor's code, named, revoked; agents' PINs."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from app.services.work import Work
from app.storage import accounts, audit
from app.storage import devices as kept
from permits.audit import Act, AuditEvent
from permits.devices import (
    ENROLMENT_HOLDS,
    ONE_TIME_PIN_HOLDS,
    PIN_DIGITS,
    AgentPin,
    Device,
    DeviceId,
    DeviceRefusal,
    check_pin,
    message,
    read_point,
)
from permits.errors import Conflict, Fault, Forbidden, Invalid, NotFound, refuse_if
from permits.people import Actor, Permission, PersonId, Role
from permits.policies import check_fresh, check_permission
from permits.signing import verify_es256

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Thirty letters and digits that nobody takes for another."""

CODE_LENGTH = 12
"""58 bits, for fifteen minutes."""

LONGEST_NAME = 40


@dataclass(frozen=True)
class Agent:
    """An agent of a post and how their PIN stands; `pin` is None where there is none."""

    actor: Actor
    pin: AgentPin | None


@dataclass(frozen=True)
class Enrolment:
    """What a device sends to be enrolled: the code, its public key, and a proof that it has it."""

    code: str
    x: bytes
    y: bytes
    signature: bytes


def reach_of(work: Work) -> str | None:
    """The post whose devices this person manages; None for every post."""
    check_permission(work.actor, Permission.DEVICE_MANAGE)
    if work.actor.role is Role.POST_SUPERVISOR and work.actor.post is None:
        raise Forbidden("not-permitted")
    return work.actor.post


def list_devices(work: Work) -> list[Device]:
    """Devices of the own post, or of every post for an administrator."""
    return kept.list_devices(work.session, reach_of(work))


def list_refusals(work: Work, devices: Sequence[Device]) -> list[AuditEvent]:
    """Who was not let in at these devices lately and why, newest first; twenty at most.

    Who was only asked for a PIN of their own is left out.
    """
    reach_of(work)
    about = audit.list_about(work.session, [device.id for device in devices])
    asked = DeviceRefusal.PIN_TO_CHOOSE.value
    refused = [event for event in about if event.act is Act.DEVICE_REFUSED]
    return [event for event in refused if event.facts["reason"] != asked][:20]


def make_enrolment(work: Work, post: str, name: str) -> str:
    """A code by which one device enrols at a post within fifteen minutes; told once."""
    own = reach_of(work)
    check_fresh(work.actor, work.now)
    name = name.strip()
    known = post in work.ports.reference.posts and own in {None, post}
    faults = [] if known else [Fault("unknown-post", "post")]
    faults += _faults_of(name)
    refuse_if(faults)
    drawn = [ALPHABET[work.ports.chance.below(len(ALPHABET))] for _ in range(CODE_LENGTH)]
    code = "".join(drawn)
    wanted = Device(DeviceId(UUID(int=0)), post, name, b"", work.actor.person, work.now)
    event = work.event(Act.DEVICE_INVITED, work.actor.person, {"post": post})
    ends = work.now + ENROLMENT_HOLDS
    kept.add_enrolment(work.session, _hash(work, code), wanted, ends, event=event)
    return code


def enrol_device(work: Work, sent: Enrolment) -> Device | None:
    """Enrol the device that shows a code and proves its key; None refuses, and tells no more.

    A refusal is a value and not an exception, so that the code is used up.
    """
    code = "".join(c for c in sent.code.upper() if c.isalnum())
    found = kept.take_enrolment(work.session, _hash(work, code), work.now)
    if found is None:
        return None
    post, name, maker = found
    try:
        point = read_point(sent.x, sent.y)
    except Invalid:
        return None
    device = Device(DeviceId(work.new_id()), post, name, point, maker, work.now)
    if not verify_es256(device.key, message("enrol", code), sent.signature):
        return None
    event = work.event(Act.DEVICE_ENROLLED, device.id, {"post": post})
    event = replace(event, person=maker, role=Role.ANYONE)
    return device if kept.add_device(work.session, device, event=event) else None


def rename_device(work: Work, device: DeviceId, name: str) -> None:
    """Give a device of one's own another name."""
    found = _own(work, device)
    refuse_if(_faults_of(name.strip()))
    event = work.event(Act.DEVICE_RENAMED, found.id)
    kept.rename_device(work.session, found.id, name.strip(), event=event)


def revoke_device(work: Work, device: DeviceId) -> None:
    """A device is lost or leaves service: its sessions end at once; Conflict where it has left."""
    found = _own(work, device)
    if found.revoked_at is not None:
        raise Conflict("device-already-revoked")
    event = work.event(Act.DEVICE_REVOKED, found.id, {"post": found.post})
    kept.revoke_device(work.session, found.id, work.actor.person, work.now, event=event)


def list_agents(work: Work) -> list[Agent]:
    """The agents of the own post, or of every post, with how their PINs stand."""
    return agents_of(work, reach_of(work))


def agents_of(work: Work, post: str | None) -> list[Agent]:
    """The agents of a post whose accounts are open, by name."""
    found = [
        actor
        for account in accounts.list_accounts(work.session, Role.BORDER_AGENT)
        for actor in account.actors
        if actor.role is Role.BORDER_AGENT and not account.disabled
    ]
    agents = [actor for actor in found if post is None or actor.post == post]
    pins = kept.list_pins(work.session, [actor.person for actor in agents])
    ordered = sorted(agents, key=lambda actor: (actor.name.casefold(), actor.person))
    return [Agent(actor, pins.get(actor.person)) for actor in ordered]


def give_one_time_pin(work: Work, person: PersonId) -> str:
    """A PIN for an agent's first entry, or after a block; told once, to be replaced at once."""
    check_fresh(work.actor, work.now)
    if person not in {agent.actor.person for agent in list_agents(work)}:
        raise NotFound("no-such-agent")
    digits = f"{work.ports.chance.below(10**PIN_DIGITS):0{PIN_DIGITS}d}"
    ends = work.now + ONE_TIME_PIN_HOLDS
    pin = AgentPin(
        person, work.ports.passwords.hash(digits), one_time=True, wrong=0, expires_at=ends
    )
    event = work.event(Act.PIN_GIVEN, person)
    kept.set_pin(work.session, pin, event=event)
    return digits


def choose_own_pin(work: Work, pin: str) -> None:
    """An agent who is signed in fully, and not by a PIN, chooses one; Invalid where it is weak."""
    if work.actor.role is not Role.BORDER_AGENT or work.actor.device is not None:
        raise Forbidden("not-permitted")
    check_fresh(work.actor, work.now)
    set_pin(work, work.actor.person, pin)


def set_pin(work: Work, person: PersonId, pin: str) -> None:
    """Replace an agent's PIN; who may is for the caller to know."""
    check_pin(pin)
    chosen = AgentPin(person, work.ports.passwords.hash(pin), one_time=False, wrong=0)
    event = work.event(Act.PIN_CHOSEN, person)
    kept.set_pin(work.session, chosen, event=event)


def _own(work: Work, device: DeviceId) -> Device:
    post = reach_of(work)
    found = kept.lock_device(work.session, device)
    if found is None or post not in {None, found.post}:
        raise NotFound("no-such-device")
    return found


def _faults_of(name: str) -> list[Fault]:
    if not name:
        return [Fault("missing", "name")]
    return [Fault("too-long", "name", {"limit": LONGEST_NAME})] if len(name) > LONGEST_NAME else []


def _hash(work: Work, code: str) -> bytes:
    return hmac.digest(work.ports.throttle_key, b"device enrolment\0" + code.encode(), "sha256")
