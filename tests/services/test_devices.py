"""A device and a PIN must both hold; each way around is refused, and the supervisor reads why."""

import base64
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from app.services import crossings, device_entries, devices, housekeeping, sign_in
from app.services.device_entries import Answered, Entry, Pin
from app.services.devices import Enrolment
from app.services.ports import Ports
from app.services.work import Work
from app.storage import devices as kept
from app.storage.database import Session
from permits.crossings import Crossing, CrossingId, Direction, Outcome
from permits.devices import PIN_TRIES, Device, DeviceId, DeviceRefusal, message
from permits.errors import Conflict, Fault, Forbidden, Invalid, NotFound, Unauthenticated
from permits.people import NOBODY, SYSTEM, Actor, Role
from permits.signing import sign_es256
from tests.builders import NOW, add_official, work_of

ADDRESS, PIN = "192.0.2.7", "482915"
FRESH = NOW + timedelta(minutes=15)


@dataclass
class Machine:
    """A tablet: its key, and the device that it was enrolled as."""

    key: ec.EllipticCurvePrivateKey
    device: Device

    def answer(self, work: Work, purpose: str, *parts: str) -> Answered:
        """Ask for a challenge and sign it."""
        challenge = device_entries.make_challenge(work, self.device.id)
        signed = message(purpose, str(self.device.id), challenge, *parts)
        return Answered(self.device.id, challenge, sign_es256(self.key, signed))


@dataclass
class Post:
    """A post with its people, at some instant."""

    session: Session
    ports: Ports
    supervisor: Actor
    agent: Actor

    def work(self, actor: Actor = NOBODY, **later: float) -> Work:
        return work_of(self.session, actor, self.ports, NOW + timedelta(**later))

    def enrolment(self, code: str) -> tuple[ec.EllipticCurvePrivateKey, Enrolment]:
        key = ec.generate_private_key(ec.SECP256R1())
        point = key.public_key().public_numbers()
        proof = sign_es256(key, message("enrol", code))
        return key, Enrolment(code, point.x.to_bytes(32), point.y.to_bytes(32), proof)

    def machine(self, name: str = "Ventanilla 1") -> Machine:
        assert self.supervisor.post is not None
        code = devices.make_enrolment(self.work(self.supervisor), self.supervisor.post, name)
        key, sent = self.enrolment(code)
        device = devices.enrol_device(self.work(), sent, ADDRESS)
        assert device is not None
        return Machine(key, device)

    def enter(self, machine: Machine, pin: str = PIN, chosen: str = "", **later: float) -> Entry:
        work = self.work(NOBODY, **later)
        answered = machine.answer(work, "enter", str(self.agent.person))
        return device_entries.enter(work, answered, Pin(self.agent.person, pin, chosen), ADDRESS)

    def why(self) -> list[str]:
        """What the supervisor reads, newest first."""
        work = self.work(self.supervisor)
        listed = devices.list_refusals(work, devices.list_devices(work))
        return [str(event.facts["reason"]) for event in listed]


def make_post(session: Session, ports: Ports, code: str = "HN-GT-1") -> Post:
    supervisor, agent = (
        replace(add_official(session, ports, role), proven_until=FRESH)
        for role in (Role.POST_SUPERVISOR, Role.BORDER_AGENT)
    )
    devices.choose_own_pin(work_of(session, agent, ports), PIN)
    return Post(session, ports, replace(supervisor, post=code), agent)


@pytest.fixture
def post(session: Session, ports: Ports) -> Post:
    return make_post(session, ports)


@pytest.mark.feature("B8")
@pytest.mark.asvs("6.3.3", "7.3.2")
def test_key_and_pin_open_a_session_of_the_device_for_a_shift(post: Post) -> None:
    machine = post.machine()
    entry = post.enter(machine)
    assert entry.signed_in is not None
    assert (entry.refusal, entry.signed_in.actor) == (None, post.agent)
    token = entry.signed_in.token
    known = sign_in.authenticate(post.session, token, post.work(hours=15).now)
    assert (known, known.device) == (post.agent, machine.device.id)
    assert known.proven_until == NOW  # a PIN opens no account and chooses no other PIN
    assert sign_in.authenticate(post.session, token, post.work(hours=16).now) == NOBODY


def test_the_names_of_the_agents_are_for_the_device_alone(post: Post) -> None:
    machine = post.machine()
    found = device_entries.list_agents(post.work(), machine.answer(post.work(), "agents"), ADDRESS)
    assert [agent.actor for agent in found.agents] == [post.agent]
    stranger = replace(machine, key=ec.generate_private_key(ec.SECP256R1()))
    refused = device_entries.list_agents(
        post.work(), stranger.answer(post.work(), "agents"), ADDRESS
    )
    assert (refused.refusal, list(refused.agents)) == (DeviceRefusal.SIGNATURE_WRONG, [])


Way = Callable[[Post, Machine], Entry]


def _unknown(post: Post, machine: Machine) -> Entry:
    return post.enter(replace(machine, device=replace(machine.device, id=DeviceId(uuid4()))))


def _stranger(post: Post, machine: Machine) -> Entry:
    return post.enter(replace(machine, key=ec.generate_private_key(ec.SECP256R1())))


def _revoked(post: Post, machine: Machine) -> Entry:
    devices.revoke_device(post.work(post.supervisor), machine.device.id)
    return post.enter(machine)


def _late(post: Post, machine: Machine) -> Entry:
    answered = machine.answer(post.work(), "enter", str(post.agent.person))
    pin = Pin(post.agent.person, PIN)
    return device_entries.enter(post.work(minutes=2), answered, pin, ADDRESS)


def _replayed(post: Post, machine: Machine) -> Entry:
    answered = machine.answer(post.work(), "enter", str(post.agent.person))
    pin = Pin(post.agent.person, PIN)
    device_entries.enter(post.work(), answered, pin, ADDRESS)
    return device_entries.enter(post.work(), answered, pin, ADDRESS)


def _forged(post: Post, machine: Machine) -> Entry:
    answered = machine.answer(post.work(), "enter", str(post.agent.person))
    forged = answered.challenge[:-1] + ("A" if answered.challenge[-1] != "A" else "B")
    pin = Pin(post.agent.person, PIN)
    return device_entries.enter(post.work(), replace(answered, challenge=forged), pin, ADDRESS)


def _for_another(post: Post, machine: Machine) -> Entry:
    answered = machine.answer(post.work(), "enter", str(uuid4()))
    return device_entries.enter(post.work(), answered, Pin(post.agent.person, PIN), ADDRESS)


def _for_the_names(post: Post, machine: Machine) -> Entry:
    answered = machine.answer(post.work(), "agents")
    return device_entries.enter(post.work(), answered, Pin(post.agent.person, PIN), ADDRESS)


def _elsewhere(post: Post, machine: Machine) -> Entry:
    other = make_post(post.session, post.ports, "HN-GT-2").machine()
    return post.enter(other)


def _wrong(post: Post, machine: Machine) -> Entry:
    return post.enter(machine, "482916")


@pytest.mark.promise("P14")
@pytest.mark.asvs("16.3.3")
@pytest.mark.parametrize(
    ("way", "reason"),
    [
        (_unknown, DeviceRefusal.UNKNOWN_DEVICE),
        (_stranger, DeviceRefusal.SIGNATURE_WRONG),
        (_revoked, DeviceRefusal.REVOKED_DEVICE),
        (_late, DeviceRefusal.CHALLENGE_OLD),
        (_replayed, DeviceRefusal.CHALLENGE_USED),
        (_forged, DeviceRefusal.CHALLENGE_OLD),
        (_for_another, DeviceRefusal.SIGNATURE_WRONG),
        (_for_the_names, DeviceRefusal.SIGNATURE_WRONG),
        (_elsewhere, DeviceRefusal.NOT_OF_THIS_POST),
        (_wrong, DeviceRefusal.PIN_WRONG),
    ],
)
def test_each_way_around_is_refused_with_its_reason(
    post: Post, way: Way, reason: DeviceRefusal
) -> None:
    machine = post.machine()
    entry = way(post, machine)
    assert (entry.refusal, entry.signed_in) == (reason, None)
    if reason not in {DeviceRefusal.UNKNOWN_DEVICE, DeviceRefusal.NOT_OF_THIS_POST}:
        assert post.why() == [reason.value]


@pytest.mark.asvs("6.3.1")
def test_a_pin_is_blocked_after_five_wrong_ones_until_a_supervisor_gives_another(
    post: Post,
) -> None:
    machine = post.machine()
    for at in range(1, PIN_TRIES + 1):
        blocked = at == PIN_TRIES
        expected = DeviceRefusal.PIN_BLOCKED if blocked else DeviceRefusal.PIN_WRONG
        assert post.enter(machine, "000000").refusal is expected
    assert post.enter(machine).refusal is DeviceRefusal.PIN_BLOCKED
    given = devices.give_one_time_pin(post.work(post.supervisor), post.agent.person)
    assert post.enter(machine, given).refusal is DeviceRefusal.PIN_TO_CHOOSE
    assert post.enter(machine, given, chosen="739104").refusal is None
    assert post.enter(machine, given).refusal is DeviceRefusal.PIN_WRONG
    assert post.enter(machine, "739104").refusal is None


def test_the_right_pin_forgets_the_wrong_ones(post: Post) -> None:
    machine = post.machine()
    for _ in range(3):
        for _ in range(PIN_TRIES - 1):
            post.enter(machine, "000000")
        assert post.enter(machine).refusal is None


def test_a_one_time_pin_ends_after_a_day(post: Post) -> None:
    machine = post.machine()
    given = devices.give_one_time_pin(post.work(post.supervisor), post.agent.person)
    late = post.enter(machine, given, chosen="739104", hours=24)
    assert late.refusal is DeviceRefusal.PIN_NOT_SET


@pytest.mark.parametrize(
    ("pin", "code"),
    [
        ("12345", "pin-shape"),
        ("1234567", "pin-shape"),
        ("12345a", "pin-shape"),
        ("１２３４５６", "pin-shape"),
        ("", "pin-shape"),
        ("111111", "pin-weak"),
        ("234567", "pin-weak"),
        ("987654", "pin-weak"),
        ("121212", "pin-weak"),
    ],
)
def test_a_weak_pin_is_not_taken(post: Post, pin: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        devices.choose_own_pin(post.work(post.agent), pin)
    assert [fault.code for fault in refused.value.faults] == [code]


def test_who_came_in_by_pin_does_not_choose_the_next_one_alone(post: Post) -> None:
    by_pin = replace(post.agent, device=uuid4())
    for actor in (by_pin, post.supervisor):
        with pytest.raises(Forbidden):
            devices.choose_own_pin(post.work(actor), "739104")
    with pytest.raises(Unauthenticated, match="proof-needed"):
        devices.choose_own_pin(post.work(post.agent, minutes=16), "739104")


@pytest.mark.feature("B8")
@pytest.mark.promise("P14", "P17")
def test_a_lost_device_is_out_at_once(post: Post) -> None:
    lost, other = post.machine(), post.machine("Ventanilla 2")
    tokens = []
    for machine in (lost, other):
        entry = post.enter(machine)
        assert entry.signed_in is not None
        tokens.append(entry.signed_in.token)
    devices.revoke_device(post.work(post.supervisor), lost.device.id)
    found = [sign_in.authenticate(post.session, token, NOW) for token in tokens]
    assert found == [NOBODY, post.agent]
    with pytest.raises(Conflict, match="device-already-revoked"):
        devices.revoke_device(post.work(post.supervisor), lost.device.id)


def test_an_enrolment_code_works_once_in_time_and_with_its_key(post: Post) -> None:
    work = post.work(post.supervisor)
    code = devices.make_enrolment(work, "HN-GT-1", "Ventanilla 1")
    _, sent = post.enrolment(code)
    assert devices.enrol_device(post.work(minutes=15), sent, ADDRESS) is None
    code = devices.make_enrolment(work, "HN-GT-1", "Ventanilla 1")
    _, sent = post.enrolment(code)
    assert devices.enrol_device(post.work(), replace(sent, code="WRONG"), ADDRESS) is None
    assert devices.enrol_device(post.work(), sent, ADDRESS) is not None
    assert devices.enrol_device(post.work(), sent, ADDRESS) is None
    for spoilt in ("x", "short", "signature"):
        code = devices.make_enrolment(work, "HN-GT-1", "Ventanilla 1")
        _, sent = post.enrolment(code)
        changed = {
            "x": replace(sent, x=b"\0" * 32),
            "short": replace(sent, x=b""),
            "signature": replace(sent, signature=b"\1" * 64),
        }
        assert devices.enrol_device(post.work(), changed[spoilt], ADDRESS) is None
    assert len(devices.list_devices(work)) == 1


@pytest.mark.promise("P15")
@pytest.mark.asvs("8.2.2")
def test_a_supervisor_reaches_the_own_post_alone(post: Post) -> None:
    machine = post.machine()
    other = make_post(post.session, post.ports, "HN-GT-2")
    work = other.work(other.supervisor)
    assert (devices.list_devices(work), devices.list_agents(work)) == ([], [])
    with pytest.raises(NotFound):
        devices.revoke_device(work, machine.device.id)
    with pytest.raises(NotFound):
        devices.rename_device(work, machine.device.id, "Mío")
    with pytest.raises(NotFound):
        devices.give_one_time_pin(work, post.agent.person)
    with pytest.raises(Invalid):
        devices.make_enrolment(work, "HN-GT-1", "Ajeno")
    for actor in (post.agent, NOBODY):
        with pytest.raises(Forbidden):
            devices.list_devices(post.work(actor))


def test_an_administrator_reaches_every_post(post: Post) -> None:
    machine = post.machine()
    admin = add_official(post.session, post.ports, Role.ADMINISTRATOR)
    work = post.work(replace(admin, proven_until=FRESH))
    devices.rename_device(work, machine.device.id, "  Puente ")
    assert [device.name for device in devices.list_devices(work)] == ["Puente"]
    with pytest.raises(Invalid) as refused:
        devices.make_enrolment(work, "HN-XX-9", " ")
    assert refused.value.faults == (Fault("unknown-post", "post"), Fault("missing", "name"))


def crossing(post: Post, device: str) -> Crossing:
    return Crossing(
        CrossingId(uuid4()),
        "15NR9NK9R1C2",
        Direction.ENTRY,
        "HN-GT-1",
        device,
        post.agent.person,
        NOW,
        "green",
        "ok",
        offline=False,
    )


@pytest.mark.promise("P7")
@pytest.mark.asvs("4.1.5")
def test_a_copied_cookie_uploads_nothing(post: Post) -> None:
    machine = post.machine()
    work = post.work(replace(post.agent, device=machine.device.id))
    body, key = b'{"crossings": []}', "k" * 32
    signed = message("crossings", str(machine.device.id), key) + b"\n" + body
    good = base64.urlsafe_b64encode(sign_es256(machine.key, signed)).decode()
    thief = ec.generate_private_key(ec.SECP256R1())
    forged = base64.urlsafe_b64encode(sign_es256(thief, signed)).decode()
    device_entries.check_batch(work, key, body, good.rstrip("="))
    device_entries.check_batch(post.work(post.agent), key, body, "")  # signed in by password
    cases = [
        ("", "device-proof-missing"),
        (forged, "device-proof-wrong"),
        ("*", "device-proof-wrong"),
    ]
    for signature, code in cases:
        with pytest.raises(Forbidden, match=code):
            device_entries.check_batch(work, key, body, signature)
    with pytest.raises(Forbidden, match="device-proof-wrong"):
        device_entries.check_batch(work, key, body + b" ", good)
    with pytest.raises(Forbidden, match="device-proof-wrong"):
        device_entries.check_batch(work, "another", body, good)


@pytest.mark.promise("P7")
def test_a_session_of_a_device_records_crossings_of_that_device_alone(post: Post) -> None:
    machine = post.machine()
    work = post.work(replace(post.agent, device=machine.device.id))
    own, other = crossing(post, str(machine.device.id)), crossing(post, "another")
    answers = crossings.record_crossings(work, [own, other])
    assert [answer.outcome for answer in answers] == [Outcome.RECORDED, Outcome.REFUSED]
    assert answers[1].faults == (Fault("not-this-device", "device_id"),)


def test_what_is_over_is_forgotten_and_devices_stay(post: Post) -> None:
    machine = post.machine()
    post.enter(machine)
    housekeeping.forget_old_rows(post.work(SYSTEM, hours=1))
    assert kept.use_challenge(post.session, b"x" * 32, NOW)
    assert kept.find_device(post.session, machine.device.id) is not None
    found = kept.find_device(post.session, DeviceId(UUID(int=9)))
    assert found is None
