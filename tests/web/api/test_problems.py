"""Every refusal of the API is problem+json, in the language asked for, and tells of nobody."""

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from tests.web.api.operations import answers, crossing, draft, picture, submitted
from tests.web.api.world import AGENT, World, keyed

PROBLEM = {"type", "title", "status", "detail", "instance", "code", "request_id", "errors"}


def problem_of(reply: httpx2.Response) -> dict[str, Any]:
    assert reply.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = reply.json()
    assert set(told) == PROBLEM
    assert (told["status"], told["type"]) == (reply.status_code, f"/problems/{told['code']}")
    assert told["request_id"] == reply.headers["x-request-id"]
    return told


def endless() -> Iterator[bytes]:
    for _ in range(35):
        yield bytes(1024 * 1024)


def test_what_the_framework_refuses_is_a_problem_too(shared: World) -> None:
    client = shared.caller(AGENT)
    url = "/api/v1/crossings"
    json = {"Content-Type": "application/json"}
    for reply, status, code in (
        (client.get("/api/v1/nothing"), 404, "no-such-page"),
        (client.put(url), 405, "method-not-allowed"),
        (client.post(url, content=b"{", headers=keyed() | json), 422, "invalid"),
        (client.post(url, content=b"\xff", headers=keyed() | json), 400, "refused"),
        (client.post(url, content=b"[]", headers=keyed() | json), 422, "invalid"),
        (client.post(url, content=b"x=1", headers=keyed()), 422, "invalid"),
        (client.get("/api/v1/applications/7"), 422, "invalid"),
        (client.get(f"{url}?limit=0"), 422, "invalid"),
        (client.get(f"{url}?colour=red"), 422, "invalid"),
        (client.post(url, headers={"Origin": "https://elsewhere.example"}), 403, "foreign-request"),
        (client.post(url, headers={"Content-Length": "99999999"}), 413, "body-too-large"),
    ):
        told = problem_of(reply)
        assert (reply.status_code, told["code"]) == (status, code), reply.request.url


@pytest.mark.promise("P21")
@pytest.mark.asvs("5.2.1")
def test_a_body_without_end_is_cut_off(shared: World) -> None:
    story = shared.live(draft)
    reply = shared.caller(story.worker).put(
        f"/api/v1/applications/{story.id}/documents/photo", content=endless(), headers=keyed(2)
    )
    assert problem_of(reply)["code"] == "body-too-large"


@pytest.mark.asvs("2.2.1")
def test_every_fault_is_told_at_once_with_its_field_and_in_words(shared: World) -> None:
    worker = shared.live(draft).worker
    wrong = {
        "document_number": "1234567802004",
        "date_of_birth": "2012-01-01",
        "given_names": "María7",
        "languages_spoken": ["xxx"],
    }
    for language, detail in (
        ("es", "Hay datos que corregir."),
        ("en-GB", "Some answers need correcting."),
    ):
        reply = shared.caller(worker, language).post(
            "/api/v1/applications", json={"programme": "coffee-hn-gt", "answers": wrong}
        )
        told = problem_of(reply)
        assert {(e["field"], e["code"]) for e in told["errors"]} == {
            ("document_number", "cui-check-digit"),
            ("date_of_birth", "underage"),
            ("given_names", "name-characters"),
            ("languages_spoken", "unknown-value"),
        }
        assert told["detail"] == detail
        assert all(e["detail"] for e in told["errors"])


@pytest.mark.asvs("16.5.1")
def test_no_value_that_was_sent_comes_back_in_a_refusal(shared: World) -> None:
    story = shared.live(draft)
    secret = "Xochitl-Secreta"
    client = shared.caller(story.worker)
    path = f"/api/v1/applications/{story.id}"
    for body in (
        {"answers": {"sex": secret}},
        {"answers": {"date_of_birth": secret}},
        {"answers": {"phone": secret}},
        {"answers": {"vacancy": secret}},
        {"answers": {"consent": secret}},
        {"answers": {"languages_spoken": [secret]}},
    ):
        reply = client.patch(path, json=body, headers=keyed(2))
        assert reply.status_code == 422
        assert secret not in reply.text


@pytest.mark.promise("P21")
@pytest.mark.asvs("5.2.2")
@pytest.mark.feature("W5")
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"%PDF-1.7 renamed", "not-a-picture"),
        (bytes(15 * 1024 * 1024 + 1), "file-too-large"),
        (picture()[:2000], "picture-damaged"),
    ],
    ids=["empty", "pdf", "large", "cut"],
)
def test_what_is_no_picture_is_refused(shared: World, content: bytes, code: str) -> None:
    story = shared.live(draft)
    url = f"/api/v1/applications/{story.id}/documents/photo"
    headers = keyed(shared.version_of(story.id))
    reply = shared.caller(story.worker).put(url, content=content, headers=headers)
    assert [(e["field"], e["code"]) for e in problem_of(reply)["errors"]] == [("photo", code)]


@pytest.mark.asvs("2.2.1", "15.3.3")
@pytest.mark.parametrize(
    "answer",
    [
        {"given_names": "a\x00b"},
        {"document_number": "a\nb"},
        {"brings_photo": "yes"},
        {"brings_photo": 1},
        {"date_of_birth": 0},
        {"date_of_birth": "1994-3-27"},
        {"languages_spoken": None},
        {"nickname": "Mari"},
    ],
    ids=str,
)
def test_answers_of_another_shape_are_refused(shared: World, answer: dict[str, object]) -> None:
    body = {"programme": "coffee-hn-gt", "answers": answers() | answer}
    reply = shared.caller(shared.live(draft).worker).post("/api/v1/applications", json=body)
    faults = [fault["field"] for fault in problem_of(reply)["errors"]]
    assert faults == [f"answers.{next(iter(answer))}"]


def test_a_note_may_have_lines_but_no_control_characters(shared: World) -> None:
    story = shared.live(submitted)
    url = f"/api/v1/applications/{story.id}/decisions"
    client, headers = shared.caller(story.setrass), keyed(shared.version_of(story.id))
    bad = client.post(
        url, json={"opinion": "return", "grounds": ["D1"], "note": "a\x00"}, headers=headers
    )
    assert problem_of(bad)["errors"][0]["field"] == "note"
    good = client.post(
        url,
        json={"opinion": "return", "grounds": ["D1"], "note": "¿Qué?\n¿Quién?"},
        headers=headers,
    )
    assert good.status_code == 200


@pytest.mark.promise("P16")
@pytest.mark.asvs("8.2.3")
def test_a_crossing_never_shows_who_holds_the_permit(shared: World) -> None:
    sent = {"crossings": [crossing()]}
    reply = shared.caller(AGENT).post("/api/v1/crossings", json=sent, headers=keyed())
    assert set(reply.json()["items"][0]) == {"id", "outcome", "faults"}
