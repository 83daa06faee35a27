"""Production starts on nothing of a demonstration: neither its keys nor its people."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.adapters.keyring import KeyRing
from app.cli.readiness import has_demo_keys, has_demo_people
from app.demo.officials import demo_accounts
from app.services.accounts import add_account
from app.settings import DEMO_PASSPHRASE
from app.storage.grants import APP
from permits.people import SYSTEM, Role
from tests import outside
from tests.builders import work_of
from tests.cli.test_commands import users_of, vereda
from tests.databases import Database
from tests.test_settings import PRODUCTION

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
OWN = "a passphrase of our own"


def make_keys(folder: Path, passphrase: str) -> None:
    KeyRing(folder / "keys", passphrase, "https://permisos.example").prepare(NOW, NOW)


def add_person(database: Database, email: str) -> None:
    with database.sessions.begin() as session:
        work = work_of(session, SYSTEM, outside.ports(), NOW)
        add_account(work, email, "cordillera-azul-9", Role.SETRASS_OFFICER, f"Ana {email[:4]}")


def serve(database: Database, folder: Path, **other: str) -> subprocess.CompletedProcess[str]:
    own = {**PRODUCTION, "VEREDA_KEY_PASSPHRASE": OWN, "VEREDA_DATA_DIR": str(folder)}
    return vereda("serve", "--no-with-worker", **{**own, **users_of(database), **other})


@pytest.mark.asvs("13.3.1", "13.4.2")
def test_keys_of_the_demonstration_are_known(tmp_path: Path) -> None:
    assert not has_demo_keys(tmp_path / "keys")
    make_keys(tmp_path, OWN)
    assert not has_demo_keys(tmp_path / "keys")
    make_keys(tmp_path / "demo", DEMO_PASSPHRASE)
    assert has_demo_keys(tmp_path / "demo" / "keys")


@pytest.mark.asvs("13.4.2")
def test_people_of_the_demonstration_are_known(database: Database) -> None:
    url = database.of(APP).url
    assert not has_demo_people(url)
    add_person(database, "lucia@trabajo.example")
    assert not has_demo_people(url)
    add_person(database, demo_accounts()[-1].user)
    assert has_demo_people(url)


@pytest.mark.asvs("13.3.1", "13.4.2")
def test_production_does_not_start_on_either(database: Database, tmp_path: Path) -> None:
    make_keys(tmp_path / "demo", DEMO_PASSPHRASE)
    on_keys = serve(database, tmp_path / "demo")
    add_person(database, demo_accounts()[0].user)
    make_keys(tmp_path / "own", OWN)
    on_people = serve(database, tmp_path / "own")
    for done, what in ((on_keys, "The signing keys in"), (on_people, "The database holds")):
        said = done.stderr.strip().splitlines()[-1]
        assert (done.returncode, said.startswith(what)) == (3, True)
        assert "Traceback" not in done.stderr
        assert said.count(". ") == 0  # one sentence


def test_no_secret_stands_in_the_help() -> None:
    done = vereda("serve", "--help", VEREDA_KEY_PASSPHRASE=OWN)
    assert done.returncode == 0
    assert OWN not in done.stdout
    for name in ("PASSPHRASE", "PASSWORD", "postgresql://"):
        assert name not in done.stdout
