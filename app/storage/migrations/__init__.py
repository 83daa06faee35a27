"""The numbered steps that make the tables, and how to walk them; no configuration file needed."""

import importlib
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, text

from app import storage
from app.storage.database import Base
from app.storage.sealed import Vault

FOLDER = Path(__file__).parent
LOCK = 5_783_370  # "vereda" on a telephone, shortened; any fixed number serves


def config(connection: Connection | None = None, vault: Vault | None = None) -> Config:
    """Alembic's configuration; `connection` is what `env.py` works on.

    A step that seals or opens fields asks for the `vault`.
    """
    made = Config()
    made.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    made.attributes["vault"] = vault
    return made


def known_tables() -> MetaData:
    """Every table that a room of the storage floor names."""
    for room in pkgutil.iter_modules(storage.__path__, "app.storage."):
        importlib.import_module(room.name)
    return Base.metadata


def head() -> str | None:
    """The newest step that this code knows."""
    return ScriptDirectory.from_config(config()).get_current_head()


def knows(revision: str) -> bool:
    """Whether this code knows a step; a newer one it does not."""
    steps = ScriptDirectory.from_config(config()).walk_revisions()
    return revision in {step.revision for step in steps}


def current(engine: Engine) -> str | None:
    """The step that the database stands at, None before the first."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def serves(engine: Engine) -> bool:
    """Whether this code can work on the database: at its newest step, or at a newer version's."""
    stands = current(engine)
    return stands is not None and (stands == head() or not knows(stands))


def upgrade(engine: Engine, revision: str = "head", vault: Vault | None = None) -> None:
    """Walk up to a step, each in its own transaction; a second process waits and finds it done.

    RuntimeError where a step finds fields to seal and has no vault.
    """
    with _alone(engine) as connection:
        command.upgrade(config(connection, vault), revision)


def downgrade(engine: Engine, revision: str = "base", vault: Vault | None = None) -> None:
    """Walk down to a step; what newer steps made is lost.

    RuntimeError where a step finds fields to open and has no vault.
    """
    with _alone(engine) as connection:
        command.downgrade(config(connection, vault), revision)


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """A connection that no other process migrates beside.

    Waiting for another process may take long, so the lock of the walk has no time limit; a step's
    own limits stand in `env.py`.
    """
    with engine.connect() as connection:
        connection.execute(text("SET lock_timeout = 0"))
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": LOCK})
        connection.commit()
        try:
            yield connection
        finally:
            connection.rollback()
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": LOCK})
            connection.commit()
            connection.invalidate()  # its limits were changed; nobody else gets it
