"""The site with two routes more, in a process of its own: an empty one, and the reader alone."""

import subprocess
from pathlib import Path

import uvicorn
from fastapi import Response

from app.cli.surroundings import read_settings
from app.main import create_app

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
    serve()
