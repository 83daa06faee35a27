"""How many approvals a second the service makes, beside its own SQL statements sent bare.

The peer gets what no service has: the exact statements and values, written down beforehand by
living the same decision in a transaction that is rolled back, and sent by psycopg in one
transaction. Both write to the same database with fsync, one client each, taking turns; both cases
were read by such a rehearsal just before. An approval is the mean of the first agency's and of the
closing one, which grants the right and prepares the credential.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from time import perf_counter
from typing import Any

import psycopg
from sqlalchemy import event

from app.services.approvals import Ruling, decide_application
from app.services.work import Work
from app.storage.applications import get_application
from app.storage.database import Session
from permits.approvals import Opinion
from permits.deadlines import legal_day
from permits.identity_documents import cui_remainder
from permits.people import Actor
from permits.reach import EVERYTHING
from tests.benchmarks.ground import Ground, now, quiet, stand
from tests.builders import Story, add_vacancy

Row = dict[str, Any]
Sent = list[tuple[str, Any, bool]]

TURNS = 30
GOAL = 0.5
"""Half of the stack's ceiling (the design's aim for an approval)."""


def run() -> list[Row]:
    """Measure for some fifteen seconds, most of which prepare the cases."""
    ground = stand()
    ours, theirs = list[float](), list[float]()
    cases = list(_cases(ground, 2 * TURNS))
    url = ground.house.engine.url.set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as bare:
        for mine, other in zip(cases[::2], cases[1::2], strict=True):
            ours.append(sum(_by_service(ground, mine, actor) for actor in (mine.setrass, mine.inm)))
            theirs.append(sum(_bare(ground, bare, other, a) for a in (other.setrass, other.inm)))
    _check(ground, cases)
    rate, limit = (2 / quiet(times) for times in (ours, theirs))
    return [
        {
            "name": "approvals through the service, whole",
            "unit": "1/s",
            "ours": round(rate, 1),
            "against": "the same SQL statements bare",
            "theirs": round(limit, 1),
            "ratio": round(rate / limit, 3),
            "goal": GOAL,
        }
    ]


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
