"""A real PostgreSQL in the data folder, shared by the processes that use that folder.

Each user holds a shared lock on one file while it uses the server; whoever finds at its end that
nobody else holds it stops the server. The kernel gives back the lock of a killed process, so a
server that was left behind is stopped by the next user.
"""

import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from app.adapters.postgres_cluster import Cluster, find_programs
from app.adapters.server_account import Account, EmbeddedServerError, server_account, system_folder

__all__ = ["EmbeddedPostgres", "EmbeddedServerError"]

START_LOCK = ".postgres-start.lock"
USERS_LOCK = ".postgres-users.lock"
NOTE = "postgres-is-elsewhere"


def _quiet(_: str) -> None:
    """Tell nobody."""


class EmbeddedPostgres:
    """The server of one data folder; use as a context manager or by `start` and `stop`.

    `temporary` gives up safety against power cuts for speed (tests only). `say` gets one line
    for each slow or surprising step. Not for use by several threads at once.
    """

    def __init__(
        self, data_dir: Path, *, temporary: bool = False, say: Callable[[str], None] = _quiet
    ) -> None:
        self.data_dir = data_dir.absolute()
        self._temporary = temporary
        self._say = say
        self._use: int | None = None
        self._cluster: Cluster | None = None

    @property
    def cluster(self) -> Cluster:
        """The cluster behind it; known once it was started."""
        if self._cluster is None:
            raise EmbeddedServerError("The embedded database was not started.")
        return self._cluster

    @property
    def url(self) -> str:
        """How SQLAlchemy and libpq reach the database as its superuser."""
        return self.cluster.url

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Use the server: make and start it where needed. A second call does nothing.

        Raises EmbeddedServerError with one sentence that says what helps.
        """
        if self._use is not None:
            return
        _make_data_dir(self.data_dir)
        with _locked(self.data_dir / START_LOCK):
            account = server_account()
            home = self._home(account)
            self._cluster = Cluster(home, account, find_programs(account), self._temporary)
            use = _open_lock(self.data_dir / USERS_LOCK)
            try:
                fcntl.flock(use, fcntl.LOCK_SH)
                if not self._cluster.answers():
                    self._cluster.make(self._say)
                    self._cluster.launch()
            except BaseException:
                os.close(use)
                raise
            self._use = use

    def stop(self) -> None:
        """Give the server back; the last user stops it. A second call does nothing."""
        if self._use is None:
            return
        with _locked(self.data_dir / START_LOCK):
            use, self._use = self._use, None
            try:
                fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self.cluster.stop()
            except BlockingIOError:
                pass  # somebody else still uses it
            finally:
                os.close(use)

    def _home(self, account: Account) -> Path:
        """The server's folder: in the data folder, or where a note in it says that it went."""
        note = self.data_dir / NOTE
        if note.exists():
            home = Path(note.read_text(encoding="utf-8").strip())
        elif account.reaches(self.data_dir):
            home = self.data_dir / "postgres"
        else:
            home = Path(tempfile.mkdtemp(prefix="postgres-", dir=system_folder(account)))
            note.write_text(f"{home}\n", encoding="utf-8")
            self._say(
                f"The account {account.name} cannot enter {self.data_dir}; "
                f"the database lives in {home}."
            )
        home.mkdir(mode=0o700, exist_ok=True)
        account.own(home)
        return home


def _make_data_dir(folder: Path) -> None:
    """Make the folder where it is missing; one that stands keeps its permissions."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EmbeddedServerError(
            f"The data folder {folder} cannot be made: {error.strerror}."
        ) from error


def _open_lock(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise EmbeddedServerError(
            f"{path} cannot be opened ({error.strerror}): "
            "the data folder must belong to the user who runs this."
        ) from error


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the lock alone while one process starts or stops the server."""
    lock = _open_lock(path)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
