"""An agent comes in at a device of the post: the device signs, the agent types a PIN."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.services import sign_in
from app.services.device_proofs import Answered, end_of, read_base64, read_proof
from app.services.devices import Agent, agents_of, set_pin
from app.services.sign_in import SignIn
from app.services.throttling import PER_ADDRESS, allow_try
from app.services.work import Work, token_hash
from app.storage import devices as kept
from app.storage import sessions
from permits.audit import Act
from permits.deadlines import legal_day
from permits.devices import Device, DeviceId, DeviceRefusal, message
from permits.errors import Forbidden
from permits.people import PersonId
from permits.signing import verify_es256

WAY = "pin"


@dataclass(frozen=True)
class Pin:
    """Who comes in and what was typed; `chosen` replaces a PIN that holds once."""

    agent: PersonId
    typed: str
    chosen: str = ""


@dataclass(frozen=True)
class Entry:
    """What became of an answer: the device and its agents, a session, or why not."""

    device: Device | None = None
    agents: Sequence[Agent] = ()
    signed_in: SignIn | None = None
    refusal: DeviceRefusal | None = None


def list_agents(work: Work, answered: Answered, address: str) -> Entry:
    """The agents of the device's post, for the device alone."""
    device, refusal = _check(work, answered, "agents", (), address)
    if device is None or refusal is not None:
        return _refused(work, answered.device, refusal or DeviceRefusal.UNKNOWN_DEVICE)
    return Entry(device, agents_of(work, device.post))


def enter(work: Work, answered: Answered, pin: Pin, address: str) -> Entry:
    """Sign an agent of the post in at the device: key and PIN must both hold.

    A refusal is a value and not an exception, so that wrong PINs are counted.
    """
    device, refusal = _check(work, answered, "enter", (str(pin.agent),), address)
    if device is None or refusal is not None:
        return _refused(work, answered.device, refusal or DeviceRefusal.UNKNOWN_DEVICE)
    of_post = {agent.actor.person: agent for agent in agents_of(work, device.post)}
    agent = of_post.get(pin.agent)
    if agent is None:
        work.ports.passwords.verify(pin.typed, None)
        return _refused(work, device.id, DeviceRefusal.NOT_OF_THIS_POST)
    refusal = _check_pin(work, pin)
    if refusal is not None:
        return _refused(work, device.id, refusal)
    if pin.chosen:
        set_pin(work.as_actor(agent.actor), pin.agent, pin.chosen)
    kept.note_seen(work.session, device.id, legal_day(work.now))
    opened = sign_in.open_session(work, agent.actor, WAY, device.name, device.id)
    return Entry(device, signed_in=opened)


def check_batch(
    work: Work, key: str, body: bytes, signature: str, purpose: str = "crossings"
) -> None:
    """What a session of a device uploads must be signed by that device (ASVS 4.1.5).

    A cookie that was copied to another machine sends nothing. Forbidden with the reason; a
    session without a device passes.
    """
    if work.actor.device is None:
        return
    device = kept.find_device(work.session, DeviceId(work.actor.device))
    if device is None or device.revoked_at is not None:
        raise Forbidden("revoked-device")
    signed = message(purpose, str(device.id), key) + b"\n" + body
    if not signature:
        raise Forbidden("device-proof-missing")
    if not verify_es256(device.key, signed, read_base64(signature)):
        raise Forbidden("device-proof-wrong")
    kept.note_seen(work.session, device.id, legal_day(work.now))


def _check(
    work: Work, answered: Answered, purpose: str, parts: Sequence[str], address: str
) -> tuple[Device | None, DeviceRefusal | None]:
    """The device whose key answered a fresh challenge of ours, its row held."""
    if not allow_try(work, PER_ADDRESS, address):
        return None, DeviceRefusal.CHALLENGE_OLD
    held = kept.lock_device(work.session, answered.device)
    device, refusal = read_proof(work, held, answered, purpose, parts)
    if device is None or refusal is not None:
        return device, refusal
    ends = end_of(work, answered)
    if ends is None or not kept.use_challenge(work.session, token_hash(answered.challenge), ends):
        return device, DeviceRefusal.CHALLENGE_USED
    return device, None


def _check_pin(work: Work, pin: Pin) -> DeviceRefusal | None:
    held = kept.lock_pin(work.session, pin.agent)
    fits = work.ports.passwords.verify(pin.typed, held.pin_hash if held else None)
    if held is None or not held.holds(work.now):
        return DeviceRefusal.PIN_NOT_SET
    if held.blocked:
        return DeviceRefusal.PIN_BLOCKED
    if not fits:
        kept.count_wrong(work.session, held)
        blocked = replace(held, wrong=held.wrong + 1).blocked
        return DeviceRefusal.PIN_BLOCKED if blocked else DeviceRefusal.PIN_WRONG
    if held.one_time and not pin.chosen:
        return DeviceRefusal.PIN_TO_CHOOSE
    if held.wrong:
        kept.forget_wrong(work.session, held)
    return None


def _refused(work: Work, device: DeviceId, refusal: DeviceRefusal) -> Entry:
    event = work.event(Act.DEVICE_REFUSED, device, {"reason": refusal.value})
    sessions.note_event(work.session, event=event)
    return Entry(refusal=refusal)
