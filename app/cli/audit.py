"""`vereda audit`: check that nobody changed the log behind the service's back."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.surroundings import (
    REFUSED,
    Unable,
    database_url,
    read_settings,
    say,
    show,
    with_tables,
)

if TYPE_CHECKING:
    from app.services.log_checks import LogReport
    from app.services.ports import Anchor, Ports
    from app.settings import Settings

group = typer.Typer(help="The log: check it against what was signed.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]

STATEMENT_MS = 10 * 60 * 1000
"""Looking for events without a leaf is one statement over the whole log."""
TOLD_EVERY = 2.0
"""Seconds between two lines of progress."""


@group.callback()
def audit() -> None:
    """The log: check it against what was signed."""


@group.command()
def verify(
    anchor: Annotated[
        str,
        typer.Option(
            help="Where checkpoints were exported to: a folder, file://, s3:// or https://; "
            "`none` compares with nothing outside. Unset: VEREDA_CHECKPOINT_EXPORT."
        ),
    ] = "",
    as_json: Json = False,
) -> None:
    """Recompute the whole log and name the first damage. Exit 0 only if all is well."""
    begun = time.monotonic()
    with with_tables(read_settings()) as settings:
        report = _check(settings, anchor)
    first = report.first
    row = {
        "well": report.is_well,
        "events": report.events,
        "waiting": report.waiting,
        "checkpoints": report.checkpoints,
        "exported": report.exported,
        "damages": report.found,
        "first": first.kind.value if first else None,
        "event": first.event if first else None,
        "leaf": first.leaf if first else None,
        "last_leaf": first.last if first else None,
        "told_by": first.told_by.value if first else None,
        "seconds": round(time.monotonic() - begun, 1),
    }
    show([row] if as_json else [{"": k, " ": v} for k, v in row.items()], as_json=as_json)
    if not report.is_well:
        raise typer.Exit(REFUSED)


def _check(settings: "Settings", anchor: str) -> "LogReport":
    """The check, in a transaction that sees one moment and has no hurry."""
    from datetime import UTC, datetime

    from app.services.log_checks import check_log
    from app.services.work import Work
    from app.storage.database import make_engine, session_factory
    from app.storage.grants import AUDITOR
    from app.storage.roles import url_as
    from app.wiring import choose_ports
    from permits.people import SYSTEM

    ports = choose_ports(settings)
    url = url_as(database_url(settings), AUDITOR)
    engine = make_engine(url, pool_size=1, statement_timeout_ms=STATEMENT_MS)
    one_moment = engine.execution_options(isolation_level="REPEATABLE READ")
    try:
        with session_factory(one_moment).begin() as session:
            work = Work(session, SYSTEM, datetime.now(UTC), ports, "cli")
            return check_log(work, _anchor(ports, settings, anchor), _progress())
    except OSError as error:
        raise Unable(f"The second place does not answer ({error}): nothing is known.") from None
    finally:
        engine.dispose()


def _anchor(ports: "Ports", settings: "Settings", anchor: str) -> "Anchor | None":
    """The place that was named, or else that of the settings."""
    from pathlib import Path

    from app.wiring import choose_anchor

    if anchor == "none":
        return None
    if not anchor:
        return ports.anchor
    url = anchor if "://" in anchor else Path(anchor).absolute().as_uri()
    try:
        return choose_anchor(settings.model_copy(update={"checkpoint_export": url}))
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def _progress() -> Callable[[int, int], None]:
    """A line every other second, where it takes that long."""
    last = time.monotonic()

    def tell(done: int, size: int) -> None:
        nonlocal last
        if time.monotonic() - last >= TOLD_EVERY:
            last = time.monotonic()
            say(f"{done:,} of {size:,} events")

    return tell
