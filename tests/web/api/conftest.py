"""A site with people who call its API by bearer token."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from app.main import build_app
from app.services.ports import Ports
from app.settings import Settings
from app.storage.grants import APP
from app.wiring import House
from tests import outside
from tests.databases import Database, Server
from tests.web.api.world import World
from tests.web.clients import opened


@pytest.fixture
def world(app: FastAPI, database: Database, ports: Ports) -> World:
    """A world of its own, for tests that count what is there."""
    return World(app, database, ports)


@pytest.fixture(scope="module")
def shared(database_server: Server) -> Iterator[World]:
    """One world for all tests of a file; each lives stories of its own in it."""
    with database_server.clone() as database:
        own, ports = database.of(APP), outside.ports()
        settings = Settings(database_url=SecretStr(own.url))
        house = House(settings, own.engine, own.sessions, own.read_sessions, ports)
        app = build_app(house)
        with opened(app):
            yield World(app, database, ports)
