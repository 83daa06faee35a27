"""A question that depends on another answer: in the wizard, on the tablet, through the API."""

import json
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.services.ports import Ports
from permits.people import Actor
from permits.programme_questions import OnlyIf
from tests import outside
from tests.databases import Database
from tests.web.conftest import As
from tests.web.pages.test_brigade import case as case
from tests.web.pages.test_brigade import facilitator as facilitator
from tests.web.pages.test_own_questions import LICENCE, SINCE, answer_up_to_own
from tests.web.pages.walking import Walker, words

pytestmark = pytest.mark.feature("D5")

DAY = {"extra_driver_since-day": "1", "extra_driver_since-month": "5"}
TYPED = DAY | {"extra_driver_since-year": "2020"}
OWN, THEN = "pregunta-driving-licence", "pregunta-driver-since"


@pytest.fixture
def ports() -> Ports:
    """The coffee programme asks since when only who drives."""
    world = outside.ports()
    known = dict(world.reference.programmes)
    since = replace(
        SINCE,
        required=True,
        seen_by=LICENCE.seen_by,
        employer=False,
        only_if=OnlyIf(LICENCE.id, ("yes",)),
    )
    asked, coffee = (LICENCE, since), known["coffee-hn-gt"]
    versions = replace(coffee.versions, questions=asked)
    known["coffee-hn-gt"] = replace(coffee, questions=asked, versions=versions)
    return replace(world, reference=replace(world.reference, programmes=known))


def test_the_wizard_asks_it_only_after_the_answer_that_it_depends_on(
    visitor: TestClient, database: Database, ports: Ports
) -> None:
    walker = Walker(visitor)
    walker.begin()
    answer_up_to_own(walker)
    here = f"/solicitud/{walker.application}"
    walker.send(extra_driving_licence="no")
    assert walker.slug == "municipio"
    assert SINCE.label_es not in words(visitor.get(here))
    assert visitor.get(f"{here}/{THEN}").status_code == 404
    walker.open(f"{here}/{OWN}")
    walker.send(extra_driving_licence="yes")
    assert walker.slug == THEN
    walker.send(**TYPED)
    assert walker.slug == "municipio"
    told = f"/api/v1/applications/{walker.application}"
    assert visitor.get(told).json()["answers"]["extra"] == {
        "driving-licence": True,
        "driver-since": "2020-05-01",
    }
    walker.open(f"{here}/{OWN}")
    walker.send(extra_driving_licence="no")
    case = visitor.get(told)
    assert case.json()["answers"]["extra"] == {"driving-licence": False}
    refused = visitor.patch(
        told,
        json={"answers": {"extra": {"driver-since": "2020-05-01"}}},
        headers={"If-Match": case.headers["etag"]},
    )
    assert [one["code"] for one in refused.json()["errors"]] == ["not-asked"]
    asked = visitor.get("/api/v1/programmes").json()["items"][0]["questions"]
    assert [one["only_if"] for one in asked] == [
        None,
        {"question": "driving-licence", "values": ["yes"]},
    ]


def test_the_tablet_is_told_when_to_ask_and_may_leave_it_out(
    as_: As, visitor: TestClient, case: dict[str, Any], facilitator: Actor
) -> None:
    page = visitor.get("/brigada/preguntas/coffee-hn-gt").text
    assert f'data-step="{THEN}" data-only-if="{OWN}" data-only-values="yes"' in page
    client = as_(facilitator)

    def send(drives: str) -> dict[str, Any]:
        own = {OWN: {"extra_driving_licence": [drives]}, "foto": {"brings_photo": ["yes"]}}
        whole = case | {"typed": case["typed"] | own}
        told: dict[str, Any] = client.post(
            "/brigada/casos.json", data={"caso": json.dumps(whole)}
        ).json()
        return told

    assert [one["step"] for one in send("yes")["faults"]] == [THEN]
    assert send("no")["receipt"]
