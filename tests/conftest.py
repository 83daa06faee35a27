"""What every test may ask for: a session that is rolled back, or a database of its own."""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.storage.grants import OWNER
from tests.databases import Database, Server, test_server

# A machine that is busy is no fault of what is tested.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

HERE = Path(__file__).parent
SLOW = ("journeys", "cli", "adapters", "web")


gc.disable()  # until all tests are known: they stay to the end, there is nothing to sweep yet
SWEPT_AFTER = 20_000
"""New objects; with thousands of tests in memory each sweep by the usual 700 is dear."""


def pytest_collection_finish() -> None:
    """From here on sweep again, and less often; never what was there already."""
    gc.freeze()
    atexit.register(gc.unfreeze)  # what is written in C counts, as the process ends, what is left
    gc.enable()
    gc.set_threshold(SWEPT_AFTER, 20, 20)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The rooms of the slow tests first: at the end no process waits long for another."""
    ranks = {room: rank for rank, room in enumerate(SLOW)}
    items.sort(key=lambda item: ranks.get(item.path.relative_to(HERE).parts[0], len(SLOW)))


@pytest.fixture(scope="session")
def database_server() -> Iterator[Server]:
    """The PostgreSQL server that all test processes share."""
    with test_server() as server:
        server.drop_leftovers()
        yield server


@pytest.fixture(scope="session")
def engine(database_server: Server) -> Iterator[Engine]:
    """The database of this test process, migrated; whoever commits here harms later tests."""
    with database_server.clone() as database:
        yield database.engine


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session whose commits are savepoints: everything is rolled back after the test.

    It may what the site and the worker may together, and no more.
    """
    with rolled_back(engine) as session:
        yield session


@pytest.fixture
def owner_session(database_server: Server) -> Iterator[Session]:
    """The like as the owner of the tables, for tests that tamper with what stands."""
    with database_server.copy() as database, rolled_back(database.of(OWNER).engine) as session:
        yield session


@contextmanager
def rolled_back(engine: Engine) -> Iterator[Session]:
    """A session on one connection whose transaction never ends well."""
    with engine.connect() as connection:
        outer = connection.begin()
        with Session(
            connection, expire_on_commit=False, join_transaction_mode="create_savepoint"
        ) as session:
            yield session
        outer.rollback()


@pytest.fixture
def database(database_server: Server) -> Iterator[Database]:
    """A fresh database for a test that commits, or that uses several connections."""
    with database_server.clone() as database:
        yield database
