"""Papers after the handing in, by programs: sent once, seen by both sides, noted and taken back."""

from typing import Any

import httpx2
import pytest

from permits.people import Actor
from tests.builders import Story
from tests.web.api.operations import picture, shown, signed, submitted
from tests.web.api.world import World, keyed

URL = "/api/v1/applications"
FRONT, BACK = "identity-front", "identity-back"


def told(world: World, story: Story, reader: Actor) -> dict[str, Any]:
    reply = world.caller(reader).get(f"{URL}/{story.id}/later-papers")
    assert reply.status_code == 200
    body: dict[str, Any] = reply.json()
    return body


def send(world: World, story: Story, headers: dict[str, str], paper: str = BACK) -> httpx2.Response:
    url = f"{URL}/{story.id}/later-papers/{paper}"
    return world.caller(story.worker).post(url, content=picture(), headers=headers)


@pytest.mark.feature("W5", "O8")
def test_a_photo_that_is_sent_again_came_once(shared: World) -> None:
    story = shared.live(submitted)
    assert told(shared, story, story.worker)["may_add"] == [FRONT, BACK, "other"]
    headers, before = keyed(), shared.version_of(story.id)
    first, again = send(shared, story, headers), send(shared, story, headers)
    assert (first.status_code, first.json()["paper"]) == (201, BACK)
    assert again.json() == first.json()
    assert shared.version_of(story.id) == before + 1
    for reader in (story.worker, story.setrass, story.inm):
        assert told(shared, story, reader)["came"] == [first.json()]
    assert told(shared, story, story.setrass)["may_add"] == []
    odd = send(shared, story, keyed(), "criminal-record")  # coffee asks for no such paper
    assert (odd.status_code, odd.json()["errors"][0]["code"]) == (422, "not-an-option")


@pytest.mark.feature("O8")
def test_a_paper_is_noted_once_and_its_agency_takes_the_note_back(shared: World) -> None:
    story = shared.live(shown)
    seen = told(shared, story, story.inm)
    assert ([one["paper"] for one in seen["shown"]], seen["may_note"]) == ([FRONT], [BACK])
    assert told(shared, story, story.worker)["may_note"] == []
    url = f"{URL}/{story.id}/shown-papers"
    twice = shared.caller(story.inm).post(url, json={"paper": FRONT}, headers=keyed())
    assert (twice.status_code, twice.json()["code"]) == (409, "paper-already-shown")
    back = f"{url}/{seen['shown'][0]['id']}/take-back"
    assert shared.caller(story.inm).post(back, headers=keyed()).status_code == 404
    assert shared.caller(story.setrass).post(back, headers=keyed()).status_code == 200
    assert told(shared, story, story.inm)["may_note"] == [FRONT, BACK]


def test_who_was_decided_on_is_asked_for_nothing(shared: World) -> None:
    story = shared.live(signed)
    for reader in (story.worker, story.setrass):
        lists = told(shared, story, reader)
        assert (lists["may_add"], lists["may_note"]) == ([], [])
    late = send(shared, story, keyed())
    assert (late.status_code, late.json()["code"]) == (409, "not-under-review")
