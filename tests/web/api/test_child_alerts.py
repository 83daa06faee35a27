"""Alerts for minors by HTTP: each counts once, signed by the device, and is no crossing."""

from typing import Any

import pytest

from tests.web.api.operations import child_alert, crossing
from tests.web.api.world import AGENT, World, keyed

URL = "/api/v1/child-alerts"


def post(world: World, *sent: dict[str, object]) -> list[dict[str, Any]]:
    reply = world.caller(AGENT).post(URL, json={"alerts": sent}, headers=keyed())
    assert reply.status_code == 200
    items: list[dict[str, Any]] = reply.json()["items"]
    return items


@pytest.mark.feature("B9")
@pytest.mark.promise("P7")
def test_an_alert_counts_once_and_is_no_crossing(world: World) -> None:
    sent = child_alert(permit_number="7K3M-9XQ2-HB4T")
    assert [post(world, sent)[0]["outcome"] for _ in range(2)] == ["recorded", "already-recorded"]
    assert world.caller(AGENT).get("/api/v1/crossings").json()["items"] == []


@pytest.mark.feature("B9")
def test_an_alert_without_anybody_alone_is_refused_in_words(shared: World) -> None:
    (item,) = post(shared, child_alert(minors=[{"passport": False, "parent": True}]))
    assert (item["outcome"], [fault["code"] for fault in item["faults"]]) == (
        "refused",
        ["no-minor-alone"],
    )


@pytest.mark.feature("B9")
def test_a_crossing_with_minors_is_told_with_them(world: World) -> None:
    beside = [{"passport": True, "parent": True}, {"passport": False, "parent": True}]
    alone = [{"passport": True, "parent": False}]
    sent = [crossing(minors=beside), crossing(minors=alone), crossing()]
    reply = world.caller(AGENT).post("/api/v1/crossings", json={"crossings": sent}, headers=keyed())
    assert [item["outcome"] for item in reply.json()["items"]] == [
        "recorded",
        "refused",
        "recorded",
    ]
    listed = world.caller(AGENT).get("/api/v1/crossings").json()["items"]
    told = {
        one["id"]: (one["minors"], "minor-without-passport" in one["anomalies"]) for one in listed
    }
    assert told == {sent[0]["id"]: (beside, True), sent[2]["id"]: ([], False)}


@pytest.mark.parametrize(
    "change",
    [
        {"minors": "two"},
        {"minors": [{"passport": True}]},
        {"minors": [{"passport": "yes", "parent": False}]},
        {"minors": [{"passport": True, "parent": False, "name": "Ana"}]},
        {"direction": "through"},
        {"name": "Ana"},
    ],
    ids=str,
)
def test_an_alert_of_another_shape_is_refused(shared: World, change: dict[str, object]) -> None:
    sent = {"alerts": [child_alert(**change)]}
    reply = shared.caller(AGENT).post(URL, json=sent, headers=keyed())
    assert reply.status_code == 422


@pytest.mark.asvs("2.3.2")
def test_more_than_five_hundred_at_once_are_refused(shared: World) -> None:
    sent = {"alerts": [child_alert() for _ in range(501)]}
    reply = shared.caller(AGENT).post(URL, json=sent, headers=keyed())
    assert (reply.status_code, reply.json()["errors"][0]["code"]) == (422, "too-many")
