"""Two hundred complaints a minute of 5 MB each, and kills meanwhile: none lost, none half there.

In `make test` a few, and the server is killed as soon as the last number was shown; `make prove`
sends them for five minutes and kills ten times meanwhile; in the last minute it lets the server
live, and its memory is compared. Whoever gets no answer sends the same form again, as people do:
it counts once.
"""

import hashlib
import random
import shutil
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from app.adapters.complaint_seals import AT_ONCE
from app.services import complaint_evidence, complaint_numbers
from app.services.ports import Ports
from app.storage.database import Session
from app.storage.grants import APP
from permits.people import NOBODY
from recruitment.complaints.filed import FILE_LIMIT_BYTES
from tests.builders import work_of
from tests.complained import Office
from tests.databases import Database
from tests.proofs import FULL, record, times
from tests.web.complaint_child import lasting_ports
from tests.web.complaint_senders import Senders, Server, sound

COMPLAINTS, KILLS, SENDERS = times(2, 1000), times(0, 10), times(1, 8)
PER_MINUTE = 200
LASTS = COMPLAINTS * 60 / PER_MINUTE
SIZE = times(200_000, FILE_LIMIT_BYTES)
MOST_MIB = 480
"""Of the server's memory at its peak, whatever came in: 205 that it starts with, two slow hashes of
64, and two files on their way through."""

MOST_GROWN_MIB = 24
"""From the second third of the last life to its last one, while a gigabyte passes."""

CALM = 0.25
"""The last part of the time, in which nothing is killed: so that memory can be compared."""


@contextmanager
def served(database: Database, folder: Path, port: int) -> Iterator[Server]:
    words = (database.of(APP).url, str(folder), str(port))
    server = Server([sys.executable, "-m", "tests.web.complaint_child", *words], port)
    server.start()
    try:
        yield server
    finally:
        server.kill()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.feature("C2")
@pytest.mark.feature("C4")
def test_no_complaint_whose_number_was_shown_is_lost_and_none_is_half_there(
    database: Database, tmp_path: Path
) -> None:
    ports, chance = lasting_ports(tmp_path), random.Random(7)
    with database.sessions.begin() as session:
        Office(session, ports).ready()
    senders = Senders(free_port(), SIZE)
    shares = [range(first, COMPLAINTS, SENDERS) for first in range(SENDERS)]
    with served(database, tmp_path, senders.port) as server:
        began = time.monotonic()
        threads = [
            threading.Thread(target=senders.run, args=(numbers, began, PER_MINUTE))
            for numbers in shares
        ]
        for thread in threads:
            thread.start()
        for moment in sorted(chance.uniform(0, LASTS * (1 - CALM)) for _ in range(KILLS)):
            server.live(began + moment)
            server.kill()
            server.start()
        while any(thread.is_alive() for thread in threads):
            server.live(time.monotonic() + 0.5)
        took = time.monotonic() - began
    assert len(senders.shown) == len(set(senders.shown.values())) == COMPLAINTS
    with database.sessions() as session:
        check_whole(session)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert all(pool.map(partial(opens, database, ports), senders.shown.items()))
    strays = check_sizes(tmp_path)
    assert max(server.peaks) < MOST_MIB
    if FULL:
        assert server.grown() < MOST_GROWN_MIB
    note(senders, server, took, strays)


def note(senders: Senders, server: Server, took: float, strays: int) -> None:
    """Write the figures down. Processor time says what other work on the machine hides."""
    senders.waits.sort()
    record(
        "complaint-load",
        f"complaints with {SIZE} bytes of voice each, the server killed {KILLS} times",
        COMPLAINTS,
        a_minute=round(COMPLAINTS / took * 60),
        sent_again=senders.again,
        median_s=round(senders.waits[len(senders.waits) // 2], 3),
        slowest_s=round(senders.waits[-1], 3),
        processor_ms_each=round(server.seconds / COMPLAINTS * 1000),
        peak_mib=max(server.peaks),
        grown_mib=server.grown(),
        files_without_complaint=strays,
    )


def check_whole(session: Session) -> None:
    """Every complaint has its key, its first message and its file; nothing else hangs about."""
    whole = text(
        "SELECT count(*) AS complaints, count(k.complaint) AS keys, count(m.id) AS messages,"
        " count(f.id) AS files FROM complaints c LEFT JOIN complaint_keys k ON k.complaint = c.id"
        " LEFT JOIN complaint_messages m ON m.complaint = c.id"
        " LEFT JOIN complaint_files f ON f.complaint = c.id"
    )
    assert set(session.execute(whole).one()) == {COMPLAINTS}


def opens(database: Database, ports: Ports, shown: tuple[int, str]) -> bool:
    """A number that was shown opens its complaint, and its voice is every byte of what was sent."""
    number, digits = shown
    with database.sessions() as session:
        work = work_of(session, NOBODY, ports)
        found = complaint_numbers.open_by_number(work, digits)
        assert found is not None
        [piece] = complaint_evidence.list_pieces(work, found.seal)
        sent = sound(number, SIZE)
        assert piece.sha256 == hashlib.sha256(sent).hexdigest()
        return complaint_evidence.read_own(work, found.seal, piece.id)[1] == sent


def check_sizes(folder: Path) -> int:
    """Files of one size tell nothing, and few have no complaint; their space is given back.

    What a kill leaves is an object before its row: as many as are taken at once, for each kill.
    The nightly sweep of strays deletes them.
    """
    files = list((folder / complaint_evidence.FOLDER).iterdir())
    sizes = Counter(one.stat().st_size for one in files)
    assert sizes.most_common(1)[0][1] >= COMPLAINTS
    strays = len(files) - COMPLAINTS
    assert 0 <= strays <= KILLS * AT_ONCE
    shutil.rmtree(folder / complaint_evidence.FOLDER)
    return strays
