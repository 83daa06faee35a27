"""No list gives more than its limit, and none gives more than two hundred at once."""

from typing import Any

import pytest

from tests.web.api.operations import OPERATIONS, ROLES, Operation, actor_of
from tests.web.api.world import World, the_document

MOST = 200


def paged() -> list[Operation]:
    """The lists that take a limit, each with its row in the table of operations."""
    with_limit = {
        operation["operationId"]
        for methods in the_document()["paths"].values()
        for operation in methods.values()
        if "limit" in {parameter["name"] for parameter in operation.get("parameters", [])}
    }
    return [row for row in OPERATIONS if row.id in with_limit]


def ask(world: World, row: Operation, limit: int | str) -> tuple[int, Any]:
    story = world.live(row.state)
    role = next(role for role in ROLES if row.status_for(role) == 200 and role != "owner")
    reply = world.caller(actor_of(role, story)).get(row.path, params={"limit": limit})
    return reply.status_code, reply.json()


def test_there_are_such_lists() -> None:
    assert {row.id for row in paged()} >= {"listApplications", "listCrossings"}


@pytest.mark.asvs("2.3.2", "2.4.1")
@pytest.mark.parametrize("row", paged(), ids=lambda row: row.id)
@pytest.mark.parametrize("limit", [0, -1, MOST + 1, 10**12, "x", ""])
def test_a_limit_beyond_its_bounds_is_refused(
    shared: World, row: Operation, limit: int | str
) -> None:
    status, told = ask(shared, row, limit)
    assert (status, told["code"]) == (422, "invalid")
    assert [fault["field"] for fault in told["errors"]] == ["limit"]


@pytest.mark.parametrize("row", paged(), ids=lambda row: row.id)
def test_the_largest_limit_is_taken(shared: World, row: Operation) -> None:
    status, told = ask(shared, row, MOST)
    assert status == 200
    assert len(told["items"]) <= MOST
