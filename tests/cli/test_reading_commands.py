"""Commands that read: JSON for programs, secrets masked, one sentence where nothing can be read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from sqlalchemy import text

from app.cli import cli
from app.cli.describe import OPENAPI
from app.cli.states import EVERY
from app.settings import Settings
from app.storage import migrations
from app.storage.data_classes import list_columns
from app.storage.grants import OWNER
from permits.retention import RULES
from tests.cli.here import Place, Run, run
from tests.databases import Database, Server

__all__ = ["run"]

ACTING = {
    "complaints keys-init",
    "complaints let-in",
    "lists load",
    "backup",
    "export-revoked",
    "client add",
    "client disable",
    "client rotate",
    "db grant",
    "db migrate",
    "keys activate",
    "keys compromise",
    "keys draft-list",
    "keys export-root",
    "keys fields-rotate",
    "keys import-list",
    "keys import-root",
    "keys new",
    "keys new-root",
    "keys reissue",
    "keys retire",
    "keys sign-list",
    "partners add",
    "partners remove",
    "programmes load",
    "programmes remove",
    "restore",
    "retention erase-again",
    "retention hold",
    "retention lift",
    "seed demo",
    "seed load",
    "serve",
    "user add",
    "user invite",
    "worker",
    "wages load",
    "registers import",
    "registers settle",
    "registers undo",
    "registries fetch",
    "registries import",
}
"""The commands that do something, and read nothing out."""


@pytest.fixture
def bare(database_server: Server, tmp_path: Path) -> Iterator[Place]:
    """A database in which nothing was made yet."""
    with database_server.clone():  # whoever comes first makes the users
        pass
    with database_server.empty() as database:
        yield Place(database, tmp_path)


@pytest.mark.asvs("13.3.1", "16.2.5")
def test_settings_are_shown_with_every_secret_masked(
    run: Run, database: Database, tmp_path: Path
) -> None:
    place = Place(database, tmp_path)
    done = run("settings", "--json", **place.variables, VEREDA_KEY_PASSPHRASE="cannot be guessed 1")
    rows = {row["variable"]: row["value"] for row in done.rows}
    assert len(rows) == len(Settings.model_fields)
    assert rows["VEREDA_DATA_DIR"] == str(tmp_path)
    assert rows["VEREDA_KEY_PASSPHRASE"] == rows["VEREDA_DATABASE_URL"] == "********"
    for secret in ("cannot be guessed", database.url):
        assert secret not in done.stdout


def test_what_describes_the_service_is_told_to_programs_too(run: Run) -> None:
    described = run("openapi", "--json").stdout
    assert described == run("openapi").stdout == OPENAPI.read_text(encoding="utf-8")
    kept = run("data", "--json").rows
    assert sum(row["of"] == "rule" for row in kept) == len(RULES)
    assert sum(row["of"] == "column" for row in kept) == sum(1 for _ in list_columns())
    assert {
        "of": "column",
        "table": "applications",
        "column": "document_sealed",
        "class": "sensitive",
    } in kept
    assert len(run("states", "--json").rows) == sum(len(moves) for moves in EVERY.values())


def commands() -> Iterator[tuple[str, Any]]:
    """Each command by its words."""
    root: Any = typer.main.get_command(cli)
    for name, command in root.commands.items():
        for below, inner in getattr(command, "commands", {}).items():
            yield f"{name} {below}", inner
        if not hasattr(command, "commands"):
            yield name, command


def test_every_command_that_reads_takes_json() -> None:
    found = dict(commands())
    takes = {
        name for name, command in found.items() if any("--json" in p.opts for p in command.params)
    }
    assert found.keys() - takes == ACTING
    assert len(takes) >= 15


READING = (
    ("verify", "hello"),
    ("user", "list"),
    ("dev", "token", "worker"),
    ("client", "list"),
    ("retention", "erased"),
    ("audit", "verify"),
)


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_a_database_without_tables_is_one_sentence(
    run: Run, bare: Place, words: tuple[str, ...]
) -> None:
    done = run(*words, **bare.variables)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == "The tables are missing or too old: run `vereda db migrate`.\n"


def test_an_older_database_is_refused_and_a_newer_one_serves(
    run: Run, database: Database, tmp_path: Path
) -> None:
    place = Place(database, tmp_path)
    with database.of(OWNER).engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert run("user", "list", "--json", **place.variables).rows == []
    with database.of(OWNER).engine.begin() as connection:
        connection.execute(
            text("UPDATE alembic_version SET version_num = :head"), {"head": migrations.head()}
        )
    migrations.downgrade(database.of(OWNER).engine, "-1")
    assert run("user", "list", **place.variables).returncode == 3


def test_a_database_that_does_not_answer_is_one_sentence(run: Run, tmp_path: Path) -> None:
    done = run(
        "user",
        "list",
        VEREDA_DATABASE_URL=f"postgresql://nobody@/none?host={tmp_path}",
        VEREDA_DATA_DIR=str(tmp_path),
    )
    assert done.returncode == 3
    assert done.stderr == "The database does not answer; `vereda doctor` tells what helps.\n"
