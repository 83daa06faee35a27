"""`vereda programmes`: every fault at once, what changes, and nothing that breaks an open case."""

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.adapters.reference import BUNDLED
from app.services import applications
from app.settings import Settings
from app.storage.audit import audit_events
from app.wiring import open_shelf
from permits.people import NOBODY
from tests import outside
from tests.builders import PHONE, Story, work_of
from tests.cli.here import Place, Run, run
from tests.databases import Database

__all__ = ["run"]

COFFEE = "coffee-hn-gt"


@pytest.fixture
def place(database: Database, tmp_path: Path) -> Place:
    return Place(database, tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return Path(shutil.copy(BUNDLED / f"programmes/{COFFEE}.toml", tmp_path / f"{COFFEE}.toml"))


def change(file: Path, was: str, becomes: str) -> None:
    text = file.read_text("utf-8")
    assert was in text
    file.write_text(text.replace(was, becomes, 1), "utf-8")


def open_case(place: Place) -> None:
    with place.database.sessions.begin() as session:
        Story(session, outside.ports()).start().submit()


def acts(place: Place) -> list[tuple[str, dict[str, Any]]]:
    query = select(audit_events.c.act, audit_events.c.facts).where(
        audit_events.c.act.like("programme:%")
    )
    with place.database.sessions() as session:
        return [(row.act, row.facts) for row in session.execute(query.order_by(audit_events.c.id))]


def test_every_fault_is_told_with_its_place(run: Run, file: Path) -> None:
    good = str(BUNDLED / f"programmes/{COFFEE}.toml")
    done = run("programmes", "check", good)
    assert (done.returncode, done.stderr) == (0, "Without fault: 1.\n")
    change(file, 'mode = "sequential"', 'mode = "later"')
    change(file, "value = 180", "value = 0")
    change(file, '"spa", "caa"', '"spa", "xxx"')
    done = run("programmes", "check", good, str(file))
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"{file}: validity.maximum_days.value: is outside its bounds",
        f"{file}: mode: is not a value of its list",
        f"{file}: languages: xxx is not in the reference data",
    ]
    told = run("programmes", "check", str(file), "--json").rows
    assert [(row["field"], row["code"]) for row in told] == [
        ("validity.maximum_days.value", "out-of-range"),
        ("mode", "unknown-value"),
        ("languages", "not-in-reference"),
    ]


@pytest.mark.parametrize("code", ["coffee-hn-gt", "twap-canada", "twap-spain"])
def test_every_programme_that_comes_with_the_program_is_without_fault(run: Run, code: str) -> None:
    assert run("programmes", "check", str(BUNDLED / f"programmes/{code}.toml")).returncode == 0


def test_a_file_with_faults_in_the_folder_is_one_sentence(
    run: Run, place: Place, file: Path
) -> None:
    change(file, "value = 180", "value = 0")
    (place.folder / "programmes").mkdir()
    file.rename(place.folder / f"programmes/{COFFEE}.toml")
    sentence = f"{COFFEE}.toml: validity.maximum_days.value: out-of-range"
    done = run("programmes", "show", **place.variables)
    assert (done.returncode, done.stderr) == (3, sentence + "\n")
    rows = run("doctor", "--json", **place.variables).rows
    told = next(row for row in rows if row["check"] == "programmes")
    assert (told["well"], told["found"]) == (False, sentence)


def test_what_the_other_lists_do_not_know_is_a_fault(run: Run, file: Path) -> None:
    change(file, '"spa", "caa"', '"spa", "xxx"')
    change(file, 'nationalities = ["GTM"]', 'nationalities = ["GTM", "MEX"]')
    other = file.rename(file.with_name("coffee-hn-mx.toml"))
    done = run("programmes", "check", str(other))
    assert [line.split(": ", 1)[1] for line in done.stderr.splitlines()] == [
        "code: the name of the file is not the code",
        "languages: xxx is not in the reference data",
        "nationalities: MEX is not in the reference data",
    ]
    other.write_text("code =")
    assert "is no TOML" in run("programmes", "check", str(other)).stderr
    assert "cannot be read" in run("programmes", "check", str(other.with_name("no"))).stderr


LATER = """
[[clocks.red_percent]]
value = 90
source = "Valor propuesto por el programa"
valid_from = 2026-10-01
note = "Porcentaje del plazo desde el que el caso es urgente."
confirmed = false

[[clocks.red_percent]]
value = 80
source = "Acuerdo de la Mesa"
valid_from = 2040-01-01
note = "Antes."
confirmed = true
"""


def later_red(file: Path) -> None:
    """Another value of one clock, from a day on."""
    before, rest = file.read_text("utf-8").split("[clocks.red_percent]")
    file.write_text(
        before
        + LATER.lstrip()
        + "\n[clocks.reconsideration_working_days]"
        + rest.split("[clocks.reconsideration_working_days]")[1]
    )


def test_a_difference_is_told_with_day_and_source(run: Run, place: Place, file: Path) -> None:
    same = run("programmes", "diff", str(file), "--json", **place.variables)
    assert same.rows == []
    later_red(file)
    rows = run("programmes", "diff", str(file), "--json", **place.variables).rows
    assert rows[0] == {
        "field": "clocks.red_percent",
        "since": "2040-01-01",
        "before": "–",
        "after": "80",
        "source": "Acuerdo de la Mesa",
    }
    bundled = str(BUNDLED / f"programmes/{COFFEE}.toml")
    assert run("programmes", "diff", bundled, str(file), "--json").rows == rows


def test_a_loaded_file_counts_at_once_and_stands_in_the_log(
    run: Run, place: Place, file: Path
) -> None:
    served = open_shelf(Settings(data_dir=place.folder))  # a site that runs already
    open_case(place)
    later_red(file)
    done = run("programmes", "load", str(file), **place.variables)
    assert done.returncode == 0, done.stderr
    assert "clocks.red_percent 2040-01-01: – → 80" in done.stderr
    assert len(served[COFFEE].versions.thresholds["clocks.red_percent"]) == 2
    ((act, facts),) = acts(place)
    assert act == "programme:change"
    assert (facts["programme"], facts["changes"]) == (COFFEE, 4)
    again = run("programmes", "load", str(file), **place.variables)
    assert again.stderr == f"{COFFEE} says the same already.\n"
    assert len(acts(place)) == 1

    shown = run("programmes", "show", COFFEE, "--json", **place.variables).rows
    red = [row for row in shown if row["parameter"] == "clocks.red_percent"]
    assert [(row["value"], row["since"], row["confirmed"]) for row in red] == [
        ("90", "2026-10-01", False),
        ("80", "2040-01-01", True),
    ]
    assert all(row["source"] for row in shown)

    assert run("programmes", "remove", COFFEE, **place.variables).returncode == 0
    assert len(served[COFFEE].versions.thresholds["clocks.red_percent"]) == 1
    loaded, removed = (facts for _, facts in acts(place))
    assert loaded["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert removed == {"programme": COFFEE, "sha256": None, "changes": 4}


def test_what_would_break_an_open_case_is_refused(run: Run, place: Place, file: Path) -> None:
    open_case(place)
    change(file, 'hiring = ["named", "on-acceptance", "open"]', 'hiring = ["named", "open"]')
    change(file, "value = 18\n", "value = 19\n")
    done = run("programmes", "load", str(file), **place.variables)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "Not done:",
        "hiring: loses an entry while cases are open or rights stand (1)",
        "minimum_age_years: has counted already, and cases are open or rights stand (1): "
        "give another value a first day of tomorrow or later",
    ]
    assert acts(place) == []
    assert not (place.folder / "programmes").exists()


@pytest.mark.feature("O1", "D4")
def test_a_file_that_asks_other_agencies_needs_the_owner(
    run: Run, place: Place, file: Path
) -> None:
    open_case(place)
    change(file, 'agencies = ["setrass", "inm"]', 'agencies = ["setrass"]')
    change(file, '"labour", "migration", ', '"labour", ')
    known = {name: value for name, value in place.variables.items() if "OWNER" not in name}
    refused = run("programmes", "load", str(file), **known)
    assert refused.returncode == 1
    assert "agencies: are others than before: set VEREDA_DATABASE_OWNER_URL" in refused.stderr
    done = run("programmes", "load", str(file), **place.variables)
    assert done.stderr.splitlines()[0] == "Decide on what is handed in from now on: setrass."
    rows = run("programmes", "agencies", COFFEE, "--json", **place.variables).rows
    assert [row["agencies"] for row in rows] == ["setrass, inm", "setrass"]
    assert run("programmes", "remove", COFFEE, **place.variables).returncode == 0
    rows = run("programmes", "agencies", COFFEE, "--json", **place.variables).rows
    assert [row["agencies"] for row in rows][2:] == ["setrass, inm"]


def test_a_programme_of_which_files_stand_is_not_removed(run: Run, place: Place) -> None:
    new = place.folder / "coffee-hn-other.toml"
    shutil.copy(BUNDLED / f"programmes/{COFFEE}.toml", new)
    change(new, f'code = "{COFFEE}"', 'code = "coffee-hn-other"')
    assert run("programmes", "load", str(new), **place.variables).returncode == 0
    world = outside.ports()
    shelf = open_shelf(Settings(data_dir=place.folder))
    world = replace(world, reference=replace(world.reference, programmes=shelf))
    with place.database.sessions.begin() as session:
        work = work_of(session, NOBODY, world)
        begun = applications.start_application(work, "coffee-hn-other", PHONE, "es")
        # Its worker reads what became of it as long as it is kept.
        applications.withdraw_application(replace(work, actor=begun.actor), begun.application.id)
    done = run("programmes", "remove", "coffee-hn-other", **place.variables)
    assert done.returncode == 1
    assert done.stderr == "Not done:\n(file): there are cases or rights under it (1)\n"
    unknown = run("programmes", "remove", "twap-spain", **place.variables)
    assert unknown.stderr == "Not done:\ncode: no file was loaded under this code\n"
