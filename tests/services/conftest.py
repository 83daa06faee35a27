import pytest

from app.services.ports import Ports
from app.storage.database import Session
from tests import outside
from tests.builders import Story


@pytest.fixture
def ports() -> Ports:
    return outside.ports()


@pytest.fixture
def story(session: Session, ports: Ports) -> Story:
    return Story(session, ports)
