"""The drill, once for a test process: a backup while people write."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services import credentials, sealing
from app.storage import grants, rights
from app.web.clock import utc_now
from permits.people import SYSTEM
from tests.builders import Story, work_of
from tests.cli.drill import (
    FORGOTTEN,
    GIVEN_OUT,
    Drill,
    Ended,
    House,
    forget,
    granted,
    house,
    permit,
    restore,
)
from tests.cli.test_commands import vereda
from tests.databases import Server

PROGRAMME = "tests/programmes/coffee-hn-sv.toml"


@pytest.fixture(scope="session")
def drill(database_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drill]:
    """A house that was backed up while it was written to, and went on until it was lost."""
    folder = tmp_path_factory.mktemp("drill")
    with database_server.clone() as database:
        rights.apply(database.of(grants.OWNER).engine)
        lost = house(database, folder / "lost")
        story = lost.live(permit)
        forgotten = lost.live(lambda s: s.start(given_names=FORGOTTEN).submit())
        with database.sessions.begin() as session:
            work = work_of(session, story.worker, lost.ports, utc_now())
            found = credentials.find_permit_of(work, story.id)
        assert found is not None
        assert found.credential.text is not None
        ended = Ended(granted(lost), folder / "revoked.jsonl")
        with database.sessions.begin() as session:
            sealing.seal_events(work_of(session, SYSTEM, lost.ports, utc_now()))
        before = {query: set(lost.ask(query)) for query in GIVEN_OUT}
        loaded = vereda("programmes", "load", PROGRAMME, **lost.variables)
        assert loaded.returncode == 0, loaded.stderr
        over = threading.Event()
        written: list[Story] = []

        def write() -> None:
            while not over.is_set():
                written.append(lost.live(permit))

        writer = threading.Thread(target=write)
        writer.start()
        done = vereda(
            "backup", str(folder / "b"), "--with-keys", str(folder / "k"), **lost.variables
        )
        over.set()
        writer.join()
        assert done.returncode == 0, done.stderr
        lost.live(permit)
        told = forget(lost, forgotten, folder / "erased.json")
        ended.take_back(lost)
        text, count = found.credential.text, len(written)
        yield Drill(lost, folder / "b", folder / "k", before, text, count, told, ended)


@pytest.fixture
def place(database_server: Server, tmp_path: Path) -> Iterator[House]:
    """Somewhere else, where nothing is."""
    with database_server.empty() as database:
        yield House(database, tmp_path / "data", None)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def restored(
    database_server: Server, drill: Drill, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """The house as it was restored elsewhere, once."""
    with database_server.empty() as database:
        place = House(database, tmp_path_factory.mktemp("restored") / "data", drill.lost.ports)
        restore(place, drill)
        yield house(place.database, place.folder)
