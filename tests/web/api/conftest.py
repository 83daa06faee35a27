"""A site with people who call its API by bearer token."""

import pytest
from fastapi import FastAPI

from app.services.ports import Ports
from tests.databases import Database
from tests.web.api.world import World


@pytest.fixture
def world(app: FastAPI, database: Database, ports: Ports) -> World:
    return World(app, database, ports)
