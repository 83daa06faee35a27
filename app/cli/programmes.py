"""`vereda programmes`: check, compare, load and show the files that say what a programme asks."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from app.cli.surroundings import REFUSED, read_settings, refuse, say, show

if TYPE_CHECKING:
    from app.adapters.programme_shelf import ProgrammeShelf
    from app.services.work import Work
    from permits.errors import Fault
    from permits.programme_changes import Change
    from permits.programmes import Programme

T = TypeVar("T")

group = typer.Typer(
    help="Programmes as files: what each asks, and what another version would change.",
    no_args_is_help=True,
)
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
File = Annotated[Path, typer.Argument(help="A programme's TOML file; its name is its code.")]

WORDS = {
    "base-ends": "depends on a question that ends before it",
    "code-changed": "the code stands in permits and never changes",
    "code-differs-from-name": "the name of the file is not the code",
    "fixed-while-open": "cannot change while cases are open or rights stand ({open})",
    "gap": "the first value counts later than the programme",
    "letter-needed": "lacks a letter that tells how to answer or to appeal",
    "missing": "is missing",
    "never-judged": "no answer decides this rule, so it cannot block",
    "not-asked": "names an agency that does not decide",
    "not-in-reference": "{value} is not in the reference data",
    "not-loaded": "no file was loaded under this code",
    "not-toml": "is no TOML: {at}",
    "out-of-order": "the values are not in the order of their first days",
    "out-of-range": "is outside its bounds",
    "not-asked-before": "follows no question that is asked before it",
    "owner-needed": "are others than before: set VEREDA_DATABASE_OWNER_URL, whose user alone may "
    "say who decides",
    "past-changed": "has counted already, and cases are open or rights stand ({open}): "
    "give another value a first day of tomorrow or later",
    "pool-without-floor": "needs a season, a wage sector and the hiring form open",
    "programme-in-use": "there are cases or rights under it ({open})",
    "reader-learns": "lets somebody read who may not read the answer that it depends on",
    "sealed-alone": "hides what nobody else decides: one agency is asked",
    "sealed-in-order": "is for agencies side by side: who decides second knows that the first "
    "approved",
    "standard-answer": "is asked of everybody already",
    "step-of-nobody": "shows the step of an agency that is not asked",
    "step-order": "has the agencies in another order than they decide",
    "step-missing": "lacks the application, the permit or an agency",
    "still-used": "loses an entry while cases are open or rights stand ({open})",
    "too-long": "is too long",
    "twice": "has one entry twice",
    "unknown-key": "is not known",
    "unknown-value": "is not a value of its list",
    "unreadable": "cannot be read",
    "wrong-type": "is of another type",
}
"""Every fault of a programme's file, in words."""


@group.command("check")
def check(
    files: Annotated[list[Path], typer.Argument(help="Files to check.")], as_json: Json = False
) -> None:
    """Every fault of every file, each with its place; exit code 1 where there is one."""
    rows = []
    for file in files:
        _, faults = _read(file)
        rows += [{"file": str(file), **_told(fault)} for fault in faults]
    if as_json:
        show(rows, as_json=True)
    for row in () if as_json else rows:
        say("{file}: {field}: {says}".format(**row))
    if rows:
        raise typer.Exit(REFUSED)
    say(f"Without fault: {len(files)}.")


@group.command("diff")
def diff(
    file: File,
    newer: Annotated[
        Path | None, typer.Argument(help="A newer file of it; none: FILE against what counts now.")
    ] = None,
    as_json: Json = False,
) -> None:
    """What changes, field by field, with the first day and the source of each value."""
    from app.wiring import open_shelf
    from permits.programme_changes import list_changes

    if newer is not None:
        changes = list_changes(_good(file), _good(newer))
    else:
        shelf = open_shelf(read_settings())
        first = _good(file, shelf)
        changes = list_changes(shelf.get(first.code), first)
    show(_rows(changes), as_json=as_json)


@group.command("load")
def load(file: File) -> None:
    """Let a checked file count from now on; refused where it would break open cases.

    Site and worker take it up without a restart. Where it asks other agencies, they decide on what
    is handed in from now on; what is under way keeps those that it has. It lies in
    VEREDA_PROGRAMMES_DIR and stands over the program's own file of its name.
    """
    from app.services import programmes
    from app.wiring import open_shelf

    shelf = open_shelf(read_settings())
    programme = _good(file, shelf)
    text = file.read_text(encoding="utf-8")
    loaded = _do(lambda work: programmes.load_programme(work, shelf, programme, text))
    if loaded.asked:
        say(f"Decide on what is handed in from now on: {', '.join(loaded.asked.agencies)}.")
    elif not loaded.changes:
        say(f"{programme.code} says the same already.")
        return
    for row in _rows(loaded.changes):
        say("{field} {since}: {before} → {after}".format(**row))
    say(f"{programme.code} counts as in {file.name} from now on.")


@group.command("remove")
def remove(code: Annotated[str, typer.Argument(help="The programme's code.")]) -> None:
    """Take a loaded file away; the program's own one of this code counts again, if there is one."""
    from app.services import programmes
    from app.wiring import open_shelf

    shelf = open_shelf(read_settings())
    after = _do(lambda work: programmes.remove_programme(work, shelf, code))
    say(f"{code} counts as in the program." if after else f"{code} is no programme any more.")


@group.command("agencies")
def show_agencies(
    code: Annotated[str, typer.Argument(help="A programme's code; none: every one.")] = "",
    as_json: Json = False,
) -> None:
    """Who decides on what was handed in since when; the last row of a programme counts now."""
    from app.cli.clients import with_work
    from app.storage.agency_sets import list_sets

    found = with_work(lambda work: list_sets(work.session, code or None))
    rows = [
        {
            "programme": one.programme,
            "set": one.id,
            "since": one.since.isoformat(timespec="minutes"),
            "agencies": ", ".join(one.agencies),
        }
        for one in found
    ]
    show(rows, as_json=as_json)


@group.command("show")
def show_parameters(
    code: Annotated[str, typer.Argument(help="A programme's code; none: every one.")] = "",
    as_json: Json = False,
) -> None:
    """Every dated value: since when, where it stands, and whether counsel has confirmed it."""
    from app.wiring import open_shelf
    from permits.programme_changes import list_parameters

    shelf = open_shelf(read_settings())
    if code and code not in shelf:
        raise refuse(f"There is no programme {code}.")
    rows = [
        {
            "programme": programme.code,
            "parameter": one.path,
            "value": one.plain,
            "since": one.since.isoformat(),
            "confirmed": one.confirmed,
            "source": one.source,
            "note": one.note,
        }
        for programme in ([shelf[code]] if code else shelf.values())
        for one in list_parameters(programme)
    ]
    show(rows, as_json=as_json)


def _do(act: Callable[["Work"], T]) -> T:
    """The act in one transaction; what stands against it is told in words, with exit code 1."""
    from app.cli.clients import with_work
    from permits.errors import Conflict, DomainError, Fault, Invalid

    def attempt(work: "Work") -> T | DomainError:
        try:
            return act(work)
        except (Invalid, Conflict) as refusal:
            return refusal  # nothing was written

    done = with_work(attempt, as_owner=True)
    if isinstance(done, Invalid):
        raise _refused(done.faults)
    if isinstance(done, DomainError):
        raise _refused([Fault(done.code, "agencies")])
    return done


def _read(
    file: Path, shelf: "ProgrammeShelf | None" = None
) -> "tuple[Programme | None, Sequence[Fault]]":
    from app.adapters.programme_shelf import check_file
    from app.adapters.reference import read_reference
    from permits.errors import Invalid

    try:
        return check_file(file, read_reference(), shelf), ()
    except Invalid as invalid:
        return None, invalid.faults


def _good(file: Path, shelf: "ProgrammeShelf | None" = None) -> "Programme":
    """The programme of a file; with a shelf, with the questions that are written over it."""
    programme, faults = _read(file, shelf)
    if programme is None:
        raise _refused(faults)
    return programme


def _refused(faults: "Sequence[Fault]") -> typer.Exit:
    lines = ["{field}: {says}".format(**_told(fault)) for fault in faults]
    return refuse("\n".join(["Not done:", *lines]))


def _told(fault: "Fault") -> dict[str, str]:
    says = WORDS.get(fault.code, fault.code).format(**fault.facts)
    return {"field": fault.field or "(file)", "code": fault.code, "says": says}


def _rows(changes: "Sequence[Change]") -> list[dict[str, str]]:
    return [
        {
            "field": change.field,
            "since": change.since.isoformat() if change.since else "at once",
            "before": change.before or "–",
            "after": change.after or "–",
            "source": change.source,
        }
        for change in changes
    ]
