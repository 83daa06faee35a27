"""`vereda audit verify`: what it prints and with which code, on a log that is whole and on none."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner, Result

from app.cli import cli
from app.cli.doctor import examine_log
from app.services.anchoring import export_checkpoint
from app.settings import Settings
from app.wiring import choose_ports
from tests.cli.test_commands import vereda
from tests.databases import Database
from tests.services.logbook import Logbook

pytestmark = [pytest.mark.feature("D2"), pytest.mark.promise("P11")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def book(database: Database, folder: Path) -> Logbook:
    """A log of three hundred, sealed and exported as the demonstration does it."""
    settings = Settings(database_url=SecretStr(database.url), data_dir=folder)
    now = datetime.now(UTC)  # noqa: TID251  as the command's
    book = Logbook(database, choose_ports(settings), now).write(300, by=100).seal(batch=100)
    with book.work() as work:
        assert export_checkpoint(work) == 1
    return book


def run(book: Logbook, folder: Path, *words: str) -> Result:
    """A command in this process; one of its own for each would cost a second."""
    url = book.database.url
    environment = {"VEREDA_DATABASE_URL": url, "VEREDA_DATA_DIR": str(folder), "COLUMNS": "200"}
    return CliRunner().invoke(cli, [*words], env=environment)


def verify(book: Logbook, folder: Path, *words: str) -> Result:
    return run(book, folder, "audit", "verify", *words)


def told(done: Result) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(done.stdout)
    return rows


def test_a_whole_log_is_exit_code_0(book: Logbook, folder: Path) -> None:
    done = verify(book, folder, "--json")
    assert done.exit_code == 0, done.stderr
    (row,) = told(done)
    assert row.pop("seconds") is not None
    assert row == {
        "well": True,
        "events": 300,
        "waiting": 0,
        "checkpoints": 3,
        "exported": 1,
        "damages": 0,
        "first": None,
        "event": None,
        "leaf": None,
        "last_leaf": None,
        "told_by": None,
    }


def test_the_first_damage_is_named_and_exit_code_1(book: Logbook, folder: Path) -> None:
    book.tamper("DELETE FROM audit_events WHERE id IN (77, 200)")
    done = verify(book, folder, "--json")
    assert done.exit_code == 1
    (row,) = told(done)
    named = ("well", "damages", "first", "event", "leaf", "last_leaf", "told_by")
    assert [row[name] for name in named] == [False, 2, "removed", 77, 76, 76, "event"]
    table = verify(book, folder)
    assert table.exit_code == 1
    lines = [line.split() for line in table.stdout.splitlines()]
    assert ["first", "removed"] in lines
    assert ["event", "77"] in lines


def test_a_cut_is_found_by_the_exported_checkpoint_alone(book: Logbook, folder: Path) -> None:
    book.tamper(
        "DELETE FROM audit_events WHERE id > 200",
        "DELETE FROM audit_leaves WHERE leaf >= 200",
        "DELETE FROM audit_checkpoints WHERE size > 200",
        "DELETE FROM audit_nodes",
    )
    assert verify(book, folder, "--anchor", "none").exit_code == 0
    for words in ([], ["--anchor", str(folder / "checkpoints")]):
        done = verify(book, folder, "--json", *words)
        assert done.exit_code == 1
        (row,) = told(done)
        named = ("first", "leaf", "last_leaf", "told_by")
        assert [row[name] for name in named] == ["removed", 200, 299, "anchor"]


def test_an_emptied_second_place_is_not_well(book: Logbook, folder: Path, tmp_path: Path) -> None:
    done = verify(book, folder, "--json", "--anchor", (tmp_path / "nothing").as_uri())
    assert done.exit_code == 1
    assert [told(done)[0][name] for name in ("well", "exported", "damages")] == [False, 0, 0]


def test_a_second_place_that_cannot_be_reached_is_exit_code_3(book: Logbook, folder: Path) -> None:
    variables = {"VEREDA_DATABASE_URL": book.database.url, "VEREDA_DATA_DIR": str(folder)}
    done = vereda("audit", "verify", "--anchor", "https://127.0.0.1/witness", **variables)
    assert done.returncode == 3
    assert done.stderr.startswith("The second place does not answer")
    assert verify(book, folder, "--anchor", "ftp://x").exit_code == 2


def test_the_doctor_tells_how_the_log_stands(book: Logbook, folder: Path) -> None:
    rows = {row["check"]: row for row in told(run(book, folder, "doctor", "--json"))}
    assert (rows["log"]["well"], rows["log"]["cure"]) == (True, "")
    assert rows["log"]["found"] == "300 events sealed, checkpoints up to 300 exported"
    book.tamper("UPDATE audit_checkpoints SET sealed_at = sealed_at - interval '1 day'")
    book.tamper("DELETE FROM audit_exports")
    rows = {row["check"]: row for row in told(run(book, folder, "doctor", "--json"))}
    assert rows["log"]["well"] is False
    assert "checkpoints not exported since" in str(rows["log"]["found"])


def test_in_production_checkpoints_beside_the_data_are_told(book: Logbook, folder: Path) -> None:
    told_of = Settings(database_url=SecretStr(book.database.url), data_dir=folder)
    strict = told_of.model_copy(update={"environment": "production"})
    assert examine_log(book.database.engine, told_of).well
    check = examine_log(book.database.engine, strict)
    assert not check.well
    assert check.found.startswith("checkpoints lie beside the data; ")
