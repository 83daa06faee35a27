"""`vereda retention`: let go of what is due, hold a file back, erase again after a restore."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar
from uuid import UUID

import typer

from app.cli.surroundings import read_settings, refuse, say, show, with_tables

if TYPE_CHECKING:
    from app.services.work import Work

T = TypeVar("T")
group = typer.Typer(help="What is kept, what goes, what is held.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
REASONS = ("court", "complaint", "audit")


@group.command()
def run(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count only.")] = False,
    as_json: Json = False,
) -> None:
    """Let go of all that is due now; the worker does the same every night."""
    from app.services import retention

    report = _do(retention.plan_retention) if dry_run else None
    counts = dict(report.counts) if report else dict[str, int]()
    if not dry_run:
        more = True
        while more:
            report = _do(retention.run_retention)
            more = report.more
            for name, number in report.counts.items():
                counts[name] = counts.get(name, 0) + number
            if more:
                say(f"{sum(counts.values())} so far.")
    key = "due" if dry_run else "gone"
    rows = [{"what": name, key: number} for name, number in sorted(counts.items())]
    show(rows, as_json=as_json)
    if report and report.consents_over:
        say(f"Consents that are over while their file stands: {report.consents_over}.")


@group.command()
def hold(
    application: Annotated[UUID, typer.Argument(help="The application's id.")],
    reason: Annotated[str, typer.Option(help=", ".join(REASONS))],
) -> None:
    """Keep a file whatever its time; neither the job nor its worker erases it."""
    from app.services import erasing

    if reason not in REASONS:
        raise typer.BadParameter(f"one of {', '.join(REASONS)}")
    _do(lambda work: erasing.place_hold(work, application, reason))
    say("Held.")


@group.command()
def lift(application: Annotated[UUID, typer.Argument(help="The application's id.")]) -> None:
    """Let a file that was held go again when its time is over."""
    from app.services import erasing

    _do(lambda work: erasing.lift_hold(work, application))
    say("Lifted.")


@group.command()
def erased(as_json: Json = False) -> None:
    """List what was ever erased. Keep a copy beside every backup, for `erase-again`."""
    from app.services import erasing

    rows = [
        {"application": str(case), "cause": cause, "at": at.isoformat()}
        for case, cause, at in _do(erasing.list_erased)
    ]
    show(rows, as_json=as_json)


@group.command("erase-again")
def erase_again(
    file: Annotated[Path, typer.Argument(help="What `erased --json` printed.")],
) -> None:
    """After a restore: erase once more what the copy brought back."""
    from app.services import erasing

    listed = read_erased(file)
    found = _do(lambda work: erasing.erase_again(work, listed))
    say(f"Erased again: {len(found)} of {len(listed)}.")


def read_erased(file: Path) -> list[UUID]:
    """The files that a list of `erased --json` names; exit 1 where it is none."""
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
        return [UUID(row["application"]) for row in rows]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise refuse(f"Not done. {file} is no list of erasures.") from None


def _do(act: Callable[["Work"], T]) -> T:
    from datetime import UTC, datetime

    from app.services.work import Work
    from app.wiring import open_house
    from permits.errors import DomainError
    from permits.people import SYSTEM

    with with_tables(read_settings()) as given:
        # Only the worker's user of the database may delete.
        url = given.database_worker_url or given.database_url
        house = open_house(given.model_copy(update={"database_url": url}))
        try:
            with house.sessions.begin() as session:
                return act(Work(session, SYSTEM, datetime.now(UTC), house.ports, "cli"))
        except DomainError as error:
            raise refuse(f"Not done: {error.code}.") from None
        finally:
            house.engine.dispose()
