"""Places on the status lists: each given once, whoever draws at the same instant."""

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select, text

from app.services import published
from app.services.effects import run_next_effect
from app.services.list_places import open_due_list
from app.services.ports import Chance, Ports
from app.storage import list_openings
from app.storage.credentials import credentials
from app.storage.database import Session
from permits.generations import HALF_FULL, KNOWN_AFTER
from permits.people import SYSTEM
from permits.status_list import SIZE
from tests import outside
from tests.builders import NOW, Story, work_of
from tests.databases import Database
from tests.proofs import record, times
from tests.services.races import Scene, at_once

pytestmark = [pytest.mark.feature("B3"), pytest.mark.promise("P4")]


@dataclass
class Narrow:
    """Chance that knows few places of a list."""

    chance: Chance
    places: int

    def token(self, size: int) -> bytes:
        return self.chance.token(size)

    def below(self, limit: int) -> int:
        return self.chance.below(self.places if limit == SIZE else limit)


def narrow(ports: Ports, places: int) -> Ports:
    return replace(ports, chance=Narrow(ports.chance, places))


def issue(session: Session, ports: Ports, days: int = 0) -> tuple[int, int]:
    """Another permit; where it stands."""
    Story(session, ports, NOW + timedelta(days=days)).start().submit().approve().sign()
    newest = select(credentials.c.status_list, credentials.c.status_index).order_by(
        credentials.c.prepared_at.desc(), credentials.c.status_list.desc()
    )
    row = session.execute(newest.limit(1)).one()
    return row.status_list, row.status_index


def opened(session: Session) -> list[tuple[int, timedelta]]:
    table = list_openings.opened_status_lists
    rows = session.execute(select(table).order_by(table.c.list))
    return [(row.list, row.used_from - row.opened_at) for row in rows]


def told(session: Session) -> list[int]:
    query = text("SELECT (facts->>'list')::int FROM audit_events WHERE act = 'status-list:open'")
    return sorted(session.execute(query).scalars())


def test_a_list_without_a_free_place_is_followed_at_once(session: Session, ports: Ports) -> None:
    one_place = narrow(ports, 1)
    assert [issue(session, one_place) for _ in range(3)] == [(1, 0), (2, 0), (3, 0)]
    assert opened(session) == [(2, timedelta(0)), (3, timedelta(0))]
    assert told(session) == [2, 3]


def test_the_next_list_is_opened_at_half_full_and_used_when_readers_know_it(
    session: Session, ports: Ports
) -> None:
    work = work_of(session, SYSTEM, ports)
    issue(session, ports)
    assert (open_due_list(work, half=2), opened(session)) == (0, [])
    issue(session, ports)
    assert (open_due_list(work, half=2), open_due_list(work, half=2)) == (1, 0)
    assert opened(session) == [(2, KNOWN_AFTER)]
    assert told(session) == [2]
    while run_next_effect(work):
        pass
    assert published.list_numbers(work) == [2]
    assert issue(session, ports)[0] == 1
    assert issue(session, ports, days=1)[0] == 2
    assert open_due_list(replace(work, now=NOW + timedelta(days=1)), half=2) == 0


def test_a_list_that_is_full_before_is_followed_by_the_one_that_waits(
    session: Session, ports: Ports
) -> None:
    work, one_place = work_of(session, SYSTEM, ports), narrow(ports, 1)
    assert issue(session, one_place) == (1, 0)
    assert open_due_list(work, half=1) == 1
    assert issue(session, one_place) == (2, 0)
    assert opened(session) == [(2, KNOWN_AFTER)]


# What `issue` left, once more for each place of a range: its chain of cards, erased long ago.
FILL = """
INSERT INTO credentials (id, authorisation, number, state, kid, status_list, status_index,
  valid_from, expires, version, prepared_at, revoked_at, revocation_reason, erased_at,
  right_status, replaces, replacement, replacement_reason)
SELECT md5('card' || n)::uuid, c.authorisation, 'FILL' || n, 'revoked', c.kid, 1,
  (c.status_index + n) % :size, c.valid_from, c.expires, 1, c.prepared_at, c.prepared_at, 'lost',
  c.prepared_at, c.right_status,
  CASE n WHEN 1 THEN c.id ELSE md5('card' || n - 1)::uuid END, n, 'lost'
FROM credentials c, generate_series(CAST(:first AS int), CAST(:last AS int)) AS n
WHERE c.replacement = 0
"""


def test_half_full_is_half_of_all_places(owner_session: Session, ports: Ports) -> None:
    work = work_of(owner_session, SYSTEM, ports)
    issue(owner_session, ports)
    span = {"size": SIZE, "first": 1, "last": SIZE // 2 - 2}
    owner_session.execute(text(FILL), span)
    assert open_due_list(work) == 0
    last = {**span, "first": SIZE // 2 - 1, "last": SIZE // 2 - 1}
    owner_session.execute(text(FILL), last)
    assert (open_due_list(work), SIZE) == (1, 2 * HALF_FULL)


ROUNDS = times(4, 60)


def test_of_many_who_issue_at_once_each_gets_a_place_of_their_own(database: Database) -> None:
    """Lists of five places, so that they meet at every draw and open lists at the same instant."""
    scene = Scene(database, narrow(outside.ports(), 5))
    for _ in range(ROUNDS):
        stories = [scene.lived(lambda s: s.start().submit()) for _ in range(6)]

        def approve(story: Story) -> None:
            with scene.database.sessions.begin() as session:
                story.session = session
                story.approve()

        assert at_once([partial(approve, story) for story in stories]) == [None] * 6
    with database.sessions() as session:
        rows = session.execute(select(credentials.c.status_list, credentials.c.status_index)).all()
        known, events = list_openings.list_known(session), told(session)
    assert len(set(rows)) == len(rows) == 6 * ROUNDS
    assert known == list(range(1, len(known) + 1))
    assert events == known[1:]
    assert len(known) >= len(rows) / 5
    record(
        "status-places",
        "six who issue at once on lists of five places: a place each, each list opened once",
        len(rows),
        lists=len(known),
        doubled=len(rows) - len(set(rows)),
    )
