"""The demonstration that `vereda seed demo` sets up, once for all files of tests of a run."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cli.here import Place
from tests.cli.test_commands import vereda
from tests.databases import Database, Server


@contextmanager
def demonstration(server: Server, folder: Path) -> Iterator[Place]:
    """A copy of it, with its keys and files in a new `folder`: of each kind of case a quarter."""
    with server.copy_of("demo", folder, _set_up) as database:
        yield Place(database, folder)


def _set_up(database: Database, folder: Path) -> None:
    set_up(Place(database, folder), "--fewer")


def set_up(place: Place, *how: str) -> None:
    """Run the command where nothing is yet."""
    done = vereda("seed", "demo", *how, **place.variables)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert done.stderr.endswith("Demonstration: ready.\n")
