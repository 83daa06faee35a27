"""Chooses the adapters by the settings, once, and hands them down as ports."""

from dataclasses import dataclass
from pathlib import Path

from app.services.ports import Ports
from app.settings import Settings
from app.storage.database import (
    Engine,
    SessionFactory,
)

REFERENCE = Path(__file__).parent / "reference"


@dataclass(frozen=True)
class House:
    """What a door opens: the database and the world outside."""

    settings: Settings
    engine: Engine
    sessions: SessionFactory
    read_sessions: SessionFactory
    ports: Ports


def open_house(settings: Settings) -> House:
    """Connect the database and choose every adapter; `database_url` must be set."""
    raise NotImplementedError
