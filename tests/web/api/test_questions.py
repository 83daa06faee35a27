"""Questions within a round by the API: answered one by one, read by officials once handed in."""

import pytest

from permits.people import Actor
from tests.builders import Story
from tests.web.api.operations import answered, asked
from tests.web.api.world import World, keyed

URL = "/api/v1/applications"


def said(world: World, who: Actor, story: Story) -> list[tuple[str, bool]]:
    """Each answer as somebody reads it, and whether a photo stands beside it."""
    reply = world.caller(who).get(f"{URL}/{story.id}/questions").json()
    (request,) = reply["items"]
    return [(item["answer"], item["document"] is not None) for item in request["items"]]


@pytest.mark.feature("W12", "O8")
def test_nobody_but_the_worker_reads_an_answer_before_all_are_handed_in(shared: World) -> None:
    story = shared.live(answered)
    whole = [("Con mi hermana.", False), ("", True)]
    assert said(shared, story.worker, story) == whole
    assert said(shared, story.setrass, story) == [("", False), ("", False)]

    sent = shared.caller(story.worker).post(
        f"{URL}/{story.id}/answers", headers=keyed(shared.version_of(story.id))
    )

    assert sent.json()["status"] == "under-review"
    assert said(shared, story.setrass, story) == said(shared, story.inm, story) == whole


@pytest.mark.feature("W12", "O8")
@pytest.mark.parametrize(
    ("position", "body", "code"),
    [
        (1, {"answer": " "}, "invalid"),
        (2, {"answer": "Sí"}, "invalid"),
        (3, {"answer": "x"}, "no-such-item"),
    ],
)
def test_what_does_not_answer_is_refused(
    shared: World, position: int, body: dict[str, str], code: str
) -> None:
    story = shared.live(asked)
    url = f"{URL}/{story.id}/questions/{position}/answer"
    reply = shared.caller(story.worker).post(url, json=body)
    assert reply.json()["code"] == code
    assert said(shared, story.worker, story) == [("", False), ("", False)]
