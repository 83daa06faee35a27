"""One database of a test, and the engines that reach it: they outlive it, compiled as they are."""

from dataclasses import dataclass, field
from functools import cached_property

import psycopg
from sqlalchemy import URL, Engine, event, make_url
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool

from app.storage import roles
from app.storage.database import make_engine, read_session_factory, session_factory
from app.storage.grants import DatabaseRole

MOST_PREPARED = 2_000
"""Statements that a connection keeps: each of ours, of which there are some 900."""


class Engines:
    """Engines that outlive their database: what was compiled for one clone serves the next."""

    def __init__(self) -> None:
        self._free: dict[URL, list[Engine]] = {}
        self._lent: dict[Engine, URL] = {}

    def lend(self, url: str) -> Engine:
        """An engine that connects to this address."""
        wanted = make_url(url)
        free = self._free.setdefault(wanted.set(database=""), [])
        engine = free.pop() if free else self._make(url)
        self._lent[engine] = wanted
        return engine

    def take_back(self, engine: Engine) -> None:
        """Close its connections and keep it for the next who asks."""
        engine.dispose()
        self._free[self._lent.pop(engine).set(database="")].append(engine)

    def _make(self, url: str) -> Engine:
        """An engine whose connections plan each statement once, and not anew for each value.

        In a table of three rows every plan is as good as another, and planning is most of what the
        server does here. What is asked of plans is asked of a large table, by EXPLAIN.
        """
        engine = make_engine(url, pool_size=12)

        @event.listens_for(engine, "do_connect")
        def lead(_: object, __: object, ___: object, parameters: dict[str, object]) -> None:
            parameters["dbname"] = self._lent[engine].database
            parameters["prepare_threshold"] = 1
            parameters["options"] = f"{parameters['options']} -c plan_cache_mode=force_generic_plan"

        @event.listens_for(engine, "connect")
        def keep(line: psycopg.Connection, _: object) -> None:
            line.prepared_max = MOST_PREPARED

        return engine


ENGINES = Engines()


@dataclass(frozen=True)
class Database:
    """A database of its own, at the newest migration; what is committed here harms nobody."""

    url: str
    _others: dict[DatabaseRole, "Database"] = field(default_factory=dict, compare=False)

    def of(self, role: DatabaseRole) -> "Database":
        """The same database, signed in to as one role of the house."""
        if role not in self._others:
            self._others[role] = Database(roles.signed_in_as(self.url, role), self._others)
        return self._others[role]

    @property
    def name(self) -> str:
        """As the server knows it."""
        return str(make_url(self.url).database)

    def dispose(self) -> None:
        """Close every connection."""
        for database in [self, *self._others.values()]:
            ENGINES.take_back(database.engine)

    @cached_property
    def engine(self) -> Engine:
        """An engine with room for the threads of a race test."""
        return ENGINES.lend(self.url)

    def resting(self) -> int | None:
        """How many connections wait for the next who asks; None where one is still in use."""
        opened = [one.engine for one in [self, *self._others.values()] if "engine" in vars(one)]
        pools = [engine.pool for engine in opened if isinstance(engine.pool, QueuePool)]
        if any(pool.checkedout() for pool in pools):
            return None
        return sum(pool.checkedin() for pool in pools)

    @property
    def sessions(self) -> sessionmaker[Session]:
        """Sessions that write; `sessions.begin()` commits at its end."""
        return session_factory(self.engine)

    @property
    def read_sessions(self) -> sessionmaker[Session]:
        """Sessions in AUTOCOMMIT."""
        return read_session_factory(self.engine)
