"""The command line run in this process, which is quicker than in one of its own."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from app.cli import main
from app.settings import Settings
from app.storage.credentials import TEXT
from app.web.clock import utc_now
from app.wiring import House, open_house
from tests.cli.test_commands import users_of
from tests.databases import Database
from tests.demo.queries import PERMITS


@dataclass(frozen=True)
class Done:
    """What a command left."""

    returncode: int
    stdout: str
    stderr: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = json.loads(self.stdout)
        return rows


@dataclass(frozen=True)
class Place:
    """A database, and the folder with its keys."""

    database: Database
    folder: Path

    @property
    def variables(self) -> dict[str, str]:
        return {**users_of(self.database), "VEREDA_DATA_DIR": str(self.folder)}

    def open(self) -> House:
        return open_house(Settings(data_dir=self.folder, database_url=SecretStr(self.database.url)))

    def permits(self) -> dict[str, str]:
        """The text of a permit by what is to be said of it."""
        house = self.open()
        with self.database.engine.connect() as connection:
            rows = connection.execute(text(PERMITS), {"now": utc_now()}).all()
        house.engine.dispose()
        return {row.expected: house.ports.vault.open(TEXT, row.id, row.text) for row in rows}


Run = Callable[..., Done]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line in this process, which is quicker than one of its own."""

    def run_here(*words: str, **variables: str) -> Done:
        with monkeypatch.context() as changed:
            changed.setattr(sys, "argv", ["vereda", *words])
            for name, value in variables.items():
                changed.setenv(name, value)
            with pytest.raises(SystemExit) as end:
                main()
        said = capsys.readouterr()
        return Done(int(end.value.code or 0), said.out, said.err)

    return run_here
