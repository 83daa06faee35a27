"""The site with routes more, in a process of its own: empty, the reader alone, bare statements.

    python -m tests.benchmarks.served [unlogged]

`unlogged` writes no event, to show what the log costs.
"""

import hashlib
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any

import psycopg
import uvicorn
from fastapi import FastAPI, Form, Response, UploadFile
from sqlalchemy import Insert, Result, event
from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData
from sqlalchemy.orm import ORMExecuteState, Session

from app.cli.surroundings import read_settings
from app.main import create_app
from app.settings import Settings
from app.storage.audit import audit_events

ROOT = Path(__file__).parent.parent.parent
EMPTY, READER, BARE = "/bench/empty", "/bench/reader.js", "/bench/statements"
PLAIN = "/bench/complaint"


def bundle_reader() -> bytes:
    """The scanner's reader with its options and nothing of ours around it, as one module."""
    command = [
        str(ROOT / "node_modules" / ".bin" / "esbuild"),
        str(ROOT / "app" / "web" / "scanner" / "reader.js"),
        *("--bundle", "--format=esm", "--minify", "--target=es2022"),
        *(f"--external:{name}" for name in ("module", "fs", "path", "url")),
    ]
    return subprocess.run(command, capture_output=True, check=True).stdout


def write_no_events() -> None:
    """From now on the sessions of this process drop the statements that write events."""

    def drop(state: ORMExecuteState) -> Result[Any] | None:
        events = isinstance(state.statement, Insert) and state.statement.table is audit_events
        return IteratorResult(SimpleResultMetaData([]), iter(())) if events else None

    event.listen(Session, "do_orm_execute", drop)


def add_bare(app: FastAPI, settings: Settings) -> None:
    """PUT takes SQL statements with their values; POST sends them in one transaction."""
    assert settings.database_url is not None
    url = settings.database_url.get_secret_value().replace("postgresql+psycopg", "postgresql")
    held = list[bytes]()
    lines = list[psycopg.Connection]()

    @app.put(BARE)
    def hold(statements: list[str]) -> Response:
        held[:] = [statement.encode() for statement in statements]
        lines[:] = lines or [psycopg.connect(url, autocommit=True)]
        return Response(status_code=204)

    @app.post(BARE)
    def send() -> dict[str, int]:
        with lines[0].transaction(), lines[0].cursor() as cursor:
            for statement in held:
                cursor.execute(statement)
        return {"sent": len(held)}


def add_plain(app: FastAPI, settings: Settings) -> None:
    """POST takes a complaint as plainly as can be: a row and a file in clear, and a receipt."""
    assert settings.database_url is not None
    url = settings.database_url.get_secret_value().replace("postgresql+psycopg", "postgresql")
    folder = settings.data_dir / "plain"
    folder.mkdir(exist_ok=True)
    line = psycopg.connect(url, autocommit=True)
    line.execute("CREATE TABLE IF NOT EXISTS bench_complaints (hash bytea, words text, file text)")

    @app.post(PLAIN)
    def take(words: Annotated[str, Form()], voice: UploadFile) -> Response:
        digits = f"{secrets.randbelow(10**16):016d}"
        name = secrets.token_hex(16)
        (folder / name).write_bytes(voice.file.read())
        kept = (hashlib.sha256(digits.encode()).digest(), words, name)
        line.execute("INSERT INTO bench_complaints VALUES (%s, %s, %s)", kept)
        return Response(digits, media_type="text/plain")


def serve() -> None:
    """Serve as `vereda serve` does, until SIGTERM."""
    settings = read_settings()
    app = create_app(settings)
    reader = bundle_reader()

    @app.get(EMPTY)
    def answer_nothing() -> Response:
        return Response(status_code=204)

    @app.get(READER)
    def send_reader() -> Response:
        return Response(reader, media_type="text/javascript")

    add_bare(app, settings)
    add_plain(app, settings)
    uvicorn.run(app, host="127.0.0.1", port=settings.port, log_config=None, access_log=False)


if __name__ == "__main__":
    if sys.argv[1:] == ["unlogged"]:
        write_no_events()
    serve()
