"""Role × route × owner, whole: each cell is let in, refused, hidden or asked to sign in.

Every cell is asked under `make prove`; otherwise a twelfth of the pairs of route and person, each
with three files, always the same ones.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from zlib import crc32

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from httpx2 import Response

from permits.people import Actor, Role
from permits.reach import covers, reach_of
from tests.proofs import FULL, record
from tests.web.api.matrix.cast import MISSING, NAMES, Cast, Owned
from tests.web.api.matrix.row import NEVER_SEEN, Row
from tests.web.api.matrix.rows import LAST, ROWS
from tests.web.api.matrix.rules import Answer, known
from tests.web.api.world import World

NOBODY, IMPOSTOR = "nobody", "a token of another kind"


@dataclass(frozen=True)
class Cell:
    """One question: who asks which route about whose file."""

    route: str
    who: str
    whose: str

    @property
    def row(self) -> Row:
        return ROWS[self.route]

    @property
    def method(self) -> str:
        return self.route.partition(" ")[0]

    @property
    def place(self) -> int:
        """Where the cell stands, the same in every run."""
        return crc32(f"{self.route} {self.who} {self.whose}".encode())


def is_about_files(route: str) -> bool:
    return any(f"{{{name}" in route for name in NAMES)


def cells(cast: Cast) -> Iterator[Cell]:
    """Every cell, or the sample; what changes a file for good comes last."""
    for route in sorted(ROWS, key=lambda route: (LAST.index(route) if route in LAST else 0, route)):
        whose = list(cast.files) if is_about_files(route) else ["missing"]
        for who in [*cast.people, NOBODY, IMPOSTOR]:
            every = [Cell(route, who, one) for one in whose]
            if FULL:
                yield from every
            elif crc32(f"{route} {who}".encode()) % 12 == 0:
                yield from sorted(every[:-1], key=lambda cell: cell.place)[:2]
                yield every[-1]


def expected(cast: Cast, cell: Cell) -> Answer:
    if cell.who == IMPOSTOR:
        return Answer.SIGN_IN
    return cell.row.rule(cast.people.get(cell.who), cast.files[cell.whose])


def answered(cell: Cell, reply: Response) -> Answer | str:
    """What a reply amounts to; the bare code where it is none of the four."""
    if reply.status_code == 303 and reply.headers["location"].startswith(
        ("/entrar?", "/retomar?", "/entrar") if not cell.row.is_public else ("/never",)
    ):
        return Answer.SIGN_IN
    if reply.status_code in cell.row.allowed and not _is_hidden(reply):
        return Answer.ALLOWED
    plain = {401: Answer.SIGN_IN, 403: Answer.FORBIDDEN, 404: Answer.HIDDEN}
    return plain.get(reply.status_code, str(reply.status_code))


def _is_hidden(reply: Response) -> bool:
    return reply.status_code == 404 and bool(
        re.search("no-such-(application|credential|authorisation)", reply.text)
    )


def path_of(cell: Cell, owned: Owned | None) -> str:
    ids = {**cell.row.ids, **(owned.ids if owned else MISSING)}
    path = cell.route.partition(" ")[2].replace(":uuid", "")
    return path.format(**ids)


def ask(client: TestClient, cast: Cast, cell: Cell) -> Response:
    headers = {"Idempotency-Key": f"{cell.place:032x}", "If-Match": f'"{NEVER_SEEN}"'}
    if cell.method == "GET":
        headers = {}
    path = path_of(cell, cast.files[cell.whose])
    return client.request(cell.method, path, headers=headers, **cell.row.sent)


@dataclass
class Callers:
    """A client for each of the people, made once."""

    world: World
    people: Mapping[str, Actor]

    def __post_init__(self) -> None:
        self.of = cache(self._make)

    def _make(self, who: str) -> TestClient:
        client = self.world.caller(self.people.get(who))
        if who == IMPOSTOR:
            client.headers["Authorization"] = "Bearer x.y.z"
        return client


def body_of(reply: Response, cast: Cast) -> str:
    """The body without what differs by nature: ids of the path and of the request."""
    text = reply.text
    for owned in cast.files.values():
        for one in (owned.ids if owned else MISSING).values():
            text = text.replace(str(one), "ID")
    return text.replace(reply.headers["x-request-id"], "REQUEST")


@pytest.mark.promise("P15")
@pytest.mark.asvs("8.1.1", "8.2.1", "8.2.2", "8.4.1")
@pytest.mark.feature("D1")
def test_every_cell_of_the_matrix(shared: World, cast: Cast) -> None:
    callers, wrong, asked = Callers(shared, cast.people), [], 0
    unknown: dict[tuple[str, str], set[str]] = {}
    for cell in cells(cast):
        if cell.who == IMPOSTOR and cell.row.is_public:
            continue
        reply = ask(callers.of(cell.who), cast, cell)
        asked += 1
        wanted, got = expected(cast, cell), answered(cell, reply)
        if got is not wanted:
            wrong.append((cell, wanted, got, reply.status_code))
        actor, owned = cast.people.get(cell.who), cast.files[cell.whose]
        if got is Answer.HIDDEN and actor and not known(actor, owned):
            told = body_of(reply, cast)
            unknown.setdefault((cell.route, cell.who), set()).add(told)
    assert [(c.route, c.who, c.whose, str(w), str(g), code) for c, w, g, code in wrong] == []
    # A file of others and one that is not there are told apart by nobody.
    assert [pair for pair, bodies in unknown.items() if len(bodies) > 1] == []
    assert asked > (10_000 if FULL else 800)
    record("access-matrix", "cells of role × route × owner asked", asked, deviations=len(wrong))


def routes(app: FastAPI) -> set[str]:
    return {
        f"{method} {route.path}"
        for route in iter_route_contexts(app.routes)
        if getattr(route, "dependant", None)
        for method in (route.methods or set()) - {"HEAD"}
    }


@pytest.mark.promise("P15")
@pytest.mark.asvs("8.1.1")
def test_no_route_is_without_a_row_and_no_row_without_a_route(shared: World) -> None:
    assert routes(shared.app) == set(ROWS)


@pytest.mark.promise("P15")
def test_the_matrix_has_every_role_and_every_kind_of_cell(cast: Cast) -> None:
    roles = {actor.role for actor in cast.people.values()}
    assert roles == set(Role) - {Role.SYSTEM, Role.ANYONE}
    kinds: dict[str, set[Answer]] = {}
    for route, row in ROWS.items():
        for actor in [None, *cast.people.values()]:
            for owned in cast.files.values():
                kinds.setdefault(route, set()).add(row.rule(actor, owned))
    for route, row in ROWS.items():
        assert row.is_public or Answer.SIGN_IN in kinds[route], route
        assert not is_about_files(route) or Answer.HIDDEN in kinds[route], route


@pytest.mark.promise("P15")
@pytest.mark.asvs("8.2.2", "8.4.1")
@pytest.mark.feature("D1")
def test_each_list_holds_exactly_what_lies_within_reach(shared: World, cast: Cast) -> None:
    callers = Callers(shared, cast.people)
    lengths: set[int] = set()
    for who, actor in cast.people.items():
        reply = callers.of(who).get("/api/v1/applications?espera=todas&limit=200")
        if reply.status_code == 403:
            continue
        listed = {item["id"] for item in reply.json()["items"]}
        ours = {str(f.file.id): covers(reach_of(actor), f.file) for f in cast.files.values() if f}
        assert {one for one in listed if one in ours} == _true(ours), who
        lengths.add(len(listed))
    assert len(lengths) > 3


def _true(ours: Mapping[str, bool]) -> set[str]:
    return {one for one, within in ours.items() if within}


@pytest.mark.promise("P15")
@pytest.mark.asvs("8.2.2")
def test_an_id_of_one_file_opens_nothing_under_another(shared: World, cast: Cast) -> None:
    first, second = _two(list(cast.files.values()))
    client = Callers(shared, cast.people).of("setrass-officer")
    right = client.get(f"/casos/{first.file.id}/archivos/{first.document}")
    swapped = client.get(f"/casos/{first.file.id}/archivos/{second.document}")
    assert (right.status_code, swapped.status_code) == (200, 404)


def _two(files: Sequence[Owned | None]) -> tuple[Owned, Owned]:
    first, second = files[:2]
    assert first is not None
    assert second is not None
    return first, second
