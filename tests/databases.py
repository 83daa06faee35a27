"""Databases for the tests: one server, one migrated template, a clone for whoever needs one."""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import Engine, make_url
from sqlalchemy.orm import Session, sessionmaker

from app.adapters.embedded_postgres import EmbeddedPostgres
from app.storage import migrations
from app.storage.database import make_engine, read_session_factory, session_factory

CHECKOUT = Path(__file__).parent.parent
KEPT_TEMPLATES = 4


@dataclass(frozen=True)
class Database:
    """A database of its own, at the newest migration; what is committed here harms nobody."""

    url: str

    @cached_property
    def engine(self) -> Engine:
        """An engine with room for the threads of a race test."""
        return make_engine(self.url, pool_size=12)

    @property
    def sessions(self) -> sessionmaker[Session]:
        """Sessions that write; `sessions.begin()` commits at its end."""
        return session_factory(self.engine)

    @property
    def read_sessions(self) -> sessionmaker[Session]:
        """Sessions in AUTOCOMMIT."""
        return read_session_factory(self.engine)


class Server:
    """The server that the tests share, and the names of the databases that this process makes."""

    def __init__(self, admin_url: str, folder: Path) -> None:
        self.admin_url = admin_url
        self._folder = folder
        self._count = 0

    @contextmanager
    def clone(self) -> Iterator[Database]:
        """A fresh copy of the migrated template, dropped at the end."""
        self._count += 1
        name = f"run_{os.getpid()}_{self._count}"
        with self._locked():  # a template that is being copied takes no second connection
            template = self._template()
            self._admin("CREATE DATABASE {} TEMPLATE {}", name, template)
        database = Database(self._url(name))
        try:
            yield database
        finally:
            database.engine.dispose()
            self._admin("DROP DATABASE {} WITH (FORCE)", name)

    def drop_leftovers(self) -> None:
        """Drop the databases of test runs that were killed."""
        with self._locked():
            for name in self._names("run"):
                if not _is_alive(int(name.split("_")[1])):
                    self._admin("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _template(self) -> str:
        """The template of the migrations as the files stand; made by whoever comes first."""
        digest = hashlib.sha256()
        for path in sorted(migrations.FOLDER.rglob("*.py")):
            digest.update(path.read_bytes())
        name = f"template_{digest.hexdigest()[:16]}"
        templates = self._names("template")
        if name in templates:
            return name
        for old in templates[:-KEPT_TEMPLATES]:
            self._admin("DROP DATABASE IF EXISTS {}", old)
        self._admin("DROP DATABASE IF EXISTS {}", "half_made")
        self._admin("CREATE DATABASE {}", "half_made")
        engine = make_engine(self._url("half_made"))
        migrations.upgrade(engine)
        engine.dispose()
        self._admin("ALTER DATABASE {} RENAME TO {}", "half_made", name)
        return name

    def _url(self, database: str) -> str:
        return make_url(self.admin_url).set(database=database).render_as_string(hide_password=False)

    def _names(self, prefix: str) -> list[str]:
        with self._connection() as connection:
            rows = connection.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY oid",
                [f"{prefix}_"],
            ).fetchall()
        return [row[0] for row in rows]

    def _admin(self, statement: str, *names: str) -> None:
        with self._connection() as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def _connection(self) -> psycopg.Connection:
        url = make_url(self.admin_url).set(drivername="postgresql")
        return psycopg.connect(url.render_as_string(hide_password=False), autocommit=True)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self._folder / "databases.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


@contextmanager
def test_server() -> Iterator[Server]:
    """The server of this checkout, shared by all test processes; the last one stops it.

    VEREDA_TEST_DATABASE_URL names another server, where the user may create databases.
    """
    key = hashlib.sha256(f"{CHECKOUT} {os.geteuid()}".encode()).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"vereda-tests-{key}"
    folder.mkdir(exist_ok=True)
    folder.chmod(0o711)
    url = os.environ.get("VEREDA_TEST_DATABASE_URL")
    if url:
        yield Server(url, folder)
        return
    with EmbeddedPostgres(folder, temporary=True) as embedded:
        yield Server(embedded.url, folder)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
