"""The embedded server: started, shared, killed, restarted; nobody's folders are touched."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from app.adapters.embedded_postgres import NOTE, EmbeddedPostgres, EmbeddedServerError

# Another process that uses the server until its input ends, or until it is killed.
USER = """
import sys
from pathlib import Path
from app.adapters.embedded_postgres import EmbeddedPostgres
with EmbeddedPostgres(Path(sys.argv[1])) as server:
    print(server.cluster.pid, flush=True)
    sys.stdin.read()
"""


@contextmanager
def reachable_folder() -> Iterator[Path]:
    """A folder that every account can enter, with a path short enough for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="vereda-"))
    folder.chmod(0o711)
    yield folder
    for note in folder.rglob(NOTE):
        shutil.rmtree(note.read_text(encoding="utf-8").strip())
    shutil.rmtree(folder)


@pytest.fixture
def parent() -> Iterator[Path]:
    with reachable_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def made() -> Iterator[EmbeddedPostgres]:
    """A server that was made once: making one is what takes the time."""
    with reachable_folder() as folder, EmbeddedPostgres(folder / "data", temporary=True) as server:
        yield server


@pytest.fixture
def server(made: EmbeddedPostgres) -> Iterator[EmbeddedPostgres]:
    """A server that runs and has kept nothing yet."""
    made.start()
    yield made
    made.start()
    with psycopg.connect(made.url) as connection:
        connection.execute("DROP TABLE IF EXISTS kept, people")


def numbers(server: EmbeddedPostgres) -> list[int]:
    with psycopg.connect(server.url) as connection:
        return [row[0] for row in connection.execute("SELECT n FROM kept ORDER BY n")]


def keep(server: EmbeddedPostgres, number: int) -> None:
    with psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
        connection.execute("INSERT INTO kept VALUES (%s)", [number])


def start_user(data_dir: Path) -> tuple[subprocess.Popen[str], int]:
    process = subprocess.Popen(
        [sys.executable, "-c", USER, str(data_dir)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    return process, int(process.stdout.readline())


def end_user(process: subprocess.Popen[str]) -> int:
    process.communicate()
    return process.returncode


def test_a_restart_keeps_the_data(server: EmbeddedPostgres) -> None:
    keep(server, 1)
    server.stop()
    assert server.cluster.pid is None
    server.start()
    assert numbers(server) == [1]


def test_it_speaks_the_issue_s_postgresql(server: EmbeddedPostgres) -> None:
    with psycopg.connect(server.url) as connection:
        row = connection.execute(
            "SELECT current_setting('server_version_num')::int / 10000, datlocale,"
            " pg_encoding_to_char(encoding), current_setting('listen_addresses')"
            " FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    assert row == (18, "C.UTF-8", "UTF8", "")


def test_no_password_opens_it_to_another_account(server: EmbeddedPostgres) -> None:
    rules = (server.cluster.folder / "pg_hba.conf").read_text(encoding="utf-8").splitlines()
    assert {tuple(rule.split()) for rule in rules} == {
        ("local", "all", "all", "peer", "map=house"),
        ("local", "replication", "all", "peer", "map=house"),
    }
    assert server.cluster.sockets.stat().st_mode & 0o077 == 0


def test_the_server_never_runs_as_root(server: EmbeddedPostgres) -> None:
    assert server.cluster.folder.stat().st_uid != 0


def test_permissions_of_the_folders_above_stay_as_they_are(parent: Path) -> None:
    closed = parent / "closed"
    closed.mkdir(mode=0o700)
    data = closed / "data"
    data.mkdir(mode=0o750)
    above = [*data.parents, data]
    before = [(path.stat().st_mode, path.stat().st_uid, path.stat().st_gid) for path in above]
    said: list[str] = []
    with EmbeddedPostgres(data, temporary=True, say=said.append) as server:
        keep(server, 1)
        assert numbers(server) == [1]
    after = [(path.stat().st_mode, path.stat().st_uid, path.stat().st_gid) for path in above]
    assert after == before
    moved = server.cluster.home != data / "postgres"
    assert moved == (os.geteuid() == 0)
    assert any("lives in" in line for line in said) == moved
    with EmbeddedPostgres(data, temporary=True) as again:
        assert numbers(again) == [1]


def test_a_long_path_has_its_socket_elsewhere(parent: Path) -> None:
    with EmbeddedPostgres(parent / ("x" * 120), temporary=True) as server:
        keep(server, 1)
        assert server.cluster.sockets != server.cluster.home
    server.cluster.sockets.rmdir()


def test_a_killed_server_comes_back_with_all_that_was_committed(parent: Path) -> None:
    with EmbeddedPostgres(parent / "data") as server:
        keep(server, 1)
        pid = server.cluster.pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        server.stop()
        server.start()
        assert server.cluster.pid != pid
        assert numbers(server) == [1]


def test_a_stale_pid_file_that_names_a_living_stranger_is_no_obstacle(
    server: EmbeddedPostgres,
) -> None:
    keep(server, 1)
    account, path = server.cluster.account, server.cluster.folder / "postmaster.pid"
    lines = path.read_text(encoding="utf-8").split("\n")
    server.stop()
    stranger = subprocess.Popen(["/bin/sh", "-c", "read line"], stdin=-1, user=account.uid, cwd="/")
    account.write(path, "\n".join([str(stranger.pid), *lines[1:]]))
    server.start()
    assert numbers(server) == [1]
    assert server.cluster.pid != stranger.pid
    stranger.communicate()


def test_a_server_that_still_runs_is_never_started_over(server: EmbeddedPostgres) -> None:
    pid = server.cluster.pid
    second = EmbeddedPostgres(server.data_dir, temporary=True)
    second.start()
    assert second.cluster.pid == pid
    second.stop()
    assert server.cluster.pid == pid


def test_the_last_user_stops_the_server(server: EmbeddedPostgres) -> None:
    other, pid = start_user(server.data_dir)
    assert pid == server.cluster.pid
    server.stop()
    assert server.cluster.pid == pid
    assert end_user(other) == 0
    assert server.cluster.pid is None


def test_the_server_of_a_killed_user_is_taken_over_and_stopped(parent: Path) -> None:
    other, pid = start_user(parent / "data")
    other.kill()
    end_user(other)
    with EmbeddedPostgres(parent / "data") as server:
        assert server.cluster.pid == pid
    assert server.cluster.pid is None


def test_half_a_cluster_is_made_again(parent: Path) -> None:
    with EmbeddedPostgres(parent / "data", temporary=True) as server:
        cluster = server.cluster.folder
    (cluster / "global" / "pg_control").unlink()
    cluster.rename(cluster.with_name("cluster.new"))
    with server:
        keep(server, 1)
        assert numbers(server) == [1]


def test_a_cluster_of_another_version_is_refused_with_a_way_out(server: EmbeddedPostgres) -> None:
    server.stop()
    version = server.cluster.folder / "PG_VERSION"
    version.write_text("17\n", encoding="utf-8")
    with pytest.raises(EmbeddedServerError, match="made by PostgreSQL 17 and this is 18"):
        server.start()
    version.write_text("18\n", encoding="utf-8")


def test_a_data_folder_that_cannot_be_made_is_one_sentence(parent: Path) -> None:
    (parent / "file").write_text("", encoding="utf-8")
    with pytest.raises(EmbeddedServerError, match="cannot be made"):
        EmbeddedPostgres(parent / "file" / "data").start()


@pytest.mark.promise("P26")
def test_its_log_names_nobody(server: EmbeddedPostgres) -> None:
    """What PostgreSQL tells of a broken rule may quote the row: not into a file."""
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE people (phone text PRIMARY KEY CHECK (phone <> ''))")
        connection.execute("INSERT INTO people VALUES ('+50255512345')")
        for wrong in ("'+50255512345'", "''", "'+50255512345'::int", "NULL"):
            with pytest.raises(psycopg.Error):
                connection.execute(f"INSERT INTO people VALUES ({wrong})")
        with pytest.raises(psycopg.Error):
            connection.execute("INSERT INTO people VALUES (%s)", ["+50255512345"])
    told = server.cluster.log.read_text(encoding="utf-8")
    assert "ready to accept connections" in told
    assert "5551" not in told
