"""Logs of any length for the tests of sealing: events written in bulk, sealed until none waits."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from app.services.log_proofs import KeptLog
from app.services.ports import Anchor, Ports
from app.services.sealing import BATCH, seal_events
from app.services.work import Work
from app.storage import audit
from app.storage.checkpoints import find_head
from app.storage.database import Session
from app.storage.grants import OWNER
from permits.audit import Act, AuditEvent, Fact
from permits.people import SYSTEM, PersonId, Role
from tests.builders import NOW, work_of
from tests.databases import Database

SECONDS = 60
ACTS: tuple[tuple[Act, dict[str, Fact]], ...] = (
    (Act.APPLICATION_READ, {"purpose": "decide"}),
    (Act.APPLICATION_ANSWERED, {"fields": ["given_names", "sex"], "version": 3}),
    (Act.CROSSING_RECORDED, {"direction": "entry", "post": "HN-GT-1", "verdict": "green"}),
    (Act.SIGNED_IN, {"way": "código"}),
)
FILL = """
INSERT INTO audit_events (act, subject, person, role, at, request, facts)
SELECT (ARRAY['application:read', 'application:answer', 'crossing:record', 'person:sign-in'])
         [1 + n %% 4],
       gen_random_uuid(), ('00000000-0000-0000-0000-' || lpad((n %% 97)::text, 12, '0'))::uuid,
       'setrass-officer', %s::timestamptz + n * interval '1 millisecond', 'r' || n,
       (ARRAY['{"purpose": "decide"}', '{"fields": ["given_names", "sex"], "version": 3}',
              '{"direction": "entry", "post": "HN-GT-1", "verdict": "green"}',
              '{"way": "código"}'])[1 + n %% 4]::jsonb
FROM generate_series(%s::bigint, %s::bigint) n
"""


def event(number: int, at: datetime = NOW) -> AuditEvent:
    """One of the events that the tests know by number."""
    act, facts = ACTS[number % len(ACTS)]
    subject, person = UUID(int=number * 7919 + 1), PersonId(UUID(int=number % 97 + 1))
    later = at + timedelta(milliseconds=number)
    return AuditEvent(act, subject, person, Role.SETRASS_OFFICER, later, f"r{number}", facts)


class Logbook:
    """The log of one database."""

    def __init__(self, database: Database, ports: Ports, now: datetime = NOW) -> None:
        self.database, self.ports, self.now = database, ports, now
        self.written = 0

    @contextmanager
    def work(self, *, repeatable: bool = False) -> Iterator[Work]:
        """Work of the service itself, in a transaction of its own."""
        with self.database.sessions.begin() as session:
            if repeatable:
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield self.work_in(session)

    def work_in(self, session: Session) -> Work:
        """Work of the service itself in somebody's session."""
        return work_of(session, SYSTEM, self.ports, self.now)

    def write(self, number: int, *, by: int = 1000) -> "Logbook":
        """So many events, in transactions of `by`."""
        end = self.written + number
        while self.written < end:
            some = range(self.written, min(end, self.written + by))
            with self.database.sessions.begin() as session:
                audit.append_all(session, [event(n, self.now) for n in some])
            self.written = some.stop
        return self

    def fill(self, number: int, *, by: int = 1000) -> "Logbook":
        """So many events of the four kinds, written by the database itself: much faster."""
        end = self.written + number
        while self.written < end:
            until = min(end, self.written + by)
            with self.database.engine.begin() as connection:
                connection.exec_driver_sql(FILL, (self.now, self.written, until - 1))
            self.written = until
        return self

    def seal(self, *, batch: int = BATCH, later: timedelta = timedelta()) -> "Logbook":
        """Seal until nothing waits: another test's open transaction may hold the end back."""
        self.now += later
        until = time.monotonic() + SECONDS
        while True:
            with self.work() as work:
                sealed = seal_events(work, batch)
            if sealed:
                until = time.monotonic() + SECONDS
            elif self.waiting() == 0:
                return self
            else:
                assert time.monotonic() < until, "something holds the sealing back"
                time.sleep(0.02)

    def export(self, anchor: Anchor) -> "Logbook":
        """Send the newest checkpoint to a second place."""
        with self.work() as work:
            head = find_head(work.session)
            assert head is not None
            anchor.put(head.note, KeptLog(work.session, head.size))
        return self

    def waiting(self) -> int:
        """How many events have no leaf."""
        return self.count("audit_events") - self.count("audit_leaves")

    def count(self, table: str) -> int:
        """How many rows a table has."""
        with self.database.engine.connect() as connection:
            return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())

    def tamper(self, *statements: str) -> "Logbook":
        """What a superuser does."""
        with self.database.of(OWNER).engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
        return self

    def with_ports(self, **changed: object) -> "Logbook":
        """The same log with another outside world."""
        self.ports = replace(self.ports, **changed)  # type: ignore[arg-type]
        return self
