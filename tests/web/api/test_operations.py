"""Role × operation: each is allowed, refused or hidden as the one table says."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from uuid import uuid4

import httpx2
import jsonschema_rs
import pytest

from app.web.documentation import NEEDS_KEY
from tests.builders import Story
from tests.proofs import FULL
from tests.web.api.operations import OPERATIONS, ROLES, Operation, actor_of
from tests.web.api.world import Steps, World, the_document

SHOWN = [pytest.param(row, id=f"{row.id}-{at}") for at, row in enumerate(OPERATIONS)]
CHANGES_A_CASE = {"PATCH", "PUT", "DELETE"}
ACTS_ON_A_CASE = (
    *("/submit", "/withdraw", "/decisions", "/recommendations", "/hold", "/questions", "/answers"),
)
ACTS_ON_A_PERMIT = ("/revoke", "/replace", "/suspend", "/reinstate", "/confirm", "/drop", "/end")
ACTS = (*ACTS_ON_A_CASE, *ACTS_ON_A_PERMIT, "/revocation")
"""How the addresses end of what changes something that its sender has to have seen."""


class Untouched:
    """Stories at which nothing was changed, by their state: who was only refused leaves the next
    test what it would live through anew."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._kept: dict[Steps, Story] = {}

    def take(self, state: Steps) -> Story:
        """A story in this state, which is the taker's own from now on."""
        return self._kept.pop(state, None) or self._world.live(state)

    def give_back(self, state: Steps, story: Story) -> None:
        """Nobody was let in to change anything."""
        self._kept[state] = story

    @contextmanager
    def lent(self, state: Steps) -> Iterator[Story]:
        """A story for somebody who only asks what is refused."""
        story = self.take(state)
        yield story
        self.give_back(state, story)


@pytest.fixture(scope="module")
def untouched(shared: World) -> Untouched:
    return Untouched(shared)


def described(document: dict[str, Any]) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Operation → method, path and description, of the whole document."""
    return {
        operation["operationId"]: (method.upper(), path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def ask(world: World, row: Operation, story: Story, role: str, **ids: object) -> httpx2.Response:
    sent = dict(row.sent(world, story))
    path = row.path.format(**{**sent.pop("ids", {}), **ids})
    return world.caller(actor_of(role, story)).request(row.method, path, **sent)


def check_reply(document: dict[str, Any], row: Operation, reply: httpx2.Response) -> None:
    """The reply is one that the document tells of, in the shape that it tells."""
    _, _, operation = described(document)[row.id]
    told = operation["responses"]
    assert str(reply.status_code) in told, (row.id, reply.status_code, reply.text)
    contents = told[str(reply.status_code)].get("content", {})
    media_type = reply.headers["content-type"].partition(";")[0]
    assert media_type in contents
    if media_type.endswith("json"):
        validator(row.id, str(reply.status_code), media_type).validate(reply.json())


@cache
def validator(operation: str, status: str, media_type: str) -> jsonschema_rs.Validator:
    """Of one reply that the document tells of."""
    document = the_document()
    _, _, told = described(document)[operation]
    schema = told["responses"][status]["content"][media_type]["schema"]
    return jsonschema_rs.validator_for({**schema, "components": document["components"]})


def test_the_table_names_every_operation_and_no_other(shared: World) -> None:
    document = {
        name: (method, path.count("{"))
        for name, (method, path, _) in described(shared.document).items()
    }
    table = {row.id: (row.method, row.path.count("{")) for row in OPERATIONS}
    table["attachDocument"] = ("PUT", 2)  # the table names one kind of document
    table["addLaterPaper"] = ("POST", 2)  # and one paper
    assert table == document


@pytest.mark.promise("P15")
@pytest.mark.asvs("8.2.1", "8.2.2")
@pytest.mark.feature("D1")
@pytest.mark.parametrize("row", SHOWN)
def test_each_role_is_answered_as_the_table_says(
    shared: World, untouched: Untouched, row: Operation
) -> None:
    """In `make test` the first who may, and a third of the others, in turn; the matrix asks all."""
    story, changed, got = untouched.take(row.state), False, {}
    turn, first = OPERATIONS.index(row), first_allowed(row)
    asked = [
        role
        for number, role in enumerate(row.roles)
        if FULL or role == first or (number + turn) % 3 == 0
    ]
    # The refused first: what is allowed changes the state, and then a new story is needed.
    for role in sorted(asked, key=lambda role: row.status_for(role) < 300):
        if changed:
            story = untouched.take(row.state)
        reply = ask(shared, row, story, role)
        check_reply(shared.document, row, reply)
        got[role] = reply.status_code
        changed = reply.status_code < 300 and row.method != "GET"
    assert got == {role: row.status_for(role) for role in asked}
    if not changed:
        untouched.give_back(row.state, story)


@pytest.mark.promise("P15")
@pytest.mark.parametrize("row", [row for row in OPERATIONS if "{application}" in row.path])
def test_what_is_hidden_looks_like_what_is_not_there(
    shared: World, untouched: Untouched, row: Operation
) -> None:
    """In `make test` a third of the roles at each operation, in turn; in `make prove` each."""
    turn = OPERATIONS.index(row)
    with untouched.lent(row.state) as story:
        for number, role in enumerate(ROLES):
            if row.status_for(role) in {403, 404} and (FULL or (number + turn) % 3 == 0):
                told = []
                for ids in ({}, {"application": uuid4()}):
                    reply = ask(shared, row, story, role, **ids)
                    problem = reply.json()
                    told.append((reply.status_code, problem["code"], problem["detail"]))
                if row.status_for(role) == 404 or row.others == 403:
                    assert told[0] == told[1]


def test_the_document_names_the_guard_of_each_operation(shared: World) -> None:
    for name, (_, _, operation) in described(shared.document).items():
        row = next(row for row in OPERATIONS if row.id == name)
        guarded = row.status_for("visitor") == 401
        schemes = [scheme for one in operation.get("security", []) for scheme in one]
        assert (schemes == ["bearer", "session"]) is guarded, name


def test_every_operation_is_described(shared: World) -> None:
    for name, (_, _, operation) in described(shared.document).items():
        assert operation["summary"], name
        assert operation["description"] != operation["summary"], name
        assert [tag in {t["name"] for t in shared.document["tags"]} for tag in operation["tags"]]


def first_allowed(row: Operation) -> str | None:
    """The first role that may do this in the row's state."""
    return next((role for role in row.roles if row.status_for(role) < 300), None)


ALLOWED_TO_SOMEBODY = [
    pytest.param(row, id=f"{row.id}-{at}")
    for at, row in enumerate(OPERATIONS)
    if first_allowed(row)
]


@pytest.mark.promise("P5")
@pytest.mark.parametrize("row", ALLOWED_TO_SOMEBODY)
def test_a_change_of_a_case_says_what_was_seen(
    shared: World, untouched: Untouched, row: Operation
) -> None:
    needs = "If-Match" in {
        p["name"] for p in described(shared.document)[row.id][2].get("parameters", [])
    }
    acts = row.method != "GET" and row.path.endswith(ACTS)
    assert needs is (row.method in CHANGES_A_CASE or acts)
    if not needs:
        return
    with untouched.lent(row.state) as story:
        sent = dict(row.sent(shared, story))
        ids, headers = sent.pop("ids"), sent.pop("headers")
        client = shared.caller(actor_of(first_allowed(row) or "", story))
        path = row.path.format(**ids)
        blind = {name: value for name, value in headers.items() if name != "If-Match"}
        missing = client.request(row.method, path, headers=blind, **sent)
        assert (missing.status_code, missing.json()["code"]) == (428, "if-match-missing")
        stale = client.request(row.method, path, headers={**headers, "If-Match": '"99"'}, **sent)
        assert (stale.status_code, stale.json()["code"]) == (412, "changed-meanwhile")
        odd = client.request(row.method, path, headers={**headers, "If-Match": '"x"'}, **sent)
        assert (odd.status_code, odd.json()["errors"][0]["code"]) == (422, "etag-malformed")


@pytest.mark.promise("P6")
@pytest.mark.parametrize("name", sorted(NEEDS_KEY))
def test_acts_with_an_effect_need_a_key(shared: World, name: str) -> None:
    row = next(r for r in OPERATIONS if r.id == name)
    role = next(role for role in row.roles if row.status_for(role) < 300)
    story = shared.live(row.state)
    sent = dict(row.sent(shared, story))
    path = row.path.format(**sent.pop("ids", {}))
    del sent["headers"]["Idempotency-Key"]
    reply = shared.caller(actor_of(role, story)).request(row.method, path, **sent)
    assert (reply.status_code, reply.json()["code"]) == (400, "idempotency-key-missing")
    assert reply.headers["content-type"] == "application/problem+json"
