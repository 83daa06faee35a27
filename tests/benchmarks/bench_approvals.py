"""How many approvals a second the service makes, beside its own SQL statements sent bare.

The peers get what no service has: the exact statements and values, written down beforehand by
living the same decision in a transaction that is rolled back. One sends them by psycopg in one
transaction, the other is pgbench, with the values written into them; pgbench runs them once before
and takes that back, so that its connection knows the tables. All write to the same database with
fsync, one client each, taking turns; all cases were read by such a rehearsal just before. An
approval is the mean of the first agency's and of the closing one, which grants the right and
prepares the credential.
"""

import json
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from http.client import HTTPConnection
from itertools import count
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from sqlalchemy import event

from app.services import sign_in
from app.services.approvals import Ruling, decide_application
from app.services.work import Work
from app.storage.applications import get_application
from app.storage.database import Session
from permits.approvals import Opinion
from permits.deadlines import legal_day
from permits.identity_documents import cui_remainder
from permits.people import SYSTEM, Actor
from permits.reach import EVERYTHING
from tests.benchmarks.bench_audit import PGBENCH
from tests.benchmarks.ground import Ground, now, quiet, stand
from tests.benchmarks.served import BARE
from tests.builders import Story, add_vacancy

Row = dict[str, Any]
Way = Callable[[Story, Actor], float]
Sent = list[tuple[str, Any, bool]]

TURNS = 30
GOAL, GOAL_OF_PGBENCH = 0.5, 0.25
"""Half of the stack's ceiling (the design's aim for an approval); a quarter of pgbench's."""
LATENCY = re.compile(r"^ +([0-9.]+) +\d+ +(.*)$", re.MULTILINE)
"""A line of pgbench's report for each command: milliseconds, failures, the command."""


def run() -> list[Row]:
    """Measure for some minute, most of which prepares the cases."""
    ground = stand()
    url = ground.house.engine.url.set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as line:
        site = Site(ground, line)
        ways: dict[str, Way] = {
            "service": partial(_by_service, ground),
            "bare": partial(_bare, ground, line),
            "pgbench": partial(_pgbench, ground, line),
            "http": site.approve,
            "http bare": site.send_bare,
        }
        times = _measure(ground, ways)
    return [
        _row("approvals through the service", times["service"], peer, times[way], goal)
        for way, peer, goal in (
            ("bare", "the same SQL statements by psycopg", GOAL),
            ("pgbench", "the same SQL statements by pgbench", GOAL_OF_PGBENCH),
        )
    ] + [
        _row(
            "POST of an approval over HTTP",
            times["http"],
            "a bare route with the decision's statements",
            times["http bare"],
            GOAL,
        )
    ]


def _measure(ground: Ground, ways: dict[str, Way]) -> dict[str, list[float]]:
    """Seconds for both agencies' approvals of a case, each way on cases of its own, in turns."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    cases = list(_cases(ground, len(ways) * TURNS))
    for turn in range(TURNS):
        for at, (name, way) in enumerate(ways.items()):
            story = cases[turn * len(ways) + at]
            times[name].append(sum(way(story, actor) for actor in (story.setrass, story.inm)))
    _check(ground, cases)
    return times


def _row(name: str, ours: list[float], peer: str, theirs: list[float], goal: float) -> Row:
    rate, limit = (2 / quiet(times) for times in (ours, theirs))
    return {
        "name": name,
        "unit": "1/s",
        "ours": round(rate, 1),
        "against": peer,
        "theirs": round(limit, 1),
        "ratio": round(rate / limit, 3),
        "goal": goal,
    }


@dataclass
class Site:
    """The site over one connection that stays open, for officials who have just proven theirs."""

    ground: Ground
    database: psycopg.Connection
    _line: HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self._line = HTTPConnection(urlsplit(self.ground.url).netloc)

    def approve(self, story: Story, actor: Actor) -> float:
        """POST the decision as an official's program does."""
        _rehearse(self.ground, story, actor)
        with self.ground.house.sessions.begin() as session:
            work = Work(session, SYSTEM, now(), self.ground.ports, "bench")
            cookie = sign_in.open_session(work, actor, "bench").token
        headers = {
            "Cookie": f"vereda={cookie}",
            "If-Match": f'"{_version(self.ground, story)}"',
            "Idempotency-Key": uuid4().hex,
        }
        path, body = f"/api/v1/applications/{story.id}/decisions", {"opinion": "approve"}
        return self._ask("POST", path, body, headers)

    def send_bare(self, story: Story, actor: Actor) -> float:
        """Let the bare route send the statements that it was given before."""
        self._ask("PUT", BARE, _written(self.ground, self.database, story, actor), {})
        return self._ask("POST", BARE, None, {})

    def _ask(self, method: str, path: str, body: object, headers: dict[str, str]) -> float:
        sent = json.dumps(body) if body is not None else None
        begin = perf_counter()
        self._line.request(method, path, sent, {**headers, "Content-Type": "application/json"})
        reply = self._line.getresponse()
        told = reply.read()
        assert reply.status < 300, (reply.status, told)
        return perf_counter() - begin


def _cases(ground: Ground, number: int) -> Iterator[Story]:
    """Applications that wait for both agencies; each worker has a document number of their own."""
    serials = (f"8{n:07d}" for n in count(1) if cui_remainder(f"8{n:07d}") != 10)
    today = legal_day(now())
    with ground.house.sessions.begin() as session:
        for serial in (next(serials) for _ in range(number)):
            story = Story(session, ground.ports, now())
            vacancy = add_vacancy(
                session,
                ground.ports,
                starts_on=today + timedelta(days=7),
                ends_on=today + timedelta(days=70),
            )
            cui = f"{serial}{cui_remainder(serial)}2004"
            yield story.start(vacancy=str(vacancy), document_number=cui).submit()


def _approve(ground: Ground, session: Session, story: Story, actor: Actor, version: int) -> None:
    work = Work(session, actor, now(), ground.ports, "bench")
    decide_application(work, story.id, Ruling(Opinion.APPROVE), seen_version=version)


def _by_service(ground: Ground, story: Story, actor: Actor) -> float:
    _rehearse(ground, story, actor)
    version = _version(ground, story)
    begin = perf_counter()
    with ground.house.sessions.begin() as session:
        _approve(ground, session, story, actor, version)
    return perf_counter() - begin


def _bare(ground: Ground, bare: psycopg.Connection, story: Story, actor: Actor) -> float:
    statements = _rehearse(ground, story, actor)
    begin = perf_counter()
    with bare.transaction(), bare.cursor() as cursor:
        for statement, values, many in statements:
            if many:
                cursor.executemany(statement, values)
            else:
                cursor.execute(statement, values)
                if cursor.description is not None:
                    cursor.fetchall()
    return perf_counter() - begin


def _written(ground: Ground, line: psycopg.Connection, story: Story, actor: Actor) -> list[str]:
    """The statements of a decision with their values in them."""
    cursor = psycopg.ClientCursor(line)
    return [
        cursor.mogrify(statement, one)
        for statement, values, many in _rehearse(ground, story, actor)
        for one in (values if many else [values])
    ]


def _pgbench(ground: Ground, line: psycopg.Connection, story: Story, actor: Actor) -> float:
    """What pgbench says its commands took, from BEGIN to COMMIT."""
    written = _written(ground, line, story, actor)
    acts = ";\n".join(" ".join(statement.split("\n")) for statement in written)
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(f"BEGIN;\n{acts};\nROLLBACK;\nBEGIN;\n{acts};\nCOMMIT;\n")
        file.flush()
        report = _run_pgbench(ground, file.name)
    took = [(float(spent), command) for spent, command in LATENCY.findall(report)]
    begun = [at for at, (_, command) in enumerate(took) if command.startswith("BEGIN")]
    assert len(begun) == 2, report
    return sum(spent for spent, _ in took[begun[-1] :]) / 1000


def _run_pgbench(ground: Ground, script: str) -> str:
    url = ground.house.engine.url
    where = ["-h", str(url.query["host"]), "-p", str(url.query["port"]), "-U", str(url.username)]
    command = [str(PGBENCH), *where, *f"-n -r -c 1 -t 1 -f {script}".split(), str(url.database)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _rehearse(ground: Ground, story: Story, actor: Actor) -> Sent:
    """The statements of a decision as they go to the driver; nothing of it stays."""
    with ground.rehearsals() as session:
        version = get_application(session, story.id, reach=EVERYTHING).version
        with _noted(session) as sent:
            _approve(ground, session, story, actor, version)
        session.rollback()
    return sent


@contextmanager
def _noted(session: Session) -> Iterator[Sent]:
    sent: Sent = []

    def note(*told: Any) -> None:  # noqa: ANN401
        _, _, statement, values, _, many = told
        sent.append((statement, values, many))

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    yield sent
    event.remove(connection, "before_cursor_execute", note)


def _version(ground: Ground, story: Story) -> int:
    with ground.house.read_sessions() as session:
        return get_application(session, story.id, reach=EVERYTHING).version


def _check(ground: Ground, cases: list[Story]) -> None:
    """Both ways leave the same: every case is approved."""
    with ground.house.read_sessions() as session:
        statuses = {
            get_application(session, story.id, reach=EVERYTHING).status.value for story in cases
        }
    assert statuses == {"approved"}, statuses
