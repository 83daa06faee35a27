"""`vereda complaints`: the recovery key is printed once, and lets in the first handler."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import cli
from app.services import complaint_keys
from permits.people import NOBODY, Role
from tests.builders import add_official, work_of
from tests.cli.drill import house
from tests.complained import PHRASE, TOKEN, complain
from tests.databases import Database


@pytest.mark.feature("H2")
def test_the_recovery_key_is_printed_once_and_lets_in(database: Database, tmp_path: Path) -> None:
    place = house(database, tmp_path / "data")

    def ask(*words: str, typed: str = "") -> tuple[int, str]:
        done = CliRunner().invoke(cli, ["complaints", *words], typed, env=place.variables)
        return done.exit_code, done.stdout

    code, key = ask("keys-init")
    assert code == 0
    assert len(key.strip().replace("-", "")) == 56
    assert ask("keys-init") == (1, "")
    with database.sessions.begin() as session:
        handler = add_official(session, place.ports, Role.COMPLAINT_HANDLER)
        complaint_keys.choose_phrase(work_of(session, handler, place.ports), PHRASE)
        filed = complain(work_of(session, NOBODY, place.ports))
    email = f"{handler.person.hex}@demo.example"
    wrong = ("B" if key[0] == "A" else "A") + key[1:]
    assert ask("let-in", email, typed=wrong)[0] == 1
    assert ask("let-in", "nobody@demo.example", typed=key)[0] == 1
    assert ask("let-in", email, typed=key)[0] == 0
    with database.sessions.begin() as session:
        work = work_of(session, handler, place.ports)
        assert complaint_keys.unlock(work, TOKEN, PHRASE)
        assert complaint_keys.open_case(work, TOKEN, filed.id).complaint == filed.id
