"""`vereda serve` and `vereda worker`: the long-running processes and how they end."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import SecretStr

from app.cli.database import bring_up_to_date
from app.cli.demo import seed_if_empty
from app.cli.readiness import refuse_demo_keys, refuse_demo_people
from app.cli.surroundings import (
    Unable,
    database_url,
    end_like_ctrl_c,
    read_settings,
    say,
    with_database,
    worker_url,
)
from app.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

WEB = "app.cli.serve:web_app"
WORKER = (sys.executable, "-m", "app.cli.background")
GRACE_SECONDS = 10
MOST_CONNECTIONS = 1000
"""Of each web process; whoever comes then is told 503 at once instead of waiting."""


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    workers: Annotated[int | None, typer.Option(help="Web processes.")] = None,
    with_worker: Annotated[bool, typer.Option(help="Run the background worker too.")] = True,
) -> None:
    """Serve the site: start the database if it is embedded, migrate, work, listen.

    Ctrl-C ends everything that was started; a second Ctrl-C does not wait for open requests.
    """
    from app.adapters import logs

    end_like_ctrl_c()
    settings = read_settings(host=host, port=port, workers=workers)
    logs.configure(settings.log_format, settings.log_level)
    run(settings, WEB, WORKER if with_worker else ())


def run(settings: Settings, web: str, worker_command: tuple[str, ...]) -> None:
    """Run the site on its database until it is told to end.

    `web` is `module:function` that makes the application; no `worker_command`, no worker.
    """
    refuse_taken_port(settings)
    with with_database(settings) as ready:
        refuse_mighty_user(ready, database_url(ready))
        bring_up_to_date(ready)
        refuse_demo_keys(ready)
        refuse_demo_people(ready)
        if ready.is_demo and ready.demo_data:
            seed_if_empty(ready)
        hand_down(ready)
        with background_worker(worker_command):
            run_web(ready, web)


def worker() -> None:
    """Do the work that waits: signing, messages, deadlines. Ends at Ctrl-C or SIGTERM."""
    from app.adapters import logs
    from app.worker import run

    end_like_ctrl_c()
    settings = read_settings()
    logs.configure(settings.log_format, settings.log_level)
    with with_database(settings) as ready:
        refuse_demo_keys(ready)
        own = SecretStr(worker_url(ready))
        refuse_mighty_user(ready, own.get_secret_value())
        try:
            run(ready.model_copy(update={"database_url": own}))
        except KeyboardInterrupt:
            say("The worker has ended.")


def web_app() -> "FastAPI":
    """The web application of one process, from the settings that `serve` handed down."""
    from app.adapters import logs
    from app.main import create_app

    settings = read_settings()
    logs.configure(settings.log_format, settings.log_level)
    return create_app(settings)


def hand_down(settings: Settings) -> None:
    """Tell child processes by the environment what this one has settled, and not the owner."""
    for name in ("VEREDA_DATABASE_OWNER_URL", "VEREDA_DATABASE_OWNER_URL_FILE"):
        os.environ.pop(name, None)
    os.environ.update(
        VEREDA_DATABASE_URL=database_url(settings),
        VEREDA_DATABASE_WORKER_URL=worker_url(settings),
        VEREDA_DATA_DIR=str(settings.data_dir),
        VEREDA_HOST=settings.host,
        VEREDA_PORT=str(settings.port),
    )


def refuse_mighty_user(settings: Settings, url: str) -> None:
    """In production nobody serves as a user of the database who could change the log.

    Raises Unable.
    """
    from app.storage import rights
    from app.storage.database import make_engine

    if settings.is_demo:
        return
    engine = make_engine(url, pool_size=1)
    powers = rights.find_powers(engine)
    engine.dispose()
    if powers:
        raise Unable(
            f"Not fit for production: the database's user {', '.join(powers)}. Give that one to "
            "VEREDA_DATABASE_OWNER_URL and one with fewer rights to VEREDA_DATABASE_URL."
        )


def refuse_taken_port(settings: Settings) -> None:
    """Find out before the long steps that somebody else listens there; raises Unable."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise Unable(
                f"Cannot listen on {settings.host}:{settings.port} ({error.strerror}): "
                "stop the other program or set PORT."
            ) from error


def run_web(settings: Settings, factory: str) -> None:
    """Listen until Ctrl-C or SIGTERM; `factory` makes the application."""
    import uvicorn

    from app.web.connections import BoundedProtocol

    threading.Thread(target=announce, args=(settings,), daemon=True).start()
    try:
        uvicorn.run(
            factory,
            factory=True,
            host=settings.host,
            port=settings.port,
            workers=settings.workers,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=bool(settings.trusted_proxy),
            forwarded_allow_ips=list(settings.trusted_proxy),
            http=BoundedProtocol,
            ws="none",
            limit_concurrency=MOST_CONNECTIONS,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
    except KeyboardInterrupt:
        say("Stopping …")


def announce(settings: Settings) -> None:
    """Say where the site is as soon as somebody listens there."""
    address = "127.0.0.1" if settings.host in {"0.0.0.0", ""} else settings.host  # noqa: S104
    until = time.monotonic() + 120
    from app.demo.seed import sign_in_lines

    while time.monotonic() < until:
        try:
            socket.create_connection((address, settings.port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            say(f"Vereda is at {settings.public_url}")
            for line in sign_in_lines() if settings.is_demo else ():
                say(line)
            return


@contextmanager
def background_worker(command: tuple[str, ...]) -> Iterator[None]:
    """Run the worker beside us; it ends when we do, even when we are killed.

    It stands in a session of its own, so that Ctrl-C reaches us alone and we end it in order. It
    watches its input, which the kernel closes when we are gone.
    """
    if not command:
        yield
        return
    process = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(GRACE_SECONDS)
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            process.kill()
            process.wait()
        if process.stdin:
            process.stdin.close()


def end_with_parent() -> None:
    """Ask ourselves to end when the input closes, that is when the parent has gone."""

    def watch() -> None:
        # Unbuffered: a daemon thread inside a buffered read would spoil the interpreter's end.
        while os.read(sys.stdin.fileno(), 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()
