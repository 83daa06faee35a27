"""The command line: what it prints, with which exit code."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from app.cli.doctor import examine_effects, examine_rates
from app.settings import Settings
from app.storage import migrations
from app.storage.grants import APP, OWNER, WORKER
from app.storage.outbox import Effect, lock_due, postpone, put
from app.web.clock import utc_now
from permits.deadlines import legal_day
from tests.cli import forks
from tests.databases import Database


def vereda(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return forks.run(words, {**os.environ, **variables})


def users_of(database: Database) -> dict[str, str]:
    """A deployment whose processes each have a user of their own."""
    return {
        "VEREDA_DATABASE_URL": database.of(APP).url,
        "VEREDA_DATABASE_WORKER_URL": database.of(WORKER).url,
        "VEREDA_DATABASE_OWNER_URL": database.of(OWNER).url,
    }


def told(done: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(done.stdout)
    return rows


def test_migrate_and_check_agree(database: Database) -> None:
    assert vereda("db", "migrate", **users_of(database)).returncode == 0
    done = vereda("db", "check", "--json", **users_of(database))
    assert done.returncode == 0
    assert told(done) == [
        {"current": migrations.head(), "head": migrations.head(), "complete": True}
    ]


@pytest.mark.promise("P22")
def test_doctor_finds_the_database_well(database: Database, tmp_path: Path) -> None:
    done = vereda("doctor", "--json", **users_of(database), VEREDA_DATA_DIR=str(tmp_path))
    well = {row["check"]: row["well"] for row in told(done)}
    names = ("python", "database", "migrations", "rights", "clock", "effects")
    assert {name: well[name] for name in names} == dict.fromkeys(names, True)
    assert done.returncode == (0 if all(well.values()) else 1)


RATES = """currency,day,lempiras,source,valid_from,checked_on
USD,{day},26.3,BCH,{day},{day}
GTQ,2026-06-01,3.4,BCH,2026-06-01,2026-06-01
"""


@pytest.mark.feature("A5")
def test_doctor_tells_which_rates_grew_old(tmp_path: Path) -> None:
    demo = Settings(programmes_dir=tmp_path)
    settings = demo.model_copy(update={"environment": "production"})
    none = examine_rates(settings)
    assert none.well
    assert none.found.startswith("none loaded")
    (tmp_path / "exchange_rates.csv").write_text(RATES.format(day=legal_day(utc_now())))
    old = examine_rates(settings)
    assert not old.well
    assert re.fullmatch(r"GTQ of 2026-06-01, \d+ days old", old.found)
    assert "exchange-rates FILE --keep" in old.cure
    assert examine_rates(demo).well  # what it has invented does not age


def test_doctor_counts_what_nobody_tries_any_more_and_names_nobody(database: Database) -> None:
    with database.sessions.begin() as session:
        for key in ("a", "b"):
            put(session, Effect("notice", key, {"phone": "+50255512345"}), utc_now())
        for due in lock_due(session, utc_now(), 2):
            postpone(session, due, "ConnectionError", utc_now(), None)
    check = examine_effects(database.engine)
    assert not check.well
    assert re.fullmatch(r"2 given up, the first at [0-9T:+-]{25}", check.found)


def test_doctor_tells_the_cure_where_the_database_is_gone(tmp_path: Path) -> None:
    done = vereda(
        "doctor",
        "--json",
        VEREDA_DATABASE_URL=f"postgresql://nobody@/none?host={tmp_path}",
        VEREDA_DATA_DIR=str(tmp_path),
    )
    rows = {row["check"]: row for row in told(done)}
    assert done.returncode == 1
    assert rows["database"]["well"] is False
    assert rows["database"]["cure"] == "Start it, or correct VEREDA_DATABASE_URL."


@pytest.mark.asvs("16.2.5")
def test_a_wrong_setting_is_told_by_name_without_its_value() -> None:
    done = vereda("db", "check", VEREDA_DATABASE_URL="mysql://user:s3cret@db/x")
    assert done.returncode == 3
    assert done.stderr.startswith("database_url: ")
    assert "s3cret" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_use_is_exit_code_2() -> None:
    assert vereda("no-such-command").returncode == 2


@pytest.mark.parametrize("words", [(), ("db",)])
def test_help_names_every_command_with_a_sentence(words: tuple[str, ...]) -> None:
    done = vereda(*words, "--help", COLUMNS="200", TERM="dumb")
    expected = ("migrate", "check", "grant") if words else ("serve", "worker", "backup", "restore")
    for name in expected:
        line = next(line for line in done.stdout.splitlines() if f" {name} " in line)
        assert len(line.split()) > 4
