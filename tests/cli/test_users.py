"""The users of the database at the doors: an old data folder, production, another's server."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from app.adapters.embedded_postgres import EmbeddedPostgres
from app.storage import migrations, rights, roles
from app.storage.database import make_engine
from app.storage.grants import APP, BACKUP, OWNER, WORKER
from app.storage.roles import Login, RolesMissing, signed_in_as, url_as
from tests.adapters.test_embedded_postgres import parent
from tests.cli.test_commands import told, users_of, vereda
from tests.databases import Database, Server

__all__ = ["parent"]
PRODUCTION = {
    "VEREDA_ENVIRONMENT": "production",
    "VEREDA_KEY_PASSPHRASE": "a passphrase of some length",
    "VEREDA_ISSUER": "https://permisos.example.org",
    "VEREDA_PUBLIC_URL": "https://permisos.example.org",
    "VEREDA_TRUSTED_PROXY": "10.0.0.0/8",
    "VEREDA_SMTP_URL": "smtp://mail:25",
    "VEREDA_SMS_URL": "off",
    "VEREDA_CLAMD": "off",
    "VEREDA_WATCH_LIST": "off",
    "VEREDA_CHILD_DUTY_EMAIL": "guardia@example.org",
    "VEREDA_OUTSIDE_DUTY": "guardia@conadeh.example.org",
}


@pytest.mark.feature("D2")
def test_a_data_folder_of_the_version_before_goes_on_with_divided_rights(parent: Path) -> None:
    """There the superuser owned everything and everybody was the superuser."""
    with EmbeddedPostgres(parent / "data", temporary=True) as server:
        engine = make_engine(server.url)
        migrations.upgrade(engine, "0007")
        with engine.begin() as connection:
            connection.exec_driver_sql(
                "INSERT INTO audit_events (act, subject, person, role, at, request, facts)"
                " SELECT 'x', gen_random_uuid(), gen_random_uuid(), 'worker', now(), '', '{}'"
            )
        engine.dispose()
        for _ in range(2):
            assert vereda("db", "migrate", DATA_DIR=str(parent / "data")).returncode == 0
            check_divided(server.url)
        rows = told(vereda("doctor", "--json", DATA_DIR=str(parent / "data")))
        assert [row["found"] for row in rows if row["check"] == "rights"] == ["as granted"]


def check_divided(admin: str) -> None:
    """Everything is the owner's, the site reads and writes the log, and cannot change it."""
    with psycopg.connect(admin) as connection:
        owners = connection.execute(
            "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()
    assert owners == [(OWNER,)]
    with psycopg.connect(signed_in_as(admin, APP)) as connection:
        assert connection.execute("SELECT count(*) FROM audit_events").fetchone() == (1,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DELETE FROM audit_events")


@pytest.mark.parametrize("command", [("serve", "--no-with-worker"), ("worker",)])
def test_production_refuses_to_serve_as_superuser_or_owner(
    database_server: Server, database: Database, tmp_path: Path, command: tuple[str, ...]
) -> None:
    name = conninfo_to_dict(database.url.replace("+psycopg", ""))["dbname"]
    superuser = database_server.url_of(str(name), "vereda")
    for url, power in ((superuser, "is superuser"), (database.of(OWNER).url, "owns the tables")):
        done = vereda(
            *command,
            **PRODUCTION,
            VEREDA_DATABASE_URL=url,
            VEREDA_DATA_DIR=str(tmp_path),
            PORT="47119",
        )
        assert (done.returncode, power in done.stderr) == (3, True), done.stderr
        assert "VEREDA_DATABASE_OWNER_URL" in done.stderr


def test_who_may_not_migrate_is_told_who_may(database: Database) -> None:
    migrations.downgrade(database.of(OWNER).engine, "-1")
    users = users_of(database)
    del users["VEREDA_DATABASE_OWNER_URL"]
    done = vereda("db", "migrate", **users)
    assert (done.returncode, "VEREDA_DATABASE_OWNER_URL" in done.stderr) == (3, True)


def test_grants_are_given_anew_by_a_command(database: Database) -> None:
    with database.of(OWNER).engine.begin() as connection:
        connection.exec_driver_sql("GRANT DELETE ON audit_events TO vereda_app")
    doctor = told(vereda("doctor", "--json", **users_of(database)))
    (found,) = [row for row in doctor if row["check"] == "rights"]
    assert (found["well"], found["found"]) == (False, "DELETE on audit_events")
    assert vereda("db", "grant", **users_of(database)).stderr.endswith("rights were changed.\n")
    assert "right already" in vereda("db", "grant", **users_of(database)).stderr
    assert rights.find_excess(database.of(APP).engine, {APP}) == []


@pytest.fixture
def visitor(database_server: Server) -> Iterator[str]:
    """The name of a user that the test makes and that is gone afterwards."""
    yield "vereda_guest"
    with psycopg.connect(database_server.admin_url, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS vereda_guest")


def test_a_user_of_another_name_becomes_a_member(
    database_server: Server, database: Database, visitor: str
) -> None:
    admin = make_engine(database_server.admin_url)
    for _ in range(2):
        roles.admit(admin, {APP: Login(visitor, "secret word"), WORKER: Login(WORKER)})
    with admin.begin() as connection:
        member, login, kept = connection.exec_driver_sql(
            "SELECT pg_has_role('vereda_guest', 'vereda_app', 'MEMBER'), rolcanlogin, rolpassword"
            " FROM pg_authid WHERE rolname = 'vereda_guest'"
        ).one()
    admin.dispose()
    assert (member, login, kept[:14]) == (True, True, "SCRAM-SHA-256$")
    with pytest.raises(RolesMissing, match="CREATE ROLE vereda_stranger LOGIN;"):
        roles.admit(database.of(APP).engine, {APP: Login("vereda_stranger")})


def test_only_our_own_server_is_reached_as_another_role() -> None:
    own = "postgresql://vereda_app@/vereda?host=%2Fdata"
    assert url_as(own, BACKUP) == "postgresql://vereda_backup@/vereda?host=%2Fdata"
    for given in ("postgresql://vereda_app:x@db/vereda", "postgresql://someone@/vereda?host=%2Fx"):
        assert url_as(given, BACKUP) == given
