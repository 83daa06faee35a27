"""A post's devices and PINs: enrolled, revoked, reached by their own supervisor, signed for."""

import base64
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from app.services import crossings, device_entries, devices, housekeeping, sign_in
from app.services.ports import Ports
from app.storage import devices as kept
from app.storage.database import Session
from permits.crossings import Crossing, CrossingId, Direction, Outcome
from permits.devices import DeviceId, message
from permits.errors import Conflict, Fault, Forbidden, Invalid, NotFound, Unauthenticated
from permits.people import NOBODY, SYSTEM, Permission, Role
from permits.signing import sign_es256
from tests.builders import NOW, add_official
from tests.services.border import FRESH, Post, make_post


@pytest.fixture
def post(session: Session, ports: Ports) -> Post:
    return make_post(session, ports)


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
    assert devices.enrol_device(post.work(minutes=15), sent) is None
    code = devices.make_enrolment(work, "HN-GT-1", "Ventanilla 1")
    _, sent = post.enrolment(code)
    assert devices.enrol_device(post.work(), replace(sent, code="WRONG")) is None
    assert devices.enrol_device(post.work(), sent) is not None
    assert devices.enrol_device(post.work(), sent) is None
    for spoilt in ("x", "short", "signature"):
        code = devices.make_enrolment(work, "HN-GT-1", "Ventanilla 1")
        _, sent = post.enrolment(code)
        changed = {
            "x": replace(sent, x=b"\0" * 32),
            "short": replace(sent, x=b""),
            "signature": replace(sent, signature=b"\1" * 64),
        }
        assert devices.enrol_device(post.work(), changed[spoilt]) is None
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


@pytest.mark.promise("P7", "P14")
@pytest.mark.feature("B8")
def test_crossings_come_from_enrolled_devices_and_from_programs_with_the_scope(post: Post) -> None:
    agent = post.agent
    program = agent.bounded({Permission.CROSSING_RECORD})
    for recorder in (replace(agent, device=post.machine().device.id), program):
        device_entries.check_recorder(post.work(recorder))
    with pytest.raises(Forbidden, match="device-needed"):
        device_entries.check_recorder(post.work(agent))  # signed in by password in any browser
    for other in (agent.bounded({Permission.CROSSING_LIST}), replace(agent, role=Role.AUDITOR)):
        with pytest.raises(Forbidden, match="not-permitted"):
            device_entries.check_recorder(post.work(other))


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
