"""One instant of the whole database, held still while it is copied; and what a new one holds."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine, text

from app.storage.roles import quoted

_TABLES = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
ORDER BY relname
"""


@dataclass(frozen=True)
class Snapshot:
    """What the database held at one instant; `name` lets another connection see the same."""

    name: str
    revision: str
    counts: Mapping[str, int]
    checkpoint: str | None


@contextmanager
def held_snapshot(engine: Engine) -> Iterator[Snapshot]:
    """The instant of now, seen by everybody who names it until this ends."""
    with engine.connect() as connection:
        connection = connection.execution_options(isolation_level="REPEATABLE READ")
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text("SET idle_in_transaction_session_timeout = 0"))
        name = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        counts = {
            table: connection.exec_driver_sql(quoted("SELECT count(*) FROM {}", table)).scalar_one()
            for table in connection.execute(text(_TABLES)).scalars().all()
        }
        newest = "SELECT note FROM audit_checkpoints ORDER BY size DESC LIMIT 1"
        yield Snapshot(
            name,
            connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one(),
            counts,
            connection.execute(text(newest)).scalar(),
        )
        connection.rollback()
        connection.invalidate()  # its limits were changed; nobody else gets it


def count_rows(engine: Engine) -> dict[str, int]:
    """How many rows each table holds; {} in a database without tables."""
    with engine.connect() as connection:
        tables = connection.execute(text(_TABLES)).scalars().all()
        return {
            table: connection.exec_driver_sql(quoted("SELECT count(*) FROM {}", table)).scalar_one()
            for table in tables
        }
