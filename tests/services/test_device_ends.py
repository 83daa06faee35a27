"""A device that was ended hears it, hands in what it had, and nothing of that counts by itself."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from app.services import crossings, device_ends, devices, retention
from app.services.device_ends import Debt
from app.services.ports import Ports
from app.storage import handed_in
from app.storage.database import Session
from permits.crossings import Crossing, CrossingId, Direction, Outcome
from permits.devices import DeviceId, DeviceRefusal
from permits.errors import Forbidden, NotFound, Unauthenticated
from permits.people import NOBODY, SYSTEM_PERSON, Role
from permits.retention_terms import HANDED_IN_KEPT
from tests.builders import NOW, add_official
from tests.services.border import FRESH, Machine, Post, make_post

DIGEST = "d" * 64


@pytest.fixture
def post(session: Session, ports: Ports) -> Post:
    return make_post(session, ports)


@pytest.fixture
def lost(post: Post) -> Machine:
    """A device that was ended."""
    machine = post.machine()
    devices.revoke_device(post.work(post.supervisor), machine.device.id)
    return machine


def crossing(machine: Machine, direction: Direction = Direction.ENTRY) -> Crossing:
    return Crossing(
        CrossingId(uuid4()),
        "15NR9NK9R1C2",
        direction,
        "HN-GT-1",
        str(machine.device.id),
        SYSTEM_PERSON,
        NOW - timedelta(hours=3),
        "green",
        "ok",
        offline=True,
        list_issued_at=NOW - timedelta(hours=5),
    )


def give(post: Post, machine: Machine, *sent: Crossing) -> DeviceRefusal | None:
    work = post.work()
    answered = machine.answer(work, "hand-in", DIGEST)
    return device_ends.hand_in(work, answered, DIGEST, Debt(sent))


def recorded(post: Post) -> list[Crossing]:
    found = crossings.list_crossings(post.work(post.supervisor), limit=10)
    return [one.crossing for one in found]


@pytest.mark.feature("B8")
@pytest.mark.promise("P14")
def test_only_the_device_itself_hears_that_it_was_ended(post: Post, lost: Machine) -> None:
    work = post.work()
    good = post.machine("Ventanilla 2")
    stranger = replace(lost, key=ec.generate_private_key(ec.SECP256R1()))
    unknown = replace(lost, device=replace(lost.device, id=DeviceId(uuid4())))
    heard = [
        device_ends.read_standing(work, machine.answer(work, "standing"))
        for machine in (good, lost, stranger, unknown)
    ]
    assert heard == [
        None,
        DeviceRefusal.REVOKED_DEVICE,
        DeviceRefusal.SIGNATURE_WRONG,
        DeviceRefusal.UNKNOWN_DEVICE,
    ]
    for other in ("agents", "hand-in"):
        refusal = device_ends.read_standing(work, lost.answer(work, other))
        assert refusal is DeviceRefusal.SIGNATURE_WRONG


@pytest.mark.feature("B8")
@pytest.mark.promise("P7")
def test_what_is_handed_in_counts_once_a_supervisor_answers_for_it(
    post: Post, lost: Machine
) -> None:
    entry, leaving = crossing(lost), crossing(lost, Direction.EXIT)
    assert give(post, lost, entry, leaving) is None
    assert give(post, lost, entry, leaving) is None
    assert recorded(post) == []
    work = post.work(post.supervisor)
    piles = device_ends.list_piles(work, devices.list_devices(work))
    assert piles[lost.device.id] == device_ends.Pile(2, entry.device_time, entry.device_time)
    answers = device_ends.confirm(work, lost.device.id)
    assert [answer.outcome for answer in answers] == [Outcome.RECORDED] * 2
    by_supervisor = {replace(one, agent=post.supervisor.person) for one in (entry, leaving)}
    assert set(recorded(post)) == by_supervisor
    assert device_ends.list_piles(work, devices.list_devices(work)) == {}
    assert device_ends.confirm(work, lost.device.id) == []


def test_what_was_sent_before_the_end_is_not_recorded_again(post: Post, lost: Machine) -> None:
    sent = crossing(lost)
    agent = post.work(post.agent)
    crossings.record_crossings(agent, [replace(sent, agent=post.agent.person)])
    give(post, lost, sent)
    answers = device_ends.confirm(post.work(post.supervisor), lost.device.id)
    assert [answer.outcome for answer in answers] == [Outcome.ALREADY_RECORDED]
    assert [one.agent for one in recorded(post)] == [post.agent.person]


def test_what_is_thrown_away_is_gone(post: Post, lost: Machine) -> None:
    give(post, lost, crossing(lost))
    work = post.work(post.supervisor)
    assert device_ends.discard(work, lost.device.id) == 1
    assert device_ends.confirm(work, lost.device.id) == []
    assert recorded(post) == []


def test_a_device_hands_in_its_own_crossings_and_only_after_its_end(
    post: Post, lost: Machine
) -> None:
    good = post.machine("Ventanilla 2")
    assert give(post, good, crossing(good)) is DeviceRefusal.UNKNOWN_DEVICE
    assert give(post, lost, crossing(good)) is None
    work = post.work(post.supervisor)
    assert device_ends.list_piles(work, devices.list_devices(work)) == {}


def test_a_text_that_was_changed_on_the_way_is_refused(post: Post, lost: Machine) -> None:
    work = post.work()
    answered = lost.answer(work, "hand-in", DIGEST)
    debt = Debt([crossing(lost)])
    refusal = device_ends.hand_in(work, answered, "e" * 64, debt)
    assert refusal is DeviceRefusal.SIGNATURE_WRONG


@pytest.mark.promise("P15")
@pytest.mark.asvs("8.2.2")
def test_nobody_else_answers_for_it(post: Post, lost: Machine) -> None:
    give(post, lost, crossing(lost))
    other = make_post(post.session, post.ports, "HN-GT-2")
    device = lost.device.id
    for act in (device_ends.confirm, device_ends.discard):
        with pytest.raises(NotFound, match="no-such-device"):
            act(post.work(other.supervisor), device)
        for actor in (post.agent, NOBODY):
            with pytest.raises(Forbidden):
                act(post.work(actor), device)
        with pytest.raises(Unauthenticated, match="proof-needed"):
            act(post.work(post.supervisor, minutes=16), device)
    admin = replace(add_official(post.session, post.ports, Role.ADMINISTRATOR), proven_until=FRESH)
    with pytest.raises(Forbidden):
        device_ends.confirm(post.work(admin), device)
    assert device_ends.discard(post.work(admin), device) == 1


def test_a_device_that_stands_hands_in_nothing_to_answer_for(post: Post) -> None:
    good = post.machine()
    with pytest.raises(NotFound):
        device_ends.confirm(post.work(post.supervisor), good.device.id)


def test_what_nobody_answers_for_is_forgotten(post: Post, lost: Machine) -> None:
    give(post, lost, crossing(lost))
    late = post.work(days=HANDED_IN_KEPT.days)
    assert retention.plan_retention(late).counts["handed_in"] == 0
    after = post.work(days=HANDED_IN_KEPT.days, seconds=1)
    assert retention.plan_retention(after).counts["handed_in"] == 1
    assert retention.run_retention(after).counts["handed_in"] == 1
    assert handed_in.list_piles(post.session, [lost.device.id]) == {}
