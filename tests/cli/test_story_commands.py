"""The commands of the story: set the demonstration up, look at it, verify its permits, get keys."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from PIL import Image
from pydantic import SecretStr
from sqlalchemy import text
from typer.testing import CliRunner

from app.adapters.symbols import Symbols
from app.cli import cli
from app.cli.describe import OPENAPI
from app.cli.states import OF_APPLICATION, OF_CREDENTIAL
from app.demo.officials import demo_accounts
from app.main import build_app
from app.settings import Settings
from app.storage import migrations
from app.storage.credentials import TEXT
from app.storage.data_classes import list_columns
from app.storage.grants import OWNER
from app.web.clock import utc_now
from app.wiring import House, open_house
from permits.retention import RULES
from tests.cli.conftest import Run
from tests.cli.test_commands import users_of, vereda
from tests.databases import Database, Server
from tests.demo.test_seed import PERMITS
from tests.test_settings import PRODUCTION

PASSWORD = "la cordillera azul de ayer"
ANA = ("user", "add", "ana@trabajo.example", "--role", "setrass-officer", "--name", "Ana Nueva")


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


@pytest.fixture(scope="module")
def demo(database_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Where `vereda seed demo` was run; once for the module, for it takes seconds."""
    with database_server.clone() as database:
        place = Place(database, tmp_path_factory.mktemp("demo"))
        done = vereda("seed", "demo", **place.variables)
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
        assert done.stderr.endswith("Demonstration: ready.\n")
        yield place


@pytest.fixture
def bare(database_server: Server, tmp_path: Path) -> Iterator[Place]:
    """A database in which nothing was made yet."""
    with database_server.clone():  # whoever comes first makes the users
        pass
    with database_server.empty() as database:
        yield Place(database, tmp_path)


def test_the_demonstration_is_set_up_once(run: Run, demo: Place) -> None:
    again = run("seed", "demo", **demo.variables)
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr.endswith("The database holds people already; nothing was changed.\n")


def test_every_account_is_listed(run: Run, demo: Place) -> None:
    rows = {row["email"]: row for row in run("user", "list", "--json", **demo.variables).rows}
    assert {account.user for account in demo_accounts()} <= rows.keys()
    assert rows["frontera@demo.vereda.example"]["roles"] == "border-agent"
    assert rows["frontera@demo.vereda.example"]["post"] == "HN-GT-1"
    table = run("user", "list", **demo.variables, COLUMNS="300")
    assert table.returncode == 0
    assert "frontera@demo.vereda.example" in table.stdout


def test_a_person_is_added_with_a_password_that_nobody_sees(
    run: Run, database: Database, tmp_path: Path
) -> None:
    place = Place(database, tmp_path)

    def add(password: str) -> tuple[int, str]:
        typed = f"{password}\n{password}\n"
        done = CliRunner().invoke(cli, ANA, input=typed, env=place.variables)
        assert password not in done.output
        return done.exit_code, done.output.splitlines()[-1]

    assert add("1234") == (1, "Not added: password: too-short.")
    assert add(PASSWORD) == (0, "Added ana@trabajo.example as setrass-officer.")
    assert add(PASSWORD)[0] == 1
    (row,) = run("user", "list", "--json", **place.variables).rows
    assert (row["email"], row["roles"], row["disabled"]) == (
        "ana@trabajo.example",
        "setrass-officer",
        False,
    )


def test_a_token_for_developers_opens_what_its_role_may(run: Run, demo: Place) -> None:
    house, answered = demo.open(), {}
    client = TestClient(build_app(house), base_url="http://localhost:8000")
    for role in ("worker", "setrass-officer", "inm-officer", "border-agent", "administrator"):
        token = run("dev", "token", role, **demo.variables).stdout.strip()
        headers = {"Authorization": f"Bearer {token}"}
        answered[role] = client.get("/api/v1/applications", headers=headers).status_code
    house.engine.dispose()
    assert answered == {
        "worker": 200,
        "setrass-officer": 200,
        "inm-officer": 200,
        "border-agent": 403,
        "administrator": 403,
    }
    assert run("dev", "token", "auditor", **demo.variables).returncode == 2


def test_no_token_is_given_without_a_sign_in_anywhere_else(
    run: Run, demo: Place, database: Database, tmp_path: Path
) -> None:
    serious = run("dev", "token", "administrator", **{**PRODUCTION, **demo.variables})
    assert (serious.returncode, serious.stdout) == (1, "")
    assert serious.stderr == "Tokens without a sign-in exist in the demonstration only.\n"
    nobody = run("dev", "token", "worker", **Place(database, tmp_path).variables)
    assert (nobody.returncode, nobody.stdout) == (1, "")


@pytest.mark.feature("B10")
def test_a_permit_is_judged_and_only_green_is_exit_0(run: Run, demo: Place) -> None:
    permits, told = demo.permits(), {}
    for expected, permit in permits.items():
        done = run("verify", permit, "--json", **demo.variables)
        (row,) = done.rows
        told[expected] = (row["reason"], row["verdict"] == "green", done.returncode)
    assert told == {
        "ok": ("ok", True, 0),
        "expired": ("expired", False, 1),
        "not-yet-valid": ("not-yet-valid", False, 1),
        "revoked": ("revoked", False, 1),
    }
    forged = permits["ok"][:-9] + "000000000"
    for strange in (forged, "hello", "7K3M-9XQ2-HB4T"):
        assert run("verify", strange, **demo.variables).returncode == 1
    table = run("verify", permits["ok"], **demo.variables, COLUMNS="200")
    assert [word in table.stdout for word in ("green", "ok", "signature")] == [True] * 3


@pytest.mark.feature("B10")
def test_a_picture_is_read_as_its_one_symbol(run: Run, demo: Place, tmp_path: Path) -> None:
    one = tmp_path / "permit.png"
    one.write_bytes(Symbols().png(demo.permits()["ok"]))
    assert run("verify", str(one), "--json", **demo.variables).rows[0]["verdict"] == "green"
    with Image.open(one) as symbol:
        two = Image.new("L", (symbol.width * 2, symbol.height), 255)
        two.paste(symbol, (0, 0))
        two.paste(symbol, (symbol.width, 0))
    two.save(tmp_path / "two.png")
    Image.new("L", (90, 90), 255).save(tmp_path / "none.png")
    (tmp_path / "words.png").write_text("no picture", encoding="utf-8")
    said = {
        name: run("verify", str(tmp_path / name), **demo.variables)
        for name in ("two.png", "none.png", "words.png")
    }
    assert {name: (done.returncode, done.stderr) for name, done in said.items()} == {
        "two.png": (1, "two.png holds 2 QR codes; show one.\n"),
        "none.png": (1, "none.png holds 0 QR codes; show one.\n"),
        "words.png": (1, "words.png is not a picture.\n"),
    }


@pytest.mark.feature("D7")
def test_the_next_key_waits_beside_the_one_that_signs(run: Run, demo: Place) -> None:
    before = {row["kid"]: row for row in run("keys", "list", "--json", **demo.variables).rows}
    made = run("keys", "new", "permit", **demo.variables)
    after = {row["kid"]: row for row in run("keys", "list", "--json", **demo.variables).rows}
    (kid,) = after.keys() - before.keys()
    assert (made.returncode, kid in made.stderr) == (0, True)
    assert {row["use"] for row in before.values()} >= {"permit", "status", "trust", "token", "log"}
    assert after[kid]["use"] == "permit"
    signing = [row for row in before.values() if row["use"] == "permit"]
    assert [after[row["kid"]] for row in signing] == signing
    assert after[kid]["state"] not in {row["state"] for row in signing}
    assert run("keys", "new", "love", **demo.variables).returncode == 2


@pytest.mark.asvs("13.3.1", "16.2.5")
def test_settings_are_shown_with_every_secret_masked(run: Run, demo: Place) -> None:
    done = run("settings", "--json", **demo.variables, VEREDA_KEY_PASSPHRASE="cannot be guessed 1")
    rows = {row["variable"]: row["value"] for row in done.rows}
    assert len(rows) == len(Settings.model_fields)
    assert rows["VEREDA_DATA_DIR"] == str(demo.folder)
    assert rows["VEREDA_KEY_PASSPHRASE"] == rows["VEREDA_DATABASE_URL"] == "********"
    for secret in ("cannot be guessed", demo.database.url):
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
    assert len(run("states", "--json").rows) == len(OF_APPLICATION) + len(OF_CREDENTIAL)


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
