"""Copies of the whole database, by PostgreSQL's own programs."""

import os
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from app.adapters.postgres_cluster import find_programs
from app.adapters.server_account import Account, EmbeddedServerError

OURSELVES = Account("ourselves")
_PLAIN = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction")
"""Whoever puts the copy back owns what it makes; the rights are set afterwards."""


def write(url: str, file: Path) -> None:
    """Write a copy in the custom format, readable by its owner only; other work goes on."""
    part = file.with_name(f"{file.name}.part")
    _run("pg_dump", url, "--format=custom", f"--file={part.absolute()}")
    part.chmod(0o600)
    part.rename(file)


def read(url: str, file: Path) -> None:
    """Put a copy in place of what is there, in one transaction: wholly or not at all."""
    _run("pg_restore", url, *_PLAIN, str(file.absolute()))


def _run(program: str, url: str, *arguments: str) -> None:
    """The password goes through the environment: command lines can be read by everybody."""
    parts = urlsplit(url.replace("+psycopg", "", 1))
    bare = urlunsplit(parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", "@", 1)))
    secret = {"PGPASSWORD": unquote(parts.password)} if parts.password else {}
    done = subprocess.run(  # noqa: S603 our own programs, no shell
        [find_programs(OURSELVES) / program, f"--dbname={bare}", *arguments],
        env={**os.environ, **secret},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise EmbeddedServerError(f"{program} failed: {done.stderr.strip()}")
