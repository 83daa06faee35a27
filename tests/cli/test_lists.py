"""`vereda lists`: shown, refused with the line that is wrong, counting once loaded."""

from pathlib import Path

import pytest

from tests.cli.here import Place, Run, run
from tests.databases import Database

__all__ = ["run"]

HEAD = "day,reason,called_off,source,valid_from,checked_on\n"


@pytest.mark.feature("D4")
def test_a_whole_list_counts_once_it_is_loaded(
    run: Run, database: Database, tmp_path: Path
) -> None:
    where = Place(database, tmp_path / "house").variables
    posts = run("lists", "show", "posts", "--json", **where).rows
    assert {"HN-GT-1", "HN-GT-2"} <= {row["code"] for row in posts}
    assert run("lists", "show", "closures", "--json", **where).rows == []
    file = tmp_path / "dias.csv"
    file.write_text(HEAD + "2026-13-01,Feriado,,La Gaceta,2026-01-01,2026-11-01\n", "utf-8")
    wrong = run("lists", "load", "closures", str(file), **where)
    assert (wrong.returncode, "line 2 is wrong in day" in wrong.stderr) == (1, True)
    assert run("lists", "load", "closures", str(tmp_path / "none.csv"), **where).returncode == 1
    file.write_text(HEAD + "2026-12-24,Víspera,,La Gaceta,2026-01-01,2026-11-01\n", "utf-8")
    done = run("lists", "load", "closures", str(file), **where)
    assert (done.returncode, "with 1 rows" in done.stderr) == (0, True)
    [row] = run("lists", "show", "closures", "--json", **where).rows
    assert (row["day"], row["reason"]) == ("2026-12-24", "Víspera")
    file.write_text(HEAD + "2026-12-31,Fin de año,,La Gaceta,2026-01-01,2026-11-01\n", "utf-8")
    more = run("lists", "load", "closures", str(file), "--keep", **where)
    assert (more.returncode, "with 2 rows" in more.stderr) == (0, True)
    assert run("lists", "show", "closures", "--json", **where).rows[0] == row
