"""What the doctor says of the watch list: whether there is one, and whether it can be read."""

from pathlib import Path

import pytest

from tests.cli.here import Place, Run, run
from tests.databases import Database

__all__ = ["run"]
HEAD = "reference,document_number,full_name,date_of_birth\n"


@pytest.mark.feature("O14")
def test_the_doctor_reads_the_list_and_says_where_it_cannot(
    run: Run, database: Database, tmp_path: Path
) -> None:
    place, file = Place(database, tmp_path), tmp_path / "list.csv"

    def found(**variables: str) -> tuple[bool, str]:
        rows = run("doctor", "--json", **place.variables, **variables).rows
        (row,) = [row for row in rows if row["check"] == "watch list"]
        return row["well"], row["found"]

    assert found() == (True, "none: nobody is looked up")
    file.write_text(HEAD + "A-1,1234567892004,,\n", "utf-8")
    assert found(VEREDA_WATCH_LIST=file.as_uri()) == (True, "a file, entries: 1")
    file.write_text("who,when\n", "utf-8")
    assert found(VEREDA_WATCH_LIST=file.as_uri()) == (False, "the watch list cannot be read")
    file.unlink()
    well, told = found(VEREDA_WATCH_LIST=file.as_uri())
    assert (well, "No such file" in told) == (False, True)
    assert found(VEREDA_WATCH_LIST="https://list.example") == (True, "a service")
