"""What lies behind each guard, asked with hostile texts by those whom the guard lets in.

A person of every role, signed in at a browser, asks with the ids of real files: a text of the lists
of scripts and SQL in every field, and requests that no browser sends. Nothing fails, no script
stands on a page as it was sent, and what was there is there as it was.
"""

import hashlib
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zlib import crc32

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import text

from app.services import sign_in
from app.storage import accounts
from permits.audit import Act
from permits.people import ACCOUNT_ROLES, SYSTEM, Actor, Role
from tests.builders import work_of
from tests.proofs import FULL, times
from tests.vectors.hostile import EVERY
from tests.web.api.matrix.cast import Cast, Owned
from tests.web.api.matrix.row import NEVER_SEEN, Row
from tests.web.api.matrix.rows import LAST, ROWS
from tests.web.api.matrix.rules import Answer
from tests.web.api.world import World, now
from tests.web.clients import browser
from tests.web.test_hostile_requests import ACTION, ENDING, FIELD, broken, is_raw

pytestmark = pytest.mark.promise("P20")

PEOPLE = times(1, 100)
"""Of those whom a route lets in, so many ask it."""

TRIES = times(1, 20)
GUESSED = ("note", "reason", "name", "phone", "code", "q")

KEPT = (
    *("accounts", "grants", "postings", "employers", "vacancies", "application_rounds", "consents"),
    *("decisions", "authorisations", "credentials", "revocations", "suspensions", "crossings"),
    *("documents", "factors", "devices", "audit_events", "api_clients", "messages"),
)
"""Tables whose rows nobody here changes: what is sent is a hostile text, and no valid answer."""


@dataclass(frozen=True)
class Question:
    """A route, one whom it lets in, and the file that it is asked about."""

    route: str
    who: str
    owned: Owned

    @property
    def row(self) -> Row:
        return ROWS[self.route]

    @property
    def method(self) -> str:
        return self.route.partition(" ")[0]

    @property
    def path(self) -> str:
        ids = {**self.row.ids, **self.owned.ids}
        return self.route.partition(" ")[2].replace(":uuid", "").format(**ids)


def people_of(cast: Cast) -> dict[str, Actor]:
    """One of every role that has an account, and two workers."""
    named = [role.value for role in ACCOUNT_ROLES]
    return {name: cast.people[name] for name in (*named, "worker of the permit", "another worker")}


@pytest.fixture(scope="module")
def browsers(shared: World, cast: Cast) -> dict[str, TestClient]:
    """A browser for each, signed in a moment ago."""
    made = {}
    with shared.database.sessions.begin() as session:
        for name, actor in people_of(cast).items():
            work = work_of(session, SYSTEM, shared.ports, now())
            if actor.role is not Role.WORKER and not actor.agency:  # the cast posts officials
                account = accounts.Account.of(actor, f"{actor.person.hex}@demo.example", "")
                event = work.event(Act.ACCOUNT_ADDED, actor.person, {"role": actor.role.value})
                accounts.add_account(session, account, SYSTEM.person, work.now, event=event)
            opened = sign_in.open_session(work, actor, "test")
            made[name] = browser(shared.app, opened.token)
    return made


def questions(cast: Cast) -> Iterator[Question]:
    """Each route with whom it lets in, a sample of them but for `make prove`."""
    files = [one for one in cast.files.values() if one is not None]
    people = people_of(cast)
    for route, row in sorted(ROWS.items()):
        if route in LAST or ENDING.search(route):
            continue
        about = {
            name: next((f for f in files if row.rule(actor, f) is Answer.ALLOWED), None)
            for name, actor in people.items()
        }
        # Where a program is let in nowhere, a browser may be: everybody's own pages.
        let_in = [name for name, owned in about.items() if owned] or list(people)
        let_in.sort(key=lambda name: crc32(f"{route} {name}".encode()))
        for name in let_in[:PEOPLE]:
            yield Question(route, name, about[name] or files[0])


def spoilt(sent: object, payload: str) -> object:
    """The same shape with a hostile text in the place of every text."""
    if isinstance(sent, Mapping):
        return {name: spoilt(value, payload) for name, value in sent.items()}
    if isinstance(sent, list | tuple):
        return [spoilt(value, payload) for value in sent]
    return payload if isinstance(sent, str) else sent


def hostile(client: TestClient, one: Question, payload: str) -> dict[str, Any]:
    """What is sent: every field that the page shows, or that the row of the route knows."""
    sent = dict(one.row.sent)
    if one.method == "GET":
        names = sent.get("params") or dict.fromkeys(GUESSED)
        return {"params": dict.fromkeys(names, payload)}
    if "json" in sent:
        return {"json": spoilt(sent["json"], payload)}
    if "content" in sent:
        return {"content": payload.encode()}
    page = client.get(one.path) if f"GET {one.route.partition(' ')[2]}" in ROWS else None
    shown = FIELD.findall(page.text) if page is not None and ACTION.search(page.text) else []
    names = {*shown, *sent.get("data", {}), *GUESSED} - {"idioma"}
    return {"data": dict.fromkeys(names, payload)}


JUDGED = "'held_at'::text - 'blocked_since'::text"


def rows(world: World) -> dict[str, set[str]]:
    """Every row of the tables that are to stay as they are, as a hash.

    But for whether a vacancy is held or blocked: who asks in vain has it judged again by what is
    known.
    """
    with world.database.engine.connect() as connection:
        return {
            table: {
                hashlib.sha256(row.encode()).hexdigest()
                for (row,) in connection.execute(
                    text(f"SELECT (to_jsonb(t) - {JUDGED})::text FROM {table} t")
                )
            }
            for table in KEPT
        }


def headers() -> dict[str, str]:
    return {"Idempotency-Key": UUID(int=random.getrandbits(128)).hex, "If-Match": f'"{NEVER_SEEN}"'}


@pytest.mark.asvs("1.1.2", "1.2.4", "1.3.7", "2.2.1", "16.5.1")
def test_behind_every_guard_nothing_sent_is_more_than_text(
    shared: World, cast: Cast, browsers: dict[str, TestClient]
) -> None:
    before, wrong, asked = rows(shared), list[object](), dict[str, int]()

    def look(one: Question, what: object, reply: Response) -> None:
        asked[one.who] = asked.get(one.who, 0) + 1
        raw = isinstance(what, str) and is_raw(what, reply)
        if reply.status_code >= 500 or raw or "Traceback" in reply.text:
            wrong.append((one.route, one.who, reply.status_code, what))

    for one in questions(cast):
        client, chance = browsers[one.who], random.Random(f"{one.route} {one.who}")
        for payload in chance.sample(EVERY, TRIES):
            sent = hostile(client, one, payload)
            reply = client.request(one.method, one.path, headers=headers(), **sent)
            look(one, payload, reply)
            odd = broken(chance, one.path)
            odd["headers"] = _but_for_the_session(odd["headers"])
            look(one, odd, client.request(one.method, **odd))  # type: ignore[arg-type]
    assert wrong == []
    after = rows(shared)
    assert {
        name: len(before[name] - after[name]) for name in KEPT if before[name] - after[name]
    } == {}
    assert set(asked) == set(people_of(cast))


def _but_for_the_session(sent: object) -> dict[str, bytes]:
    assert isinstance(sent, dict)
    return {name: value for name, value in sent.items() if name not in {"Cookie", "Authorization"}}


@pytest.mark.skipif(FULL, reason="every person asks every route then")
def test_the_sample_has_somebody_of_every_role_and_every_route(cast: Cast) -> None:
    sample = list(questions(cast))
    assert {cast.people[one.who].role for one in sample} == {*ACCOUNT_ROLES, Role.WORKER}
    missing = {route for route in ROWS if not ENDING.search(route)} - set(LAST)
    assert missing == {one.route for one in sample}
