"""The tests' outside world for stories that are lived into the database."""

import pytest
from sqlalchemy.orm import Session

from app.services.ports import Ports
from tests import outside
from tests.builders import Story


@pytest.fixture
def ports() -> Ports:
    return outside.ports()


@pytest.fixture
def story(session: Session, ports: Ports) -> Story:
    return Story(session, ports)
