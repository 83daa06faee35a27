"""That every event of the log can be proved, and that the log never took anything back."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from app.services.log_checks import check_log
from app.services.log_proofs import KeptLog
from app.services.sealing import log_keys, seal_events, tiles_of
from app.services.work import Work
from app.storage.checkpoints import find_head
from app.storage.log_tree import list_leaves, list_unsealed
from app.wiring import House
from permits import merkle
from permits.checkpoints import Checkpoint
from permits.leaves import leaf_bytes
from permits.people import SYSTEM
from tests.services.killing.cast import now

SECONDS = 120
PAGE = 4096


@contextmanager
def one_moment(house: House) -> Iterator[Work]:
    """The database as it is at one instant, however many go on writing."""
    with house.sessions.begin() as session:
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        yield Work(session, SYSTEM, now(), house.ports, "check")


@dataclass
class Auditor:
    """Keeps every checkpoint that was ever seen, outside of the service."""

    house: House
    seen: list[Checkpoint] = field(default_factory=list)
    proved: int = 0

    def keep(self, note: str) -> None:
        """A checkpoint that the service has shown; one that is not signed is refused."""
        with one_moment(self.house) as work:
            self.seen.append(log_keys(work).open(note))

    def prove_all(self) -> int:
        """Seal, check the whole log, and prove each event that is new; returns how many there are.

        What was shown before is the beginning of what is there now.
        """
        self._seal()
        with one_moment(self.house) as work:
            report = check_log(work, self.house.ports.anchor)
            assert report.damages == ()
            head = find_head(work.session)
            assert head is not None
            newest = log_keys(work).open(head.note)
            assert newest.size == report.events
            kept = KeptLog(work.session, newest.size)
            for older in self.seen:
                path = kept.prove_from(older.size)
                assert merkle.verify_consistency(
                    older.size, newest.size, path, older.root, newest.root
                )
            self._prove_new(work, newest)
        return newest.size

    def _seal(self) -> None:
        until = time.monotonic() + SECONDS
        while True:
            with self.house.sessions.begin() as session:
                seal_events(Work(session, SYSTEM, now(), self.house.ports, "check"))
                if find_head(session) and not list_unsealed(session, 0, 2**60, 1):
                    return
            assert time.monotonic() < until, "the log cannot be sealed"
            time.sleep(0.02)

    def _prove_new(self, work: Work, newest: Checkpoint) -> None:
        tiles = tiles_of(work.session)
        while self.proved < newest.size:
            page = list_leaves(work.session, self.proved, PAGE)
            for leaf in page[: newest.size - self.proved]:
                assert leaf.logged is not None
                path = merkle.prove_inclusion(leaf.leaf, newest.size, tiles.complete)
                hashed = merkle.leaf_hash(leaf_bytes(leaf.logged))
                assert merkle.verify_inclusion(leaf.leaf, newest.size, hashed, path, newest.root)
            self.proved = page[-1].leaf + 1
