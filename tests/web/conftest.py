"""The whole site on a fresh database with the tests' outside world, and people signed in to it."""

from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr

from app.main import build_app
from app.services import sign_in
from app.services.ports import Ports
from app.settings import Settings
from app.storage.grants import APP
from app.web.clock import Clock, utc_now
from app.wiring import House
from permits.people import Actor
from tests import outside
from tests.builders import Story, work_of
from tests.databases import Database
from tests.web.clients import browser, opened

As = Callable[[Actor], TestClient]
Lived = Callable[[Callable[[Story], Story]], Story]


@pytest.fixture
def clock() -> Clock:
    """The site's clock: the machine's, unless a folder's tests let theirs stand still."""
    return utc_now


@pytest.fixture
def ports() -> Ports:
    return outside.ports()


@pytest.fixture
def app(database: Database, ports: Ports, clock: Clock) -> Iterator[FastAPI]:
    own = database.of(APP)
    settings = Settings(database_url=SecretStr(own.url))
    house = House(settings, own.engine, own.sessions, own.read_sessions, ports)
    app = build_app(house, clock)
    with opened(app):
        yield app


@pytest.fixture
def visitor(app: FastAPI) -> TestClient:
    """Somebody who is not signed in; redirects are answers to look at."""
    return browser(app)


@pytest.fixture
def as_(app: FastAPI, database: Database, ports: Ports, clock: Clock) -> As:
    """A browser in which this person is signed in."""

    def signed_in(actor: Actor) -> TestClient:
        with database.sessions.begin() as session:
            begun = sign_in.open_session(work_of(session, actor, ports, clock()), actor, "test")
        return browser(app, begun.token)

    return signed_in


@pytest.fixture
def lived(database: Database, ports: Ports) -> Lived:
    """Live a story in the site's database and commit it: `lived(lambda s: s.start().submit())`."""

    def live(steps: Callable[[Story], Story]) -> Story:
        with database.sessions.begin() as session:
            return steps(Story(session, ports))

    return live
