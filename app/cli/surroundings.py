"""What every command stands on: the settings, the database and the ways to print."""

import json
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any

import typer
from pydantic import SecretStr, ValidationError
from rich.console import Console
from rich.table import Table
from rich.text import Text

from app.adapters.embedded_postgres import EmbeddedPostgres
from app.settings import Settings

REFUSED = 1
"""Exit code: it was done and the answer is no (2 is a wrong use of the command)."""
UNABLE = 3
"""Exit code: the surroundings forbid it, such as a setting or a database that is missing."""

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Ctrl-C, a polite request to end, a closed terminal."""


class Unable(Exception):
    """The surroundings do not allow it; the text is one sentence that says what helps."""


def read_settings(
    *, host: str | None = None, port: int | None = None, workers: int | None = None
) -> Settings:
    """The settings of the environment; a command's option that was given comes first.

    Raises Unable that names every setting that is wrong, never a value.
    """
    given: dict[str, Any] = {"host": host, "port": port, "workers": workers}
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False, include_context=False)
        told = [(".".join(str(part) for part in fault["loc"]), fault["msg"]) for fault in faults]
        raise Unable(
            "; ".join(f"{name}: {text}" if name else text for name, text in told)
        ) from None


@contextmanager
def with_database(settings: Settings) -> Iterator[Settings]:
    """The settings with a database behind them: the one they name, or the embedded one.

    The embedded server is given back at the end, and a second Ctrl-C does not stop that.
    """
    if settings.database_url is not None:
        yield settings
        return
    server = EmbeddedPostgres(settings.data_dir, say=say)
    server.start()
    try:
        yield settings.model_copy(update=_embedded_urls(server.url))
    finally:
        before = {number: signal.signal(number, signal.SIG_IGN) for number in ENDINGS}
        server.stop()
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def with_tables(settings: Settings) -> Iterator[Settings]:
    """As `with_database`; Unable where it does not answer, or has not the tables of this version.

    A database that a newer version has migrated already serves this one too.
    """
    from app.storage import migrations
    from app.storage.database import ask_server, make_engine

    with with_database(settings) as ready:
        engine = make_engine(database_url(ready), pool_size=1)
        try:
            if ask_server(engine) is None:
                raise Unable("The database does not answer; `vereda doctor` tells what helps.")
            if not migrations.serves(engine):
                raise Unable("The tables are missing or too old: run `vereda db migrate`.")
        finally:
            engine.dispose()
        yield ready


def _embedded_urls(admin: str) -> Mapping[str, SecretStr]:
    """The addresses of our own server, whose users stand ready: nobody serves as its superuser."""
    from app.storage import roles
    from app.storage.database import make_engine
    from app.storage.grants import APP, OWNER, WORKER

    engine = make_engine(admin, pool_size=1)
    roles.prepare(engine)
    engine.dispose()
    users = {"database_url": APP, "database_worker_url": WORKER, "database_owner_url": OWNER}
    return {name: SecretStr(roles.signed_in_as(admin, role)) for name, role in users.items()}


def database_url(settings: Settings) -> str:
    """The address of the database, password and all; only inside `with_database`."""
    if settings.database_url is None:
        raise Unable("VEREDA_DATABASE_URL is not set and no embedded database was started.")
    return settings.database_url.get_secret_value()


def owner_url(settings: Settings) -> str:
    """The same database as the owner of its tables."""
    given = settings.database_owner_url
    return given.get_secret_value() if given else database_url(settings)


def worker_url(settings: Settings) -> str:
    """The same database as the background worker."""
    given = settings.database_worker_url
    return given.get_secret_value() if given else database_url(settings)


def end_like_ctrl_c() -> None:
    """Let a polite request to end (SIGTERM, a closed terminal) end a command as Ctrl-C does."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
    signal.signal(signal.SIGHUP, interrupt)


def say(line: str) -> None:
    """One line of progress, on standard error so that a reply stays clean."""
    print(line, file=sys.stderr, flush=True)


def show(rows: Sequence[Mapping[str, object]], *, as_json: bool) -> None:
    """Rows of one reply, as a table for people or as JSON (a list of objects) for programs."""
    if as_json:
        print(json.dumps([dict(row) for row in rows], ensure_ascii=False, default=str, indent=2))
        return
    table = Table(*(rows[0] if rows else ()), box=None)
    for row in rows:
        table.add_row(*(Text(str(value)) for value in row.values()))  # no markup: names are data
    Console(highlight=False).print(table)


def refuse(line: str) -> typer.Exit:
    """Say why the answer is no; the caller raises what this returns."""
    say(line)
    return typer.Exit(REFUSED)
