"""No list gives more than its limit, and none gives more than two hundred at once."""

from collections.abc import Mapping

import pytest
from fastapi.testclient import TestClient

from tests.web.api.operations import OPERATIONS, ROLES, Operation, actor_of
from tests.web.api.world import World

MOST = 200


@pytest.fixture(scope="module")
def readers(shared: World) -> Mapping[str, TestClient]:
    """By the path of each list that takes a limit, somebody who may read it."""
    with_limit = {
        operation["operationId"]
        for methods in shared.document["paths"].values()
        for operation in methods.values()
        if "limit" in {parameter["name"] for parameter in operation.get("parameters", [])}
    }
    return {row.path: _reader(shared, row) for row in OPERATIONS if row.id in with_limit}


def _reader(shared: World, row: Operation) -> TestClient:
    role = next(role for role in ROLES if row.status_for(role) == 200 and role != "owner")
    return shared.caller(actor_of(role, shared.live(row.state)))


def test_there_are_such_lists(readers: Mapping[str, TestClient]) -> None:
    assert {path.rpartition("/")[2] for path in readers} >= {"applications", "crossings"}


@pytest.mark.asvs("2.3.2", "2.4.1")
@pytest.mark.parametrize("limit", [0, -1, MOST + 1, 10**12, "x", ""])
def test_a_limit_beyond_its_bounds_is_refused(
    readers: Mapping[str, TestClient], limit: int | str
) -> None:
    for path, reader in readers.items():
        reply = reader.get(path, params={"limit": limit})
        told = reply.json()
        assert (path, reply.status_code, told["code"]) == (path, 422, "invalid")
        assert [fault["field"] for fault in told["errors"]] == ["limit"], path


def test_the_largest_limit_is_taken(readers: Mapping[str, TestClient]) -> None:
    for path, reader in readers.items():
        reply = reader.get(path, params={"limit": MOST})
        assert (path, reply.status_code) == (path, 200)
        assert len(reply.json()["items"]) <= MOST
