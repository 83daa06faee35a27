"""An agent comes in at a device of the post: the device signs, the agent types a PIN.

Or shows a passkey of their own, whose answer the device signs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from app.services import passkeys, sign_in
from app.services.device_proofs import Answered, end_of, read_base64, read_proof
from app.services.devices import Agent, agents_of, set_pin
from app.services.passkeys import Purpose
from app.services.sign_in import SignIn
from app.services.work import Work, token_hash
from app.storage import devices as kept
from app.storage import sessions
from permits.audit import Act
from permits.deadlines import legal_day
from permits.devices import Device, DeviceId, DeviceRefusal, message
from permits.errors import Forbidden
from permits.people import Actor, Permission, PersonId
from permits.policies import check_permission
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


def list_agents(work: Work, answered: Answered) -> Entry:
    """The agents of the device's post, for the device alone."""
    device, refusal = _check(work, answered, "agents", ())
    if device is None or refusal is not None:
        return _refused(work, answered.device, refusal or DeviceRefusal.UNKNOWN_DEVICE)
    return Entry(device, agents_of(work, device.post))


def enter(work: Work, answered: Answered, pin: Pin) -> Entry:
    """Sign an agent of the post in at the device: key and PIN must both hold.

    A refusal is a value and not an exception, so that wrong PINs are counted.
    """
    device, refusal = _check(work, answered, "enter", (str(pin.agent),))
    if device is None or refusal is not None:
        return _refused(work, answered.device, refusal or DeviceRefusal.UNKNOWN_DEVICE)
    agent = _agent_of(work, device, pin.agent)
    if agent is None:
        work.ports.passwords.verify(pin.typed, None)
        return _refused(work, device.id, DeviceRefusal.NOT_OF_THIS_POST)
    refusal = _check_pin(work, pin)
    if refusal is not None:
        return _refused(work, device.id, refusal)
    if pin.chosen:
        set_pin(work.as_actor(agent), pin.agent, pin.chosen)
    return _let_in(work, device, agent, WAY)


def enter_by_passkey(work: Work, answered: Answered, answer: str) -> Entry:
    """Sign an agent of the post in at the device by a passkey; the device signs its answer too.

    It opens no more than a PIN does: the device is shared, and what asks for a fresh proof asks.
    """
    digest = sha256(answer.encode()).hexdigest()
    device, refusal = _check(work, answered, "enter-passkey", (digest,))
    if device is None or refusal is not None:
        return _refused(work, answered.device, refusal or DeviceRefusal.UNKNOWN_DEVICE)
    found = passkeys.check(work, answer, Purpose.SIGN_IN)
    if found is None:
        return _refused(work, device.id, DeviceRefusal.PASSKEY_WRONG)
    agent = _agent_of(work, device, found.person)
    if agent is None:
        return _refused(work, device.id, DeviceRefusal.NOT_OF_THIS_POST)
    return _let_in(work, device, agent, "passkey")


def check_recorder(work: Work) -> None:
    """Who records crossings: a person at an enrolled device, a program that was given the scope.

    Forbidden("not-permitted"), or Forbidden("device-needed") for a session of any other browser:
    what stands under the post's name comes from the post.
    """
    check_permission(work.actor, Permission.CROSSING_RECORD)
    if work.actor.device is None and not work.actor.is_program:
        raise Forbidden("device-needed")


def check_batch(
    work: Work, key: str, body: bytes, signature: str, purpose: str = "crossings"
) -> None:
    """What a session of a device uploads must be signed by that device (ASVS 4.1.5).

    A cookie that was copied to another machine sends nothing. Forbidden with the reason; whoever
    has no device has nothing to sign with.
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


def _agent_of(work: Work, device: Device, person: PersonId) -> Actor | None:
    of_post = {agent.actor.person: agent.actor for agent in agents_of(work, device.post)}
    return of_post.get(person)


def _let_in(work: Work, device: Device, agent: Actor, way: str) -> Entry:
    kept.note_seen(work.session, device.id, legal_day(work.now))
    opened = sign_in.open_session(work, agent, way, device.name, device.id)
    return Entry(device, signed_in=opened)


def _check(
    work: Work, answered: Answered, purpose: str, parts: Sequence[str]
) -> tuple[Device | None, DeviceRefusal | None]:
    """The device whose key answered a fresh challenge of ours, its row held.

    Nobody guesses a signature, so that no address is counted: a wrong-doer behind the post's line
    keeps none of its devices out.
    """
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
