"""Databases for the tests: one server, one migrated template, a copy for whoever needs one.

Nobody works as the superuser: what a role has no grant for is refused in the tests as in life.
"""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import cache, cached_property
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import Engine, make_url

from app.adapters.embedded_postgres import EmbeddedPostgres
from app.storage import grants, migrations, rights, roles
from app.storage.agency_sets import agency_sets, set_agencies
from app.storage.database import make_engine
from app.storage.grants import APP, OWNER, WORKER, DatabaseRole
from permits.approvals import takes_places
from tests import agencies
from tests.agencies import SETS
from tests.one_database import Database
from tests.spare_databases import Sweeper

__all__ = ["Database", "Server", "test_server"]

CHECKOUT = Path(__file__).parent.parent
KEPT_TEMPLATES = 4
ROOM_IN_MEMORY = 4 * 2**30  # bytes: some two hundred clones and the log of the writes
MOST_RESTING = 12
"""Connections that an emptied database may keep; a race leaves more."""
TESTERS = "vereda_tests"
"""May what the site and the worker may together: tests of the services act for both."""


class Server:
    """The server that the tests share, and the names of the databases that this process makes."""

    def __init__(self, admin_url: str, folder: Path) -> None:
        self.admin_url = admin_url
        self._folder = folder
        self._count = 0
        self._given_back: list[str] = []
        self._spare: list[tuple[Database, Sweeper]] = []
        self._is_made = False

    @contextmanager
    def clone(self) -> Iterator[Database]:
        """A database as the migrations leave it: an emptied one, or a fresh copy of the template.

        Nothing may be running in it any more when it is given back.
        """
        database, sweeper = self._spare.pop() if self._spare else self._copy()
        try:
            yield database
        finally:
            resting = database.resting()
            if resting is not None and resting <= MOST_RESTING and sweeper.sweep(resting):
                self._spare.append((database, sweeper))
            else:
                self._give_back(database, sweeper)

    @contextmanager
    def copy(self) -> Iterator[Database]:
        """A fresh copy of the template, for whoever minds what an emptied one remembers: plans."""
        database, sweeper = self._copy()
        try:
            yield database
        finally:
            self._give_back(database, sweeper)

    @contextmanager
    def copy_of(
        self, what: str, folder: Path, make: Callable[[Database, Path], None]
    ) -> Iterator[Database]:
        """A copy of what is made once for all processes of a run, its files in a new `folder`."""
        kept = f"run_{_run()}_{what}"
        files = self._folder / kept
        with self._locked(what):
            if kept not in self._names("run"):
                shutil.rmtree(files, ignore_errors=True)
                database, sweeper = self._copy()
                make(database, files)
                sweeper.connection.close()
                database.dispose()
                self._admin("ALTER DATABASE {} RENAME TO {}", database.name, kept)
            shutil.copytree(files, folder)
            database, sweeper = self._copy(kept)
        try:
            yield database
        finally:
            self._give_back(database, sweeper)

    def _copy(self, source: str | None = None) -> tuple[Database, Sweeper]:
        name = self._next_name()
        with self._locked():  # a template that is being copied takes no second connection
            template = source or self._template()
            copying = "CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY FILE_COPY"
            self._admin(copying, name, template, OWNER)
        office = make_url(self.admin_url).username or ""
        sweeper = Sweeper(_connect(self.url_of(name, office)))
        return Database(self.url_of(name, TESTERS)), sweeper

    def _give_back(self, database: Database, sweeper: Sweeper | None = None) -> None:
        if sweeper is not None:
            sweeper.connection.close()
        database.dispose()
        self._given_back.append(database.name)

    @contextmanager
    def empty(self) -> Iterator[Database]:
        """A database in which nothing was made yet, as its owner."""
        name = self._next_name()
        self._admin("CREATE DATABASE {} OWNER {}", name, OWNER)
        database = Database(self.url_of(name, OWNER))
        try:
            yield database
        finally:
            self._give_back(database)

    def _next_name(self) -> str:
        """Of the next database; those that were given back are dropped by now.

        Not at once: PostgreSQL waits a tenth of a second for connections that are just ending.
        """
        self._drop_given_back()
        self._count += 1
        return f"run_{os.getpid()}_{self._count}"

    def _drop_given_back(self) -> None:
        while self._given_back:
            self._admin("DROP DATABASE {} WITH (FORCE)", self._given_back.pop())

    def drop_leftovers(self) -> None:
        """Drop the databases of test runs that were killed."""
        with self._locked():
            for name in self._names("run"):
                if not _is_alive(int(name.split("_")[1])):
                    self._admin("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
                    shutil.rmtree(self._folder / name, ignore_errors=True)

    def _template(self) -> str:
        """The template of the migrations as the files stand; made by whoever comes first."""
        name = _template_name()
        if self._is_made or name in (templates := self._names("template")):
            self._is_made = True
            return name
        for old in templates[:-KEPT_TEMPLATES]:
            self._admin("DROP DATABASE IF EXISTS {}", old)
        self._admin("DROP DATABASE IF EXISTS {}", "half_made")
        self._make_users()
        self._admin("CREATE DATABASE {} OWNER {}", "half_made", OWNER)
        engine = make_engine(self.url_of("half_made", OWNER))
        migrations.upgrade(engine)
        rights.apply(engine)
        _ask_agencies(engine)
        with engine.connect() as connection:
            unknown = rights.read_wanted(connection).keys() - grants.GRANTS.keys()
        engine.dispose()
        unknown = {table for table in unknown if not table.endswith("_seq")}
        assert not unknown, f"app/storage/grants.py must say who may do what with {unknown}"
        _connect(self.url_of("half_made", OWNER)).close()  # leaves a cache that clones start with
        self._admin("ALTER DATABASE {} RENAME TO {}", "half_made", name)
        return name

    def _make_users(self) -> None:
        """The roles of the house, and the one of the tests; with the password that we came with."""
        engine = make_engine(self.admin_url)
        roles.prepare(engine)
        engine.dispose()
        known = self._office.execute("SELECT FROM pg_roles WHERE rolname = %s", [TESTERS])
        if known.fetchone() is None:
            self._admin("CREATE ROLE {} LOGIN", TESTERS)
        self._admin("GRANT {}, {} TO {}", APP, WORKER, TESTERS)
        password = make_url(self.admin_url).password
        for user in (*DatabaseRole, TESTERS) if password is not None else ():
            change = sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}")
            self._office.execute(change.format(sql.Identifier(user), sql.Literal(password)))

    def url_of(self, database: str, user: str) -> str:
        """The address of one database of this server as one user."""
        url = make_url(self.admin_url).set(database=database, username=user)
        return url.render_as_string(hide_password=False)

    def _names(self, prefix: str) -> list[str]:
        rows = self._office.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY oid",
            [f"{prefix}_"],
        ).fetchall()
        return [row[0] for row in rows]

    def _admin(self, statement: str, *names: str) -> None:
        self._office.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    @cached_property
    def _office(self) -> psycopg.Connection:
        """The one connection that makes and drops databases."""
        return _connect(self.admin_url)

    def close(self) -> None:
        """No database is made any more."""
        while self._spare:
            self._give_back(*self._spare.pop())
        self._drop_given_back()
        self._office.close()

    @contextmanager
    def _locked(self, what: str = "databases") -> Iterator[None]:
        with (self._folder / f"{what}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


@contextmanager
def test_server() -> Iterator[Server]:
    """The server of this checkout, shared by all test processes; the last one stops it.

    VEREDA_TEST_DATABASE_URL names another server, where the user may create databases.
    """
    key = hashlib.sha256(f"{CHECKOUT} {os.geteuid()}".encode()).hexdigest()[:12]
    folder = _fast_folder() / f"vereda-tests-{key}"
    folder.mkdir(exist_ok=True)
    folder.chmod(0o711)
    url = os.environ.get("VEREDA_TEST_DATABASE_URL")
    if url:
        with closing(Server(url, folder)) as server:
            yield server
        return
    with (
        EmbeddedPostgres(folder, temporary=True) as embedded,
        closing(Server(embedded.url, folder)) as server,
    ):
        yield server


def _connect(url: str) -> psycopg.Connection:
    """A connection of its own, without an engine."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True)


@cache
def _template_name() -> str:
    digest = hashlib.sha256()
    for path in sorted(migrations.FOLDER.rglob("*.py")):
        digest.update(path.read_bytes())
    granting = sorted(Path(str(grants.__file__)).parent.glob("grants*.py"))
    for path in (*granting, *(Path(str(room.__file__)) for room in (rights, roles, agencies))):
        digest.update(path.read_bytes())
    return f"template_{digest.hexdigest()[:16]}"


def _ask_agencies(owner: Engine) -> None:
    """The sets of the tests' own programmes, as `vereda db migrate` leaves those of a new one."""
    with owner.begin() as connection:
        for number, (code, asking) in enumerate(SETS.items(), start=101):
            asked = {
                "id": number,
                "programme": code,
                "size": len(asking),
                "places_by": takes_places(asking).value,
                "since": datetime(2026, 10, 1, tzinfo=UTC),
            }
            connection.execute(agency_sets.insert(), asked)
            for place, agency in enumerate(asking, start=1):
                row = (number, place, agency.value, place - 1 or None, len(asking))
                connection.execute(set_agencies.insert().values(row))


def _fast_folder() -> Path:
    """Where a clone of 600 files takes 30 ms and not 600: in memory, if there is plenty of it."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK)
    if roomy and shutil.disk_usage(memory).free >= ROOM_IN_MEMORY:
        return memory
    return Path(tempfile.gettempdir())


def _run() -> int:
    """The process that all test processes of this run have in common."""
    return os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
