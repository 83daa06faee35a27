"""The engine, the sessions and the base of every table."""

import select
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

import psycopg
from sqlalchemy import (
    DateTime,
    Engine,
    MetaData,
    Numeric,
    Text,
    Uuid,
    create_engine,
    event,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DisconnectionError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

__all__ = [
    "Base",
    "Engine",
    "Session",
    "ask_server",
    "make_engine",
    "read_session_factory",
    "session_factory",
]

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

STATEMENTS = 1_000
"""How many compiled statements are kept: there are some 900, of about 24 KB each."""


class Base(DeclarativeBase):
    """Base of every table: named constraints, aware instants, native UUIDs, JSONB."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: DateTime(timezone=True),
        UUID: Uuid(as_uuid=True),
        Decimal: Numeric(14, 2),
        str: Text,
        dict[str, Any]: JSONB,
        list[Any]: JSONB,
    }


def make_engine(
    url: str,
    *,
    pool_size: int = 4,
    statement_timeout_ms: int = 15_000,
    lock_timeout_ms: int = 5_000,
    application: str = "vereda",
) -> Engine:
    """An engine for one process, with a pool as large as its thread pool and no overflow.

    The pool lends no connection that its server has ended, so that a server that was restarted
    costs no request. A statement, a wait for a lock and an idle transaction end at their limits;
    the instants of the session are UTC.
    """
    limits = {
        "statement_timeout": statement_timeout_ms,
        "lock_timeout": lock_timeout_ms,
        "idle_in_transaction_session_timeout": 4 * statement_timeout_ms,
        "timezone": "UTC",
    }
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=10,
        query_cache_size=STATEMENTS,
        skip_autocommit_rollback=True,
        connect_args={
            "options": " ".join(f"-c {name}={value}" for name, value in limits.items()),
            "application_name": application,
            "connect_timeout": 10,
        },
    )
    event.listen(engine, "checkout", _refuse_ended)
    return engine


def _refuse_ended(line: psycopg.Connection, _record: object, _lent: object) -> None:
    """Make the pool connect anew where the server has hung up: it says so, unasked, on the line.

    A look at the socket tells that without the round trip that a question costs each request.
    """
    looking = select.poll()
    looking.register(line.fileno(), select.POLLIN)
    if looking.poll(0):
        raise DisconnectionError("the server has ended this connection")


SessionFactory = sessionmaker[Session]
"""Makes sessions; `begin()` gives one that commits at its end."""


def session_factory(engine: Engine) -> SessionFactory:
    """Sessions that write: one transaction each, READ COMMITTED; values stay after the commit."""
    return sessionmaker(engine, expire_on_commit=False)


def read_session_factory(engine: Engine) -> SessionFactory:
    """Sessions that only read, of the same pool, each statement by itself (AUTOCOMMIT).

    They save the round trips of BEGIN and COMMIT; two statements may see different moments.
    """
    return sessionmaker(
        engine.execution_options(isolation_level="AUTOCOMMIT"),
        expire_on_commit=False,
        autoflush=False,
    )


@dataclass(frozen=True)
class Server:
    """What a database server says of itself: its major version and its clock."""

    major: int
    now: datetime


def ask_server(engine: Engine) -> Server | None:
    """Ask the server for a sign of life; None where it does not answer."""
    question = text("SELECT current_setting('server_version_num')::int / 10000, clock_timestamp()")
    try:
        with engine.connect() as connection:
            major, now = connection.execute(question).one()
    except OperationalError:
        return None
    return Server(major, now)
