"""`vereda registers`: an older register from its dry run to whose each permit was, and out."""

from pathlib import Path

import pytest

from app.services import effects
from app.storage.accounts import find_account_of
from app.web.clock import utc_now
from permits.people import SYSTEM
from tests.builders import Story, work_of
from tests.cli.here import Place, Run, run
from tests.databases import Server
from tests.registers import permit, register

__all__ = ["run"]

SLIP = permit(document_number="", given_names="Maria Anjela", starts_on="01/11/2023")


def begin(place: Place) -> str:
    """A worker whom the register knows, and the sign-in name of the supervisor."""
    house = place.open()
    with place.database.sessions.begin() as session:
        story = Story(session, house.ports).supervise().start().submit()
        account = find_account_of(session, story.supervisor.person)
    house.engine.dispose()
    assert account is not None
    return account.email or ""


def sheets(folder: Path) -> tuple[Path, Path]:
    """A register that is right, and one that is wrong."""
    file, wrong = folder / "2024.csv", folder / "wrong.csv"
    file.write_bytes(register(permit(), SLIP))
    wrong.write_bytes(register(permit(ends_on="31/10/2024")))
    return file, wrong


def compare(place: Place) -> None:
    """What the worker process does."""
    house = place.open()
    with place.database.sessions.begin() as session:
        while effects.run_next_effect(work_of(session, SYSTEM, house.ports, utc_now())):
            pass
    house.engine.dispose()


@pytest.mark.feature("D9")
def test_a_register_is_looked_through_taken_in_settled_and_taken_out(
    database_server: Server, tmp_path: Path, run: Run
) -> None:
    with database_server.clone() as database:
        place = Place(database, tmp_path / "house")
        chief, where = begin(place), place.variables
        file, wrong = sheets(tmp_path)
        under = ("--programme", "coffee-hn-gt", "--as", chief)

        refused = run("registers", "check", str(wrong), *under, "--json", **where)
        late = {"row": 2, "column": "ends_on", "fault": "past-ends-before"}
        assert (refused.returncode, refused.rows) == (1, [late])
        checked = run("registers", "check", str(file), *under, **where)
        assert (checked.returncode, "Permits to take in: 2" in checked.stderr) == (0, True)
        assert run("registers", "list", "--as", chief, "--json", **where).rows == []
        told = ("--source", "Copán 2024")
        assert run("registers", "import", str(file), *under, *told, **where).returncode == 0
        again = run("registers", "import", str(file), *under, *told, **where)
        assert (again.returncode, "row-2.: past-known" in again.stderr) == (1, True)

        compare(place)
        [listed] = run("registers", "list", "--as", chief, "--json", **where).rows
        assert (listed["source"], listed["rows"]) == ("Copán 2024", 2)
        one = listed["register"]
        sure, slip = run("registers", "show", one, "--as", chief, "--json", **where).rows
        assert [one["standing"] for one in (sure, slip)] == ["matched", "unsure"]
        assert "Anjela" not in str(slip)
        beside = run("registers", "compare", slip["permit"], "--as", chief, "--json", **where).rows
        assert {row["field"]: row["match"] for row in beside}["given_names"] == "alike"
        settle = ("registers", "settle", slip["permit"], "--as", chief)
        case = ("--application", beside[0]["application"])
        assert "is matched now" in run(*settle, *case, **where).stderr
        assert "past-settled" in run(*settle, **where).stderr  # it is not unsure any more
        assert run("registers", "undo", one, "--as", chief, **where).returncode == 0
        assert run("registers", "show", one, "--as", chief, "--json", **where).rows == []
