"""`vereda client` and `vereda user invite`: what they print and what counts afterwards."""

import os

from sqlalchemy import select

from app.storage.account_tables import accounts
from app.storage.invitations import invitations
from tests.cli.test_commands import told, users_of, vereda
from tests.databases import Database

ADD = ("client", "add", "sistema-1", "--role", "inm-analyst", "--name", "Sistema del INM")


def test_a_program_is_added_listed_rotated_and_disabled(
    database: Database, tmp_path: os.PathLike[str]
) -> None:
    where = {**users_of(database), "VEREDA_DATA_DIR": str(tmp_path)}
    added = vereda(*ADD, "--permission", "application:read", **where)
    assert (added.returncode, len(added.stdout.strip())) == (0, 43), added.stderr
    assert vereda(*ADD, "--permission", "application:read", **where).returncode == 1
    rotated = vereda("client", "rotate", "sistema-1", "--hours", "0", **where)
    assert rotated.stdout.strip() not in ("", added.stdout.strip())
    assert vereda("client", "disable", "sistema-1", **where).returncode == 0
    (row,) = told(vereda("client", "list", "--json", **where))
    assert row == {
        "client": "sistema-1",
        "name": "Sistema del INM",
        "role": "inm-analyst",
        "permissions": "application:read",
        "used": "",
        "disabled": True,
    }
    wrong = vereda("client", "rotate", "nobody", **where)
    assert (wrong.returncode, "no-such-client" in wrong.stderr) == (1, True)


def test_the_first_administrator_is_invited(database: Database, tmp_path: os.PathLike[str]) -> None:
    where = {**users_of(database), "VEREDA_DATA_DIR": str(tmp_path)}
    words = ("user", "invite", "ana@demo.example", "--role", "administrator", "--name", "Ana")
    done = vereda(*words, **where)
    assert done.returncode == 0, done.stderr
    assert vereda(*words, **where).returncode == 1
    with database.sessions() as session:
        assert session.scalars(select(accounts.c.password_hash)).all() == [None]
        assert len(session.scalars(select(invitations.c.person)).all()) == 1
