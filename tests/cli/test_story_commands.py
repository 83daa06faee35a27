"""The commands of the story: set the demonstration up, look at it, verify its permits, get keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from PIL import Image
from sqlalchemy import text
from typer.testing import CliRunner

from app.adapters.symbols import Symbols
from app.cli import cli
from app.demo.officials import demo_accounts
from app.main import build_app
from tests.cli.here import Place, Run, run
from tests.databases import Database, Server
from tests.demo.made import demonstration, set_up
from tests.proofs import FULL
from tests.test_settings import PRODUCTION

__all__ = ["run"]

ALL = {
    "draft": 15,
    "under-review": 124,
    "asked": 4,
    "returned": 14,
    "approved": 115,
    "refused": 13,
    "lapsed": 6,
    "withdrawn": 6,
}
A_QUARTER = {
    "draft": 9,
    "under-review": 38,
    "asked": 1,
    "returned": 4,
    "approved": 36,
    "refused": 4,
    "lapsed": 2,
    "withdrawn": 2,
}
PASSWORD = "la cordillera azul de ayer"
ANA = ("user", "add", "ana@trabajo.example", "--role", "setrass-officer", "--name", "Ana Nueva")


@pytest.fixture(scope="module")
def demo(database_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Where `vereda seed demo` was run: all of it under `make prove`, else a quarter."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    if not FULL:
        with demonstration(database_server, folder) as place:
            yield place
        return
    with database_server.clone() as database:
        place = Place(database, folder)
        set_up(place)
        yield place


def test_the_demonstration_is_set_up_once(run: Run, demo: Place) -> None:
    again = run("seed", "demo", **demo.variables)
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr.endswith("The database holds people already; nothing was changed.\n")


def test_every_planned_case_stands_where_its_plan_leaves_it(demo: Place) -> None:
    with demo.database.engine.connect() as connection:
        rows = connection.execute(text("SELECT status, count(*) AS n FROM applications GROUP BY 1"))
        assert {row.status: row.n for row in rows} == (ALL if FULL else A_QUARTER)


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
        "suspended": ("suspended", False, 1),
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
