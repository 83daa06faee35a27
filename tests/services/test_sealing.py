"""Sealing: every event once, in a dense order, whatever order commits come in and whoever dies."""

import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from functools import partial
from itertools import pairwise

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.services.ports import Ports
from app.services.sealing import LogDamaged, log_keys, seal_events, tiles_of
from app.services.work import Work
from app.storage import audit, checkpoints, log_tree
from permits.leaves import leaf_bytes
from permits.merkle import Frontier, leaf_hash, tree_root
from permits.tiles import Missing
from tests.databases import Database
from tests.proofs import record, times
from tests.services.crash_child import lasting_ports
from tests.services.logbook import SECONDS, Logbook, event

pytestmark = [pytest.mark.feature("D2"), pytest.mark.promise("P11")]


KILLS = times(1, 50)


@pytest.fixture
def book(database: Database, ports: Ports) -> Logbook:
    return Logbook(database, ports)


def check_whole(book: Logbook) -> list[int]:
    """Leaves are dense, are those of their events, and the newest checkpoint is over them all.

    Returns the events' ids in their sealed order.
    """
    frontier = Frontier()
    with book.work() as work:
        leaves = log_tree.list_leaves(work.session, 0, 2**40)
        head = checkpoints.find_head(work.session)
        opened = [
            log_keys(work).open(sealed.note)
            for sealed in checkpoints.list_checkpoints(work.session, 0, 2**30)
        ]
    assert [leaf.leaf for leaf in leaves] == list(range(len(leaves)))
    roots = {}
    for leaf in leaves:
        assert leaf.logged is not None
        assert leaf.hash == leaf_hash(leaf_bytes(leaf.logged))
        frontier.append(leaf.hash)
        roots[frontier.size] = frontier.root()
    assert head is not None
    assert (head.size, opened[-1].size) == (len(leaves), len(leaves))
    assert [(one.size, one.root) for one in opened] == [
        (one.size, roots[one.size]) for one in opened
    ]
    with book.work() as work:
        assert tree_root(head.size, tiles_of(work.session).complete) == frontier.root()
    return [leaf.event for leaf in leaves]


def seal_until_something(work: Work) -> None:
    """Another test's open transaction may hold the end back for a moment."""
    until = time.monotonic() + SECONDS
    while not seal_events(work):
        assert time.monotonic() < until
        time.sleep(0.02)


def test_nothing_is_sealed_where_nothing_was_written(book: Logbook) -> None:
    book.seal()
    assert [book.count(f"audit_{table}") for table in ("leaves", "nodes", "checkpoints")] == [0] * 3


@pytest.mark.parametrize("batch", [1, 7, 256, 10_000])
def test_every_event_is_sealed_once_in_batches_of_any_size(book: Logbook, batch: int) -> None:
    number = 40 if batch == 1 else 1100
    for part in (number // 2, 1, number - number // 2 - 1):
        book.write(part, by=137).seal(batch=batch)
    assert len(check_whole(book)) == number
    assert book.count("audit_nodes") == number // 256


def test_an_event_that_commits_late_is_not_skipped(book: Logbook) -> None:
    book.write(3).seal()
    with book.database.sessions() as slow:
        audit.append(slow, event(1000))  # it has the lower id
        book.write(5)
        with book.work() as work:
            assert seal_events(work) == 0  # the open transaction holds everything after it back
        slow.commit()
    book.seal()
    order = check_whole(book)
    assert len(order) == 9
    assert order[3] == 4


def test_an_event_of_a_transaction_that_was_rolled_back_leaves_no_gap(book: Logbook) -> None:
    with book.database.sessions() as undone:
        audit.append(undone, event(1000))
        undone.rollback()
    book.write(2).seal()
    assert check_whole(book) == [2, 3]


def test_two_who_seal_at_once_take_turns(book: Logbook) -> None:
    book.write(500)
    with book.work() as work:
        assert seal_events(work) in {0, 500}
        with book.work() as other:
            assert seal_events(other) == 0
    book.write(2000, by=50)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: book.seal(batch=100), range(4)))
    assert len(check_whole(book)) == 2500


def test_a_crash_leaves_no_gap_and_no_double(book: Logbook) -> None:
    book.write(300).seal()
    book.write(300)
    with suppress(ZeroDivisionError), book.work() as work:
        seal_until_something(work)
        raise ZeroDivisionError
    assert book.count("audit_leaves") == 300
    book.seal()
    assert len(check_whole(book)) == 600


def test_a_process_that_is_killed_while_it_seals_leaves_no_gap_and_no_double(
    database: Database,
) -> None:
    chance = random.Random(6962)
    book = Logbook(database, lasting_ports())
    for _ in range(KILLS):
        command = [sys.executable, "-m", "tests.services.sealing_child", database.url]
        with subprocess.Popen(command, stdin=subprocess.PIPE) as child:
            before, until = book.count("audit_leaves"), time.monotonic() + SECONDS
            while book.count("audit_leaves") == before:
                assert time.monotonic() < until
                time.sleep(0.01)
            time.sleep(chance.random() * 0.3)  # the moment of the crash
            child.kill()
    book.seal()
    assert len(check_whole(book)) == book.count("audit_events")
    record(
        "sealing-killed",
        "a process killed with SIGKILL at random moments while it writes and seals",
        KILLS,
        events=book.count("audit_events"),
        checkpoints=book.count("audit_checkpoints"),
        gaps=0,
        doubled=0,
    )


def write_some(book: Logbook, rounds: int, writer: int) -> int:
    """Transactions of one to four events, each seventh undone; returns how many events stay."""
    kept = 0
    for turn in range(rounds):
        number = 1 + (writer + turn) % 4
        with book.database.sessions() as session:
            for n in range(number):
                audit.append(session, event(writer * 10_000 + turn * 10 + n))
            if (writer + turn) % 7 == 0:
                session.rollback()
            else:
                session.commit()
                kept += number
    return kept


def seal_until(book: Logbook, done: threading.Event) -> None:
    while not done.is_set():
        with book.work() as work:
            seal_events(work, 50)


def test_writers_and_sealers_at_the_same_time(book: Logbook) -> None:
    """Transactions of every length, some undone, while two seal: nobody is lost or doubled."""
    rounds = times(30, 1000)
    done = threading.Event()
    with ThreadPoolExecutor(8) as pool:
        sealers = [pool.submit(seal_until, book, done) for _ in range(2)]
        kept = sum(pool.map(partial(write_some, book, rounds), range(6)))
        done.set()
        for sealer in sealers:
            sealer.result()
    book.seal()
    order = check_whole(book)
    out_of_order = sum(1 for one, other in pairwise(order) if other < one)
    assert len(order) == len(set(order)) == kept
    record(
        "sealing",
        "six who write, some undone, while two seal: every event once, densely numbered",
        kept,
        sealed=len(order),
        doubled=0,
        lost=kept - len(order),
        behind_a_higher_id=out_of_order,
    )


def test_a_copy_on_a_server_with_lower_numbers_goes_on(book: Logbook) -> None:
    """As after a restore elsewhere: what stands has numbers that the new server has not reached."""
    book.write(10).seal()
    book.write(5)
    book.tamper(
        "UPDATE audit_events SET xid = xid + 1000000000",
        "UPDATE audit_checkpoints SET sealed_below = sealed_below + 1000000000",
    )
    book.write(5).seal(batch=4)
    assert sorted(check_whole(book)) == list(range(1, 21))
    book.write(5).seal()
    assert len(check_whole(book)) == 25
    with book.work() as work:
        head, horizon = checkpoints.find_head(work.session), log_tree.read_horizon(work.session)
    assert head is not None
    assert head.sealed_below <= horizon.next


DAMAGES: dict[str, tuple[str, type[Exception]]] = {
    "leaf": ("UPDATE audit_leaves SET hash = sha256('x') WHERE leaf = 299", LogDamaged),
    "node": ("UPDATE audit_nodes SET hash = sha256('x')", LogDamaged),
    "lost leaf": ("DELETE FROM audit_leaves WHERE leaf = 280", Missing),
    "lost node": ("DELETE FROM audit_nodes", Missing),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_nothing_is_sealed_upon_a_damaged_tree(book: Logbook, name: str) -> None:
    statement, error = DAMAGES[name]
    book.write(300).seal()
    book.tamper(statement).write(1)
    with book.work() as work, pytest.raises(error):
        seal_until_something(work)
    assert book.count("audit_checkpoints") == 1


ATTACKS: dict[str, Callable[[], str]] = {
    "a leaf twice": lambda: "INSERT INTO audit_leaves SELECT leaf, 99, hash FROM audit_leaves",
    "an event twice": lambda: "INSERT INTO audit_leaves SELECT 99, event, hash FROM audit_leaves",
    "no hash": lambda: "INSERT INTO audit_leaves VALUES (99, 99, 'short')",
    "a kept leaf": lambda: "INSERT INTO audit_nodes VALUES (0, 99, sha256('x'))",
}


@pytest.mark.parametrize("name", ATTACKS)
def test_the_database_itself_refuses_a_second_leaf(book: Logbook, name: str) -> None:
    book.write(1).seal()
    with pytest.raises(IntegrityError), book.database.engine.begin() as connection:
        connection.execute(text(ATTACKS[name]()))


def test_what_is_sealed_is_every_column_of_an_event(book: Logbook) -> None:
    """A new column must be put into the leaf, or nobody would see it changed."""
    sealed = {"id", "act", "subject", "person", "role", "at", "request", "facts"}
    assert set(audit.audit_events.columns.keys()) == sealed | {"xid"}


def test_checkpoints_tell_when_they_were_made(book: Logbook) -> None:
    book.write(1).seal()
    book.write(1).seal(later=timedelta(seconds=5))
    with book.work() as work:
        first, second = checkpoints.list_checkpoints(work.session, 0, 10)
        assert checkpoints.list_checkpoints(work.session, 1, 10) == [second]
        assert checkpoints.find_checkpoint(work.session, 1) == first
        assert checkpoints.find_checkpoint(work.session, 3) is None
    assert second.sealed_at - first.sealed_at == timedelta(seconds=5)
