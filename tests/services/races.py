"""Several people at the same instant, each in a thread and a transaction of their own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Barrier
from typing import TypeVar

from sqlalchemy import text

from app.services.ports import Ports
from app.services.work import Work
from app.storage.applications import get_application
from permits.errors import DomainError, Stale
from permits.people import SYSTEM, Actor
from permits.programmes import Mode
from permits.reach import EVERYTHING
from tests import outside
from tests.builders import Story, work_of
from tests.databases import Database

T = TypeVar("T")
TRIES = 50
"""Enough for every loser of a race of eight to see the new version and try again."""


def at_once(acts: Sequence[Callable[[], object]]) -> list[object]:
    """What each returned, or the refusal that it met; anything else that is raised fails."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        start.wait()
        try:
            return act()
        except DomainError as refused:
            return refused

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def codes(answers: Sequence[object]) -> list[str]:
    """The refusals among the answers, by code and in order."""
    return sorted(answer.code for answer in answers if isinstance(answer, DomainError))


@dataclass
class Scene:
    """A database in which people really commit."""

    database: Database
    ports: Ports

    def lived(self, steps: Callable[[Story], Story]) -> Story:
        """Live a story and commit it."""
        with self.database.sessions.begin() as session:
            return steps(Story(session, self.ports))

    def do(self, actor: Actor, act: Callable[[Work], T], story: Story) -> T:
        """One request: a transaction that commits."""
        with self.database.sessions.begin() as session:
            return act(work_of(session, actor, self.ports, story.now))

    def version(self, story: Story) -> int:
        """The version that everybody sees now."""
        return self.do(
            SYSTEM,
            lambda work: get_application(work.session, story.id, reach=EVERYTHING).version,
            story,
        )

    def insist(self, actor: Actor, act: Callable[[Work], T], story: Story) -> T:
        """Ask again, as a person does who is told that the case changed meanwhile."""
        for _ in range(TRIES):
            try:
                return self.do(actor, act, story)
            except Stale:
                continue
        raise AssertionError("somebody never gets through")

    def count(self, table: str, where: str, story: Story) -> int:
        """Rows about the story's application."""
        query = text(f"SELECT count(*) FROM {table} WHERE {where}")
        with self.database.engine.connect() as connection:
            found: int = connection.execute(query, {"case": story.id}).scalar_one()
        return found


def side_by_side() -> Ports:
    """The outside world with a coffee programme in which both agencies decide at once."""
    ports = outside.ports()
    coffee = replace(ports.reference.programmes["coffee-hn-gt"], mode=Mode.PARALLEL)
    programmes = {**ports.reference.programmes, coffee.code: coffee}
    return replace(ports, reference=replace(ports.reference, programmes=programmes))
