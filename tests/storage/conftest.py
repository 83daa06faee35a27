"""The tests' outside world, and the tables' owner: what is tried here the grants would stop first.

`test_grants.py` and `test_rights.py` try what the site and the worker may; here it is shown what
the constraints refuse even to who may do everything.
"""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.services.ports import Ports
from app.storage.grants import OWNER
from tests import outside
from tests.builders import Story
from tests.databases import Database, Server


@pytest.fixture
def ports() -> Ports:
    return outside.ports()


@pytest.fixture
def story(session: Session, ports: Ports) -> Story:
    return Story(session, ports)


@pytest.fixture(scope="session")
def engine(database_server: Server) -> Iterator[Engine]:
    """The database of this test process as its owner."""
    with database_server.clone() as database:
        yield database.of(OWNER).engine


@pytest.fixture
def database(database_server: Server) -> Iterator[Database]:
    """A fresh database as its owner."""
    with database_server.clone() as database:
        yield database.of(OWNER)
