"""The site with two routes more, in a process of its own: an empty one, and the reader alone.

    python -m tests.benchmarks.served [unlogged]

`unlogged` writes no event, to show what the log costs.
"""

import subprocess
import sys
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import Response
from sqlalchemy import Insert, Result, event
from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData
from sqlalchemy.orm import ORMExecuteState, Session

from app.cli.surroundings import read_settings
from app.main import create_app
from app.storage.audit import audit_events

ROOT = Path(__file__).parent.parent.parent
EMPTY, READER = "/bench/empty", "/bench/reader.js"


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

    uvicorn.run(app, host="127.0.0.1", port=settings.port, log_config=None, access_log=False)


if __name__ == "__main__":
    if sys.argv[1:] == ["unlogged"]:
        write_no_events()
    serve()
