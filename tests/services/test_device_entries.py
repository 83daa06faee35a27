"""A device and a PIN must both hold; each way around is refused, and the supervisor reads why."""

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from app.services import device_entries, devices, sign_in
from app.services.device_entries import Entry, Pin
from app.services.ports import Ports
from app.storage.database import Session
from permits.devices import PIN_TRIES, DeviceId, DeviceRefusal
from permits.people import NOBODY
from tests.builders import NOW
from tests.services.border import PIN, Machine, Post, make_post


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
    for quarter in range(1, 16 * 4):  # somebody is at work
        known = sign_in.authenticate(post.session, token, post.work(minutes=15 * quarter).now)
        assert (known, known.device) == (post.agent, machine.device.id)
    assert known.proven_until == NOW  # a PIN opens no account and chooses no other PIN
    assert sign_in.authenticate(post.session, token, post.work(hours=16).now) == NOBODY


@pytest.mark.asvs("7.3.1")
@pytest.mark.feature("B8")
@pytest.mark.parametrize(("minutes", "stands"), [(120, True), (121, False)])
def test_a_session_that_nobody_uses_is_over_after_two_hours(
    post: Post, minutes: int, stands: bool
) -> None:
    entry = post.enter(post.machine())
    assert entry.signed_in is not None
    later = post.work(minutes=minutes).now
    assert (sign_in.authenticate(post.session, entry.signed_in.token, later) != NOBODY) is stands


def test_the_names_of_the_agents_are_for_the_device_alone(post: Post) -> None:
    machine = post.machine()
    found = device_entries.list_agents(post.work(), machine.answer(post.work(), "agents"))
    assert [agent.actor for agent in found.agents] == [post.agent]
    stranger = replace(machine, key=ec.generate_private_key(ec.SECP256R1()))
    refused = device_entries.list_agents(post.work(), stranger.answer(post.work(), "agents"))
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
    return device_entries.enter(post.work(minutes=2), answered, pin)


def _replayed(post: Post, machine: Machine) -> Entry:
    answered = machine.answer(post.work(), "enter", str(post.agent.person))
    pin = Pin(post.agent.person, PIN)
    device_entries.enter(post.work(), answered, pin)
    return device_entries.enter(post.work(), answered, pin)


def _forged(post: Post, machine: Machine) -> Entry:
    answered = machine.answer(post.work(), "enter", str(post.agent.person))
    forged = answered.challenge[:-1] + ("A" if answered.challenge[-1] != "A" else "B")
    pin = Pin(post.agent.person, PIN)
    return device_entries.enter(post.work(), replace(answered, challenge=forged), pin)


def _for_another(post: Post, machine: Machine) -> Entry:
    answered = machine.answer(post.work(), "enter", str(uuid4()))
    return device_entries.enter(post.work(), answered, Pin(post.agent.person, PIN))


def _for_the_names(post: Post, machine: Machine) -> Entry:
    answered = machine.answer(post.work(), "agents")
    return device_entries.enter(post.work(), answered, Pin(post.agent.person, PIN))


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
