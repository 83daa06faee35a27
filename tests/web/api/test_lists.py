"""The lists that verifiers take along: their form, their types, and the 304 that saves the way."""

import pytest

from app.services.credentials import Permit
from app.services.published import partner_key
from app.web.api.status_lists import prefers_jwt
from permits import status_list, trust_list
from permits.issuing import RevocationReason
from permits.scans import verdict
from permits.status_list import StatusLists
from tests.builders import Story
from tests.web.api.operations import signed
from tests.web.api.world import PARTNER_LIST, World, keyed


def permit_in_force(world: World) -> tuple[Story, Permit]:
    story = world.live(signed)
    return story, world.permit_of(story)


CWT, JWT = "application/statuslist+cwt", "application/statuslist+jwt"
PARTNER = partner_key(PARTNER_LIST.uri)


@pytest.mark.feature("B2", "D7")
def test_the_published_lists_are_all_that_a_verdict_needs(world: World) -> None:
    story, permit = permit_in_force(world)
    world.publish()
    client = world.caller(None)
    trusted = trust_list.read(client.get("/api/v1/trust-list").content, world.ports.keys.roots())
    index = client.get("/api/v1/status-lists").json()["items"]
    assert [one["uri"] for one in index] == [f"{world.ports.issuer}/st/1", PARTNER_LIST.uri]
    signed = [status_list.read(client.get(one["path"]).content, trusted) for one in index[:1]]
    assert [one.uri for one in signed] == [one["uri"] for one in index[:1]]
    lists = StatusLists()
    for one in signed:
        lists = lists.taking(one)
    judged = verdict(permit.credential.text or "", trusted, lists, permit.credential.valid_from)
    assert judged.signature.value == "valid"
    assert judged.status.value == "valid"
    assert story.worker


@pytest.mark.promise("P8")
@pytest.mark.feature("B3", "O16")
def test_a_revoked_permit_stands_in_the_next_list_and_only_then_the_tag_changes(
    world: World,
) -> None:
    story, permit = permit_in_force(world)
    world.publish()
    client, url = world.caller(None), "/api/v1/status-lists/1"
    first = client.get(url)
    known = {"If-None-Match": first.headers["etag"]}
    same = client.get(url, headers=known)
    assert (same.status_code, same.content, same.headers["etag"]) == (
        304,
        b"",
        first.headers["etag"],
    )
    revoked = world.caller(story.inm).post(
        f"/api/v1/credentials/{permit.credential.id}/revoke",
        json={"reason": RevocationReason.LOST.value},
        headers=keyed(permit.credential.version),
    )
    assert revoked.json()["state"] == "revoked"
    world.publish()
    other = client.get(url, headers=known)
    assert (other.status_code, other.headers["content-type"]) == (200, CWT)
    verified = world.caller(story.inm).post(
        "/api/v1/credentials/verify", json={"text": permit.credential.text}
    )
    told = verified.json()
    assert (told["verdict"], told["reason"]) == ("red", "revoked")


def test_the_trust_list_is_public_and_may_be_kept(shared: World) -> None:
    client = shared.caller(None)
    reply = client.get("/api/v1/trust-list")
    assert reply.headers["content-type"] == "application/cwt"
    assert reply.headers["cache-control"] == "public, max-age=30"
    assert reply.headers["access-control-allow-origin"] == "*"
    for tags in (reply.headers["etag"], f'"x", W/{reply.headers["etag"]}', "*"):
        again = client.get("/api/v1/trust-list", headers={"If-None-Match": tags})
        assert (again.status_code, again.content) == (304, b"")


def test_the_form_is_negotiated(shared: World) -> None:
    shared.publish()
    client, url = shared.caller(None), "/api/v1/status-lists/1"
    for accept, media_type in ((CWT, CWT), (JWT, JWT), ("*/*", CWT), ("text/html", CWT)):
        reply = client.get(url, headers={"Accept": accept})
        told = (reply.headers["content-type"], reply.headers["vary"])
        assert told == (media_type, "Accept, Accept-Encoding")


def test_the_address_in_the_credentials_serves_the_list(shared: World) -> None:
    shared.publish()
    client = shared.caller(None)
    uri = client.get("/api/v1/status-lists").json()["items"][0]["uri"]
    path = uri.removeprefix(shared.ports.issuer)
    assert client.get(path).content == client.get("/api/v1/status-lists/1").content


def test_the_replies_are_the_files_of_the_public_folder_byte_by_byte(world: World) -> None:
    permit_in_force(world)
    world.publish()
    world.publish()
    client, kept = world.caller(None), world.ports.public.get
    asked = {
        ("/st/1", CWT): "st/1.cwt",
        ("/st/1", JWT): "st/1.jwt",
        ("/st/aggregation.json", "*/*"): "st/aggregation.json",
        ("/api/v1/trust-list", "*/*"): "trust-list.cwt",
        (f"/api/v1/status-lists/partners/{PARTNER}", CWT): f"st/partners/{PARTNER}.cwt",
    }
    for (path, accept), name in asked.items():
        reply = client.get(path, headers={"Accept": accept})
        assert (reply.status_code, reply.content) == (200, kept(name)), path


@pytest.mark.promise("P8")
def test_an_etag_is_that_of_the_very_bytes_that_are_sent(shared: World) -> None:
    """RFC 9110 8.8.1: another coding is another representation, so it has another strong tag."""
    shared.publish()
    client, tags = shared.caller(None), set[str]()
    for accept, coding in ((CWT, "gzip"), (CWT, ""), (JWT, "gzip"), (JWT, "")):
        headers = {"Accept": accept, "Accept-Encoding": coding}
        reply = client.get("/st/1", headers=headers)
        assert reply.headers.get("content-encoding", "") == (coding if accept == JWT else "")
        tags.add(reply.headers["etag"])
        again = client.get("/st/1", headers={**headers, "If-None-Match": reply.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    assert len(tags) == 3
    assert not any(tag.startswith("W/") for tag in tags)


def test_how_a_list_was_in_the_past_is_not_told(shared: World) -> None:
    """Section 8.4 of the draft: 501, and never the present list in its place."""
    shared.publish()
    assert shared.caller(None).get("/st/1?time=1686925000").status_code == 501


@pytest.mark.parametrize("number", ["2", "0", "-1", "99999999999999999999", "x"])
def test_a_list_that_is_not_there(shared: World, number: str) -> None:
    reply = shared.caller(None).get(f"/api/v1/status-lists/{number}")
    assert reply.status_code in {404, 422}
    assert reply.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("accept", "jwt"),
    [
        ("", False),
        (JWT, True),
        (f"{JWT};q=0.5, {CWT};q=0.4", True),
        (f"{JWT};q=0.5, {CWT}", False),
        (f"application/*, {CWT};q=0.1", True),
        (f"*/*;q=0.1, {JWT.upper()}", True),
        (f"{JWT};q=0", False),
        (f"{JWT};q=x", False),
        ("application/json", False),
    ],
)
def test_the_better_form_wins(accept: str, jwt: bool) -> None:
    assert prefers_jwt(accept) is jwt
