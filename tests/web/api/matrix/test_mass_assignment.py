"""Nobody writes a field that is not theirs: every field there is, sent to every write, by all."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from tests.web.api.matrix.cast import Cast
from tests.web.api.matrix.rows import API_ROWS
from tests.web.api.matrix.test_matrix import NOBODY, Callers, Cell, path_of
from tests.web.api.world import World

WRITES = sorted(
    route for route in API_ROWS if not route.startswith("GET") and not API_ROWS[route].is_public
)
TABLES = ("applications", "application_rounds", "decisions", "authorisations", "credentials")
WHOSE = "a draft"


def every_field(world: World) -> dict[str, Any]:
    """The fields of all models of the API, requests and replies, each with some value."""
    schemas = world.document["components"]["schemas"].values()
    named = {name for schema in schemas for name in schema.get("properties", {})}
    assert {"status", "round", "held_by", "answers", "opinion", "digest"} <= named
    return dict.fromkeys(sorted(named), "approved") | {"worker": str(uuid4())}


def standing(world: World) -> dict[str, int]:
    """A fingerprint of everything that a case consists of."""
    with world.database.sessions.begin() as session:
        return {
            table: session.execute(
                text(f"SELECT coalesce(sum(hashtextextended(t::text, 0)), 0) FROM {table} t")
            ).scalar_one()
            for table in TABLES
        }


@pytest.mark.promise("P16")
@pytest.mark.asvs("8.2.3", "15.3.3")
@pytest.mark.feature("D1")
def test_every_field_sent_to_every_write_by_everybody_changes_nothing(
    shared: World, cast: Cast
) -> None:
    fields, before = every_field(shared), standing(shared)
    owned = cast.files[WHOSE]
    assert owned is not None
    version = shared.version_of(owned.file.id)
    callers = Callers(shared, cast.people)
    codes = set()
    for route in WRITES:
        for who in [*cast.people, NOBODY]:
            cell = Cell(route, who, WHOSE)
            headers = {"Idempotency-Key": uuid4().hex, "If-Match": f'"{version}"'}
            if route.endswith(("/submit", "/withdraw", "/reinstate")):
                headers["If-Match"] = '"99999"'  # they take no body: the act itself is theirs
            reply = callers.of(who).request(
                cell.method, path_of(cell, owned), headers=headers, json=fields
            )
            assert reply.status_code >= 400, cell
            assert (reply.status_code == 401) is (who == NOBODY), cell
            codes.add(reply.status_code)
    assert codes >= {401, 403, 404, 422}
    assert standing(shared) == before


@pytest.mark.promise("P16")
@pytest.mark.asvs("15.3.3")
@pytest.mark.parametrize("name", ["status", "round", "worker", "digest", "receipt", "held_by"])
def test_a_worker_sets_nothing_but_answers(shared: World, cast: Cast, name: str) -> None:
    owned = cast.files[WHOSE]
    assert owned is not None
    client = Callers(shared, cast.people).of("worker of the draft")
    before = standing(shared)
    for body in ({"answers": {name: "approved"}}, {"answers": {}, name: "approved"}):
        reply = client.patch(
            f"/api/v1/applications/{owned.file.id}",
            json=body,
            headers={"If-Match": f'"{shared.version_of(owned.file.id)}"'},
        )
        assert (reply.status_code, reply.json()["code"]) == (422, "invalid")
    assert standing(shared) == before
