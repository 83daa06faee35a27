"""`vereda wages`: the table of minimum wages: what a new one changes, and what then fails."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.surroundings import read_settings, refuse, say, show

if TYPE_CHECKING:
    from permits.errors import Fault
    from permits.wages import MinimumWage
    from recruitment.wage_tables import WageChange

group = typer.Typer(
    help="Minimum wages by sector and size, each with its decree and its days.",
    no_args_is_help=True,
)
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
File = Annotated[
    Path, typer.Argument(help="A CSV file with the columns of app/reference/minimum_wages.csv.")
]

WORDS = {
    "dates-reversed": "ends before it begins",
    "missing": "has no row, and a programme names it",
    "out-of-range": "is no amount",
    "twice": "stands twice",
    "unreadable-table": "cannot be read",
}
"""Every fault of a table, in words."""


@group.command("diff")
def diff(file: File, as_json: Json = False) -> None:
    """What a table would change against the one that counts; nothing is loaded."""
    from app.wiring import open_wages
    from recruitment.wage_tables import list_changes

    rows, _ = _good(file)
    show(_rows(list_changes(tuple(open_wages(read_settings())), rows)), as_json=as_json)


@group.command("load")
def load(file: File) -> None:
    """Let a table count from now on, and judge again the vacancies that it touches.

    It lies in VEREDA_PROGRAMMES_DIR and stands over the program's own table, as a whole. Site and
    worker take it up without a restart; the worker judges, and `vereda wages runs` tells how far.
    """
    from app.cli.clients import with_work
    from app.services import minimum_wages
    from app.wiring import open_shelf, open_wages
    from recruitment.wage_tables import find_faults

    rows, text = _good(file)
    settings = read_settings()
    sectors = [one.wage_sector for one in open_shelf(settings).values() if one.wage_sector]
    if faults := find_faults(rows, sectors):
        raise _refused(faults)
    shelf = open_wages(settings)
    changes, run = with_work(lambda work: minimum_wages.load_wages(work, shelf, rows, text))
    for row in _rows(changes):
        say("{sector} {size} {since}: {before} → {after}".format(**row))
    if run is None:
        say("The table says the same already.")
    else:
        say(f"The table counts from now on. To be judged again: {run.total} (run {run.id}).")


@group.command("runs")
def runs(as_json: Json = False) -> None:
    """How far the last runs are, and how many vacancies, contracts and payslips fail since."""
    from app.cli.clients import with_work
    from app.services import judging_runs, wage_runs

    found = with_work(lambda work: [report.run for report in judging_runs.read_reports(work)])
    rows = [
        {
            "run": str(one.id),
            "cause": one.cause,
            "started": one.started_at.isoformat(timespec="minutes"),
            "judged": f"{one.judged}/{one.total}",
            "failing": [str(vacancy) for vacancy in one.failing] if as_json else len(one.failing),
            "ended": one.ended_at.isoformat(timespec="minutes") if one.ended_at else None,
        }
        for one in found
    ]
    at_work = with_work(lambda work: [report.run for report in wage_runs.read_reports(work)])
    rows += [
        {
            "run": str(one.id),
            "cause": f"contracts and payslips from {one.since.isoformat()}",
            "started": one.started_at.isoformat(timespec="minutes"),
            "judged": f"{one.judged}/{one.total}",
            "failing": one.contracts + one.payslips,
            "ended": one.ended_at.isoformat(timespec="minutes") if one.ended_at else None,
        }
        for one in at_work
    ]
    show(rows, as_json=as_json)


@group.command("show")
def show_wages(as_json: Json = False) -> None:
    """The table that counts."""
    from app.wiring import open_wages

    rows = [
        {
            "sector": row.sector,
            "size": row.size.value,
            "month": str(row.per_month_hnl),
            "since": row.valid_from.isoformat(),
            "until": row.valid_until.isoformat() if row.valid_until else None,
            "source": row.source,
        }
        for row in open_wages(read_settings())
    ]
    show(rows, as_json=as_json)


def _good(file: Path) -> "tuple[Sequence[MinimumWage], str]":
    from app.adapters.wage_shelf import read_table
    from permits.errors import Invalid

    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise refuse(f"{file} cannot be read.") from None
    try:
        return read_table(text), text
    except Invalid as invalid:
        raise _refused(invalid.faults) from None


def _refused(faults: "Sequence[Fault]") -> typer.Exit:
    told = [f"{one.field or 'table'} {WORDS[one.code]} {one.facts.get('at', '')}" for one in faults]
    return refuse("; ".join(line.strip() for line in told))


def _rows(changes: "Sequence[WageChange]") -> list[dict[str, object]]:
    return [
        {
            "sector": one.sector,
            "size": one.size.value,
            "since": one.valid_from.isoformat(),
            "before": str(one.before) if one.before is not None else "–",
            "after": str(one.after) if one.after is not None else "–",
        }
        for one in changes
    ]
