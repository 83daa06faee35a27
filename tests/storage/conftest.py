"""The tests' outside world for stories that are lived into the database."""

import pytest

from app.services.ports import Ports
from tests import outside


@pytest.fixture
def ports() -> Ports:
    return outside.ports()
