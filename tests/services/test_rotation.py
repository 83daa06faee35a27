"""Keys that change while permits are issued: every permit verifies, none is doubled or lost."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Condition, Event, Lock
from time import monotonic, sleep

import pytest
from sqlalchemy import text

from app.adapters.keyring import KeyRing
from app.services import issuing, key_care, keys, status_lists
from app.services.verification import judge
from app.services.work import Work
from app.storage.credentials import TEXT
from permits import keys as law
from permits.people import SYSTEM
from permits.signing import KeyUse
from tests import outside
from tests.builders import NOW, Story, work_of
from tests.databases import Database
from tests.proofs import record, times

pytestmark = [pytest.mark.promise("P10", "P4"), pytest.mark.feature("D7", "W13")]

ROTATIONS, ISSUERS = 5, 3
BETWEEN = times(2, 60)
"""Permits, at least, that are issued before and after a key is made, and after it signs."""

SECONDS = 120
SIGNED = "SELECT id, kid, text FROM credentials WHERE state = 'issued' ORDER BY prepared_at"
DOUBLES = """
SELECT (SELECT count(*) FROM authorisations) - count(*),
  count(*) - count(DISTINCT authorisation), count(*) - count(DISTINCT number),
  count(*) - count(DISTINCT (status_list, status_index)),
  (SELECT count(*) - count(DISTINCT subject) FROM audit_events WHERE act = 'credential:sign'),
  (SELECT count(*) FROM audit_events WHERE act = 'credential:sign') - count(*)
FROM credentials
"""


class Days:
    """Lets many work at once, and time pass while nobody does."""

    def __init__(self) -> None:
        self._gate, self._working, self._passing = Condition(), 0, False

    @contextmanager
    def shared(self) -> Iterator[None]:
        with self._gate:
            self._gate.wait_for(lambda: not self._passing)
            self._working += 1
        try:
            yield
        finally:
            with self._gate:
                self._working -= 1
                self._gate.notify_all()

    def __enter__(self) -> None:
        with self._gate:
            self._passing = True
            self._gate.wait_for(lambda: self._working == 0)

    def __exit__(self, *_: object) -> None:
        with self._gate:
            self._passing = False
            self._gate.notify_all()


@dataclass
class Load:
    """Issuers who go on and on, and an operator beside them.

    All live by one clock; an issuer's request began up to two minutes ago. Days pass between two
    requests and in the midst of none.
    """

    database: Database
    ring: KeyRing
    now: datetime = NOW
    issued: int = 0
    over: Event = field(default_factory=Event)
    lock: Lock = field(default_factory=Lock)
    days: "Days" = field(default_factory=lambda: Days())

    def __post_init__(self) -> None:
        self.ports = replace(outside.ports(), keys=self.ring)

    def do(self, act: Callable[[Work], object]) -> object:
        with self.database.sessions.begin() as session:
            return act(work_of(session, SYSTEM, self.ports, self.now))

    def issue(self) -> None:
        """Cases to their end; whoever comes first signs what waits, also under the key before."""
        while not self.over.is_set():
            with self.days.shared(), self.database.sessions.begin() as session:
                began = self.now - timedelta(seconds=self.ports.chance.below(120))
                Story(session, self.ports, began).start().submit().approve()
            self.do(issuing.sign_pending)
            with self.lock:
                self.issued += 1

    def wait(self) -> None:
        """Until some more were issued."""
        wanted, until = self.issued + BETWEEN, monotonic() + SECONDS
        while self.issued < wanted:
            assert monotonic() < until, "nobody issues any more"
            sleep(0.01)

    def rotate(self) -> str:
        """Make the next key, let scanners learn of it, let it sign, all while others issue."""
        made = self.do(lambda work: keys.make_key(work, KeyUse.PERMIT))
        assert isinstance(made, law.Key)
        self.do(key_care.renew_trust_list)
        self.wait()
        with self.days:
            self.now += law.PUBLISHED_AHEAD
        self.do(lambda work: keys.activate_key(work, made.kid))
        self.wait()
        return made.name


@pytest.fixture
def load(database: Database, tmp_path: Path) -> Load:
    ring = KeyRing(tmp_path / "keys", "correct horse", outside.ISSUER)
    ring.prepare(NOW, NOW - timedelta(hours=1))
    return Load(database, ring)


def test_five_rotations_under_load_lose_and_double_nothing(load: Load) -> None:
    first = load.ring.signer(KeyUse.PERMIT).kid.hex()
    with ThreadPoolExecutor(ISSUERS) as pool:
        issuers = [pool.submit(load.issue) for _ in range(ISSUERS)]
        try:
            load.wait()
            made = [load.rotate() for _ in range(ROTATIONS)]
        finally:
            load.over.set()
        for issuer in issuers:
            issuer.result()
    load.do(issuing.sign_pending)
    # By now the first permits are still in force and the last have begun.
    load.now += timedelta(days=9)
    load.do(key_care.renew_trust_list)
    load.do(lambda work: status_lists.publish_status_list(work, 1))
    with load.database.sessions() as session:
        rows = session.execute(text(SIGNED)).all()
        assert session.execute(text(DOUBLES)).one() == (0,) * 6
        work = work_of(session, SYSTEM, load.ports, load.now)
        texts = [load.ports.vault.open(TEXT, row.id, row.text) for row in rows]
        verdicts = Counter(judge(work, each).reason.value for each in texts)
    assert verdicts == {"ok": len(rows)}
    assert len(set(texts)) == len(rows) >= load.issued
    by_key = Counter(row.kid.hex() for row in rows)
    assert by_key.keys() == {first, *made}
    record(
        "rotation",
        "five rotations of the signing key while three issue: every permit verifies",
        len(rows),
        rotations=len(made),
        fewest_under_a_key=min(by_key.values()),
        not_verified=len(rows) - verdicts["ok"],
        doubled=len(rows) - len(set(texts)),
    )
