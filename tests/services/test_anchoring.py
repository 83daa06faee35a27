"""Checkpoints leave for a second place, and what is late about the log is told."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from pydantic import SecretStr

from app import worker
from app.services.anchoring import (
    EXPORT_EVERY,
    LogStanding,
    export_checkpoint,
    list_log_troubles,
    read_log_standing,
)
from app.services.ports import Ports
from app.settings import Settings
from app.storage.checkpoints import find_head
from app.storage.grants import WORKER
from app.wiring import House
from permits.checkpoints import Contradicted, read
from tests.anchors import MemoryAnchor
from tests.builders import NOW
from tests.databases import Database
from tests.proofs import record
from tests.services.logbook import SECONDS, Logbook

pytestmark = [pytest.mark.feature("D2"), pytest.mark.promise("P11")]


@pytest.fixture
def anchor() -> MemoryAnchor:
    return MemoryAnchor()


@pytest.fixture
def book(database: Database, ports: Ports, anchor: MemoryAnchor) -> Logbook:
    return Logbook(database, ports).with_ports(anchor=anchor)


def export(book: Logbook) -> int:
    with book.work() as work:
        return export_checkpoint(work)


def standing(book: Logbook) -> LogStanding:
    with book.work() as work:
        return read_log_standing(work.session, "memory")


def test_the_newest_checkpoint_leaves_once(book: Logbook, anchor: MemoryAnchor) -> None:
    assert export(book) == 0
    book.write(3).seal()
    book.write(4).seal()
    assert [export(book), export(book)] == [1, 0]
    with book.work() as work:
        head = find_head(work.session)
    assert head is not None
    assert anchor.kept == {7: head.note}
    book.write(1).seal(later=EXPORT_EVERY - timedelta(seconds=1))
    assert export(book) == 0
    book.now += timedelta(seconds=1)
    assert export(book) == 1
    assert list(anchor.kept) == [7, 8]


def test_an_export_that_fails_is_tried_again_and_told(book: Logbook, anchor: MemoryAnchor) -> None:
    book.write(3).seal()
    anchor.broken = True
    with pytest.raises(OSError, match="no line"):
        export(book)
    assert standing(book) == LogStanding(3, None, 0, NOW)
    assert list_log_troubles(standing(book), NOW + timedelta(minutes=5)) == []
    late = list_log_troubles(standing(book), NOW + timedelta(minutes=6))
    assert late == ["checkpoints not exported since 2026-11-23T15:00:00+00:00"]
    anchor.broken = False
    assert export(book) == 1
    assert standing(book) == LogStanding(3, None, 3, None)


def test_an_export_of_which_we_forgot_changes_nothing(book: Logbook, anchor: MemoryAnchor) -> None:
    """As after a crash between the sending and our note of it."""
    book.write(3).seal()
    export(book)
    kept = dict(anchor.kept)
    book.tamper("DELETE FROM audit_exports")
    assert export(book) == 1
    assert anchor.kept == kept
    assert standing(book).exported == 3


def test_a_log_that_was_cut_is_not_exported_any_more(book: Logbook) -> None:
    book.write(3).seal()
    book.write(3).seal()
    export(book)
    book.tamper("DELETE FROM audit_checkpoints WHERE size = 6")
    with pytest.raises(Contradicted):
        export(book)
    book.tamper("DELETE FROM audit_exports", "DELETE FROM audit_leaves WHERE leaf > 2")
    with pytest.raises(Contradicted):
        export(book)


def test_events_that_nobody_seals_are_told(book: Logbook) -> None:
    book.write(3)
    unsealed = LogStanding(0, NOW, 0, None)
    assert standing(book) == unsealed
    assert list_log_troubles(unsealed, NOW + timedelta(seconds=60)) == []
    told = list_log_troubles(unsealed, NOW + timedelta(seconds=61))
    assert told == ["log not sealed since 2026-11-23T15:00:00+00:00"]


def test_the_worker_seals_and_exports_by_itself(
    book: Logbook, anchor: MemoryAnchor, database: Database
) -> None:
    settings = Settings(database_url=SecretStr(database.url))
    own = database.of(WORKER)
    house = House(settings, own.engine, own.sessions, own.read_sessions, book.ports)
    windows = list[float]()
    book.now = datetime.now(UTC)  # noqa: TID251  as the worker's
    with worker.kept_up(house, export_every=0.1):
        for size in (5, 10, 15):
            begun = time.monotonic()
            book.write(5)
            wait_until(partial(is_sealed, book, size))
            windows.append(time.monotonic() - begun)
        wait_until(lambda: bool(anchor.kept))
    assert read(anchor.kept[min(anchor.kept)]).size in {5, 10, 15}
    longest = round(max(windows), 1)
    record(
        "sealing-window",
        "seconds from an event's commit to its seal while the worker runs",
        len(windows),
        longest=longest,
    )


def is_sealed(book: Logbook, size: int) -> bool:
    return standing(book).sealed == size


def wait_until(done: Callable[[], bool]) -> None:
    until = time.monotonic() + SECONDS
    while not done():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_an_event_waits_no_longer_than_promised() -> None:
    """One pause, one more where the first look came just before the commit, and the sealing."""
    assert 2 * worker.SEAL_SECONDS <= 5
