"""Crossings as the scanner sends them: by cookie or token, faulty ones apart, page by page."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from permits.people import Actor, PersonId
from tests.builders import add_official
from tests.web.api.operations import crossing
from tests.web.api.world import AGENT, World, keyed, now

URL = "/api/v1/crossings"


def post(world: World, *sent: dict[str, object]) -> list[dict[str, Any]]:
    reply = world.caller(AGENT).post(URL, json={"crossings": sent}, headers=keyed())
    assert reply.status_code == 200
    items: list[dict[str, Any]] = reply.json()["items"]
    return items


@pytest.mark.feature("B5", "B8")
@pytest.mark.promise("P7")
def test_an_agents_browser_that_is_no_device_of_the_post_records_nothing(
    world: World, as_: Callable[[Actor], TestClient]
) -> None:
    with world.database.sessions.begin() as session:
        agent = add_official(session, world.ports, AGENT.role)
    sent = crossing()
    reply = as_(agent).post(
        URL, json={"crossings": [sent]}, headers=keyed() | {"Sec-Fetch-Site": "same-origin"}
    )
    assert (reply.status_code, reply.json()["code"]) == (403, "device-needed")
    assert world.caller(AGENT).get(URL).json()["items"] == []


@pytest.mark.promise("P29")
def test_a_faulty_crossing_stops_no_other(shared: World) -> None:
    late = "1970-01-01T00:00:09Z"  # a clock that was lost
    items = post(
        shared, crossing(post="XX-1"), crossing(), crossing(device_time=late, permit_number="")
    )
    assert [item["outcome"] for item in items] == ["refused", "recorded", "refused"]
    assert [[fault["code"] for fault in item["faults"]] for item in items] == [
        ["unknown-post"],
        [],
        ["device-time-too-old", "permit-number-malformed"],
    ]


@pytest.mark.promise("P29")
def test_a_leap_second_is_a_fault_that_is_named(shared: World) -> None:
    """No clock of a browser tells one; whoever sends it learns where it stands."""
    sent = crossing(device_time="2026-06-30T23:59:60Z")
    reply = shared.caller(AGENT).post(URL, json={"crossings": [sent]}, headers=keyed())
    assert reply.status_code == 422
    assert "device_time" in reply.text


@pytest.mark.promise("P7")
def test_one_id_twice_in_a_batch_is_recorded_once(shared: World) -> None:
    sent = crossing()
    assert [item["outcome"] for item in post(shared, sent, sent)] == [
        "recorded",
        "already-recorded",
    ]
    other = crossing()
    items = post(shared, other, {**other, "direction": "exit"})
    assert [item["outcome"] for item in items] == ["recorded", "refused"]


@pytest.mark.asvs("2.3.2")
def test_more_than_five_hundred_at_once_are_refused(shared: World) -> None:
    sent = [crossing() for _ in range(501)]
    reply = shared.caller(AGENT).post(URL, json={"crossings": sent}, headers=keyed())
    assert (reply.status_code, reply.json()["errors"][0]["code"]) == (422, "too-many")


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": "blue"},
        {"direction": "through"},
        {"device_time": "2026-11-23T10:00:00"},
        {"device_time": 1_700_000_000},
        {"list_issued_at": "0001-01-01T00:00:00+14:00"},
        {"offline": "yes"},
        {"permit_number": "a\x00b"},
        {"name": "María"},
        {"id": "7"},
    ],
    ids=str,
)
def test_a_crossing_of_another_shape_is_refused(shared: World, change: dict[str, object]) -> None:
    reply = shared.caller(AGENT).post(
        URL, json={"crossings": [crossing(**change)]}, headers=keyed()
    )
    assert reply.status_code == 422
    assert reply.json()["errors"][0]["field"] == f"crossings.0.{next(iter(change))}"


@pytest.mark.feature("B5")
def test_the_list_goes_on_page_by_page_and_misses_nothing(world: World) -> None:
    start = now() - timedelta(hours=1)
    number = "7K3M9XQ2HB4T"
    # Two in each instant: the id decides between them.
    sent = [
        crossing(device_time=(start + timedelta(seconds=at // 2)).isoformat(), permit_number=number)
        for at in range(7)
    ]
    post(world, *sent)
    inland = replace(AGENT, person=PersonId(uuid4()), post="HN-GT-2")
    client, seen, url, pages = world.caller(AGENT), [], f"{URL}?limit=3&number={number}", 0
    while url:
        reply = client.get(url)
        seen += [item["id"] for item in reply.json()["items"]]
        link = reply.links.get("next", {}).get("url", "")
        assert ("cursor=" in link) is (reply.json()["next_cursor"] is not None)
        url, pages = link, pages + 1
    assert pages == 3
    newest_first = sorted(sent, key=lambda c: (c["device_time"], c["id"]), reverse=True)
    assert seen == [one["id"] for one in newest_first]
    assert world.caller(inland).get(URL).json() == {"items": [], "next_cursor": None}


@pytest.mark.parametrize("cursor", ["x", "W10", "WyJhIiwgImIiXQ", "bnVsbA"])
def test_a_cursor_that_is_none_of_ours_is_refused(shared: World, cursor: str) -> None:
    reply = shared.caller(AGENT).get(URL, params={"cursor": cursor})
    assert (reply.status_code, reply.json()["errors"][0]["code"]) == (422, "cursor-malformed")
