"""`vereda registries` and `vereda check-offer`: a list is brought by a supervisor, then asked."""

from pathlib import Path

import pytest

from app.storage import accounts
from app.storage.accounts import Account
from app.web.clock import utc_now
from permits.audit import Act
from permits.deadlines import legal_day
from permits.people import SYSTEM, Actor, PersonId, Role
from tests.builders import work_of
from tests.cli.here import Place, Run, run
from tests.databases import Server
from tests.registered import AGENCIES

__all__ = ["run"]

CHIEF = "jefa@demo.example"


@pytest.mark.feature("N15", "E2")
def test_a_brought_list_answers_the_scam_check(
    database_server: Server, tmp_path: Path, run: Run
) -> None:
    with database_server.clone() as database:
        place = Place(database, tmp_path / "house")
        house = place.open()
        with database.sessions.begin() as session:
            work = work_of(session, SYSTEM, house.ports)
            chief = Actor(PersonId(work.new_id()), Role.SETRASS_SUPERVISOR, "Jefa")
            event = work.event(Act.ACCOUNT_ADDED, chief.person, {"role": chief.role.value})
            account = Account.of(chief, CHIEF, "")
            accounts.add_account(session, account, SYSTEM.person, work.now, event=event)
        house.engine.dispose()
        file = tmp_path / "agencias.csv"
        file.write_text(AGENCIES, "utf-8")
        taking = ("registries", "import", "hn-recruiters", str(file), "--as", CHIEF)
        today, where = legal_day(utc_now()).isoformat(), place.variables
        said = ("--as-of", today, "--signer", "DGE")
        wrong = run(*taking, *said, "--sha256", "0" * 64, **where)
        assert (wrong.returncode, "registry-digest-differs" in wrong.stderr) == (1, True)
        done = run(*taking, *said, **where)
        assert (done.returncode, f"4 lines as of {today}" in done.stderr) == (0, True)
        (first,) = [
            one
            for one in run("registries", "list", "--as", CHIEF, "--json", **where).rows
            if one["registry"] == "hn-recruiters"
        ]
        assert (first["lines"], first["service"]) == (4, False)
        checked = run("check-offer", "Agencia Dos Orillas (demo)", "--json", **where)
        assert (checked.returncode, checked.rows[0]["verdict"]) == (1, "not-valid")
        assert run("registries", "fetch", "rtn", "--as", CHIEF, **where).returncode == 1
