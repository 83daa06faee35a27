"""Sent twice, done once: keys, races of officials, crossings that arrive again."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import TypeVar
from uuid import uuid4

import httpx2
import pytest
from sqlalchemy import text

from app.services.ports import Ports
from permits.approvals import Opinion
from permits.people import Actor, Agency, PersonId, Role
from permits.programmes import Mode
from tests.builders import Story, add_official
from tests.web.api.operations import answers, crossing, submitted
from tests.web.api.world import AGENT, World, keyed

T = TypeVar("T")


def at_once(acts: Sequence[Callable[[], T]]) -> list[T]:
    """Do all of them in the same instant, each on a thread of its own."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], T]) -> T:
        gate.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def count(world: World, table: str, where: str, **values: object) -> int:
    with world.database.engine.connect() as connection:
        query = text(f"SELECT count(*) FROM {table} WHERE {where}")
        return int(connection.execute(query, values).scalar_one())


def decide(
    world: World, story: Story, actor: Actor, headers: dict[str, str], **body: object
) -> httpx2.Response:
    told = {"opinion": "approve", **body}
    path = f"/api/v1/applications/{story.id}/decisions"
    return world.caller(actor).post(path, json=told, headers=headers)


@pytest.mark.promise("P6")
@pytest.mark.feature("D10")
def test_the_same_key_gives_the_same_answer_and_no_second_effect(shared: World) -> None:
    story = shared.live(submitted)
    headers = keyed(shared.version_of(story.id))
    replies = [decide(shared, story, story.setrass, headers) for _ in range(3)]
    told = [(r.status_code, r.content, r.headers["etag"]) for r in replies]
    assert told == [told[0]] * 3
    assert told[0][0] == 200
    assert count(shared, "decisions", "application = :id", id=story.id) == 1


@pytest.mark.promise("P6")
def test_a_key_that_was_used_stands_for_its_own_question_only(shared: World) -> None:
    story = shared.live(submitted)
    headers = keyed(shared.version_of(story.id))
    decide(shared, story, story.setrass, headers)
    other = decide(
        shared, story, story.setrass, headers, opinion="return", grounds=["D1"], note="¿Quién?"
    )
    assert (other.status_code, other.json()["errors"][0]["code"]) == (422, "idempotency-key-reused")
    elsewhere = decide(shared, shared.live(submitted), story.setrass, headers)
    assert elsewhere.status_code == 422


@pytest.mark.promise("P6")
def test_keys_of_two_people_are_two_keys(shared: World) -> None:
    headers, batch = keyed(), {"crossings": [crossing()]}
    colleague = replace(AGENT, person=PersonId(uuid4()))
    first = shared.caller(AGENT).post("/api/v1/crossings", json=batch, headers=headers)
    second = shared.caller(colleague).post("/api/v1/crossings", json=batch, headers=headers)
    outcomes = [reply.json()["items"][0]["outcome"] for reply in (first, second)]
    assert outcomes == ["recorded", "already-recorded"]


def test_a_refused_request_leaves_its_key_free(shared: World) -> None:
    story = shared.live(submitted)
    key = uuid4().hex
    late = decide(shared, story, story.setrass, keyed(1, key))
    assert late.status_code == 412
    again = decide(shared, story, story.setrass, keyed(shared.version_of(story.id), key))
    assert again.status_code == 200


@pytest.mark.parametrize("key", ["", "x" * 256, "ñ"])
def test_a_malformed_key_is_refused(shared: World, key: str) -> None:
    headers = [(b"Idempotency-Key", key.encode("latin-1"))]
    reply = shared.caller(AGENT).post(
        "/api/v1/crossings", json={"crossings": [crossing()]}, headers=headers
    )
    assert reply.status_code == 422
    assert reply.json()["errors"][0]["code"] == "idempotency-key-malformed"


def test_creating_takes_a_key_where_one_is_sent(shared: World) -> None:
    worker = shared.live(lambda s: s.start()).worker
    body = {"programme": "coffee-hn-gt", "answers": answers()}
    headers, client = keyed(), shared.caller(worker)
    ids = {
        client.post("/api/v1/applications", json=body, headers=headers).json()["id"]
        for _ in range(2)
    }
    assert len(ids) == 1
    free = [client.post("/api/v1/applications", json=body).json()["id"] for _ in range(2)]
    assert len({*ids, *free}) == 3


@pytest.mark.promise("P6")
@pytest.mark.asvs("15.4.2")
@pytest.mark.feature("D10")
def test_eight_at_once_with_one_key_decide_once(shared: World) -> None:
    story = shared.live(submitted)
    headers = keyed(shared.version_of(story.id))
    replies = at_once([lambda: decide(shared, story, story.setrass, headers)] * 8)
    assert {(r.status_code, r.content, r.headers.get("etag")) for r in replies} == {
        (200, replies[0].content, replies[0].headers["etag"])
    }
    assert count(shared, "decisions", "application = :id", id=story.id) == 1


@pytest.mark.promise("P3")
@pytest.mark.asvs("15.4.2")
def test_eight_at_once_with_keys_of_their_own_decide_once(shared: World) -> None:
    story = shared.live(submitted)
    version = shared.version_of(story.id)
    replies = at_once([lambda: decide(shared, story, story.setrass, keyed(version))] * 8)
    assert sorted(r.status_code for r in replies) == [200] + [412] * 7
    assert count(shared, "decisions", "application = :id", id=story.id) == 1


@pytest.mark.promise("P3")
@pytest.mark.feature("O2")
def test_two_officials_of_one_agency_leave_one_decision(shared: World) -> None:
    story = shared.live(submitted)
    with shared.database.sessions.begin() as session:
        colleague = add_official(session, shared.ports, Role.SETRASS_OFFICER)
    version = shared.version_of(story.id)
    replies = at_once(
        [
            lambda: decide(shared, story, story.setrass, keyed(version)),
            lambda: decide(
                shared,
                story,
                colleague,
                keyed(version),
                opinion="return",
                grounds=["D1"],
                note="¿Fecha?",
            ),
        ]
    )
    assert sorted(r.status_code for r in replies) == [200, 412]
    assert count(shared, "decisions", "application = :id", id=story.id) == 1
    status = next(r.json()["status"] for r in replies if r.status_code == 200)
    assert status == ("under-review" if replies[0].status_code == 200 else "returned")


@pytest.mark.promise("P4")
@pytest.mark.asvs("15.4.2")
@pytest.mark.feature("O2")
def test_both_agencies_in_the_same_instant_leave_one_decision_each_and_one_permit(
    world: World,
) -> None:
    world.ports = side_by_side(world)
    world.app.state.ports = world.ports
    story = world.live(submitted)
    officials = {Agency.SETRASS: story.setrass, Agency.INM: story.inm}

    def insist(actor: Actor) -> list[int]:
        """As a client does: look, decide, and look again where somebody was faster."""
        statuses: list[int] = []
        while not statuses or statuses[-1] == 412:
            version = world.version_of(story.id)
            statuses.append(decide(world, story, actor, keyed(version)).status_code)
        return statuses

    both = at_once([lambda: insist(story.setrass), lambda: insist(story.inm)])
    assert [statuses[-1] for statuses in both] == [200, 200]
    for agency, official in officials.items():
        where = "application = :id AND agency = :agency AND official = :official"
        found = count(
            world, "decisions", where, id=story.id, agency=agency.value, official=official.person
        )
        assert found == 1
    assert count(world, "authorisations", "application = :id", id=story.id) == 1
    assert count(world, "credentials", "true") == 1
    told = world.caller(story.worker).get(f"/api/v1/applications/{story.id}").json()
    assert told["status"] == "approved"


def side_by_side(world: World) -> Ports:
    """The same world where the coffee programme asks both agencies at once."""
    reference = world.ports.reference
    programmes = {
        code: replace(programme, mode=Mode.PARALLEL)
        for code, programme in reference.programmes.items()
    }
    return replace(world.ports, reference=replace(reference, programmes=programmes))


def test_a_decision_after_the_round_is_settled_is_told_so(shared: World) -> None:
    story = shared.live(lambda s: submitted(s).decide(s.setrass, Opinion.RETURN))
    reply = decide(shared, story, story.inm, keyed(shared.version_of(story.id)))
    assert (reply.status_code, reply.json()["code"]) == (409, "not-under-review")


@pytest.mark.promise("P7")
@pytest.mark.feature("B5")
def test_a_crossing_that_is_sent_again_is_recorded_once(shared: World) -> None:
    batch = {"crossings": [crossing(), crossing(direction="exit")]}
    client = shared.caller(AGENT)
    outcomes = [
        [
            one["outcome"]
            for one in client.post("/api/v1/crossings", json=batch, headers=keyed()).json()["items"]
        ]
        for _ in range(2)
    ]
    assert outcomes == [["recorded"] * 2, ["already-recorded"] * 2]
    for one in batch["crossings"]:
        assert count(shared, "crossings", "id = :id", id=one["id"]) == 1


@pytest.mark.promise("P7")
@pytest.mark.feature("B5")
def test_eight_devices_that_send_the_same_crossing_record_it_once(shared: World) -> None:
    batch = {"crossings": [crossing()]}

    def send() -> str:
        reply = shared.caller(AGENT).post("/api/v1/crossings", json=batch, headers=keyed())
        return str(reply.json()["items"][0]["outcome"])

    assert sorted(at_once([send] * 8)) == ["already-recorded"] * 7 + ["recorded"]
