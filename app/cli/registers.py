"""`vereda registers`: registers of older permits: looked through, taken in, compared, taken out."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from app.cli.clients import with_work
from app.cli.surroundings import REFUSED, say, show
from permits.past_permits import Standing

if TYPE_CHECKING:
    from app.services.past_permits import PastFile
    from app.services.register_imports import Import, KeptPermit
    from app.services.work import Work
    from permits.sheet_rows import RowFault

group = typer.Typer(
    help="Registers of older permits: history of people, which gives no right.",
    no_args_is_help=True,
)
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Official = Annotated[
    str, typer.Option("--as", help="The supervisor of SETRASS who answers for it: their e-mail.")
]
Sheet = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, help="CSV or xlsx with the template's head.")
]
Under = Annotated[str, typer.Option("--programme", help="Code of the programme they were under.")]
Register = Annotated[UUID, typer.Argument(help="The register, by the id of `list`.")]
Permit = Annotated[UUID, typer.Argument(help="The permit, by the id of `show`.")]


@group.command("check")
def check(file: Sheet, programme: Under, as_official: Official, as_json: Json = False) -> None:
    """Look a register through and keep nothing: every fault by row and column. Exit 1 with any."""
    from app.services import register_imports

    data = file.read_bytes()
    read = with_work(
        lambda work: register_imports.check_register(_as(work, as_official), programme, data)
    )
    if read.faults:
        show([_fault(one) for one in read.faults], as_json=as_json)
        raise typer.Exit(REFUSED)
    say(f"Nothing is wrong. Permits to take in: {len(read.permits)}.")


@group.command("import")
def import_register(
    file: Sheet,
    programme: Under,
    source: Annotated[str, typer.Option(help="What the register is called, for people.")],
    as_official: Official,
) -> None:
    """Take a register in, whole or not at all; the worker compares it with people afterwards."""
    from app.services import crews, register_imports

    data = file.read_bytes()

    def take(work: "Work") -> UUID:
        chief, register = _as(work, as_official), work.new_id()
        rows = crews.read_sheet(chief, data)
        register_imports.import_register(chief, register, programme, source, rows)
        return register

    say(f"Taken in: register {with_work(take)}. `vereda registers show` tells whose they were.")


@group.command("list")
def list_registers(as_official: Official, as_json: Json = False) -> None:
    """The registers that were taken in, the newest first."""
    from app.services import register_imports

    found = with_work(lambda work: register_imports.list_imports(_as(work, as_official)))
    show([_register(one) for one in found], as_json=as_json)


@group.command("show")
def show_register(
    register: Register,
    as_official: Official,
    standing: Annotated[
        Standing | None, typer.Option(help="Only those that stand so.", case_sensitive=False)
    ] = None,
    as_json: Json = False,
) -> None:
    """Its permits, by the rows of the file, without names: how each stands and its days."""
    from app.services import register_imports

    file = with_work(
        lambda work: register_imports.read_import(_as(work, as_official), register, standing)
    )
    show([_permit(one) for one in file.permits], as_json=as_json)


@group.command("compare")
def compare(permit: Permit, as_official: Official, as_json: Json = False) -> None:
    """One permit beside the people who may be meant, field by field; each look is logged."""
    from app.services import past_permits

    file = with_work(lambda work: past_permits.read_permit(_as(work, as_official), permit))
    show(_beside(file), as_json=as_json)


@group.command("settle")
def settle(
    permit: Permit,
    as_official: Official,
    application: Annotated[
        UUID | None, typer.Option(help="It was this case's person; left out: nobody's.")
    ] = None,
    seen: Annotated[
        Standing, typer.Option(help="How it stood when you looked.", case_sensitive=False)
    ] = Standing.UNSURE,
) -> None:
    """Say whose a permit was: the person of a case that `compare` shows, or nobody's."""
    from app.services import past_permits
    from permits.applications import ApplicationId

    case = ApplicationId(application) if application else None
    kept = with_work(
        lambda work: past_permits.settle_permit(_as(work, as_official), permit, case, seen=seen)
    )
    say(f"Row {kept.permit.row} is {kept.standing.value} now.")


@group.command("undo")
def undo(register: Register, as_official: Official) -> None:
    """Take a whole register out again, matched or not."""
    from app.services import register_imports

    with_work(lambda work: register_imports.undo_import(_as(work, as_official), register))
    say(f"Taken out: register {register}.")


def _as(work: "Work", official: str) -> "Work":
    from app.services import named_lists

    return named_lists.at_desk(work, official)


def _fault(one: "RowFault") -> Mapping[str, object]:
    return {"row": one.row or "", "column": one.fault.field, "fault": one.fault.code}


def _register(one: "Import") -> Mapping[str, object]:
    return {
        "register": str(one.id),
        "programme": one.programme,
        "source": one.source,
        "rows": one.rows,
        "imported": one.imported_at.isoformat(timespec="minutes"),
        "undone": one.undone_at is not None,
    }


def _permit(one: "KeptPermit") -> Mapping[str, object]:
    return {
        "permit": str(one.id),
        "row": one.permit.row,
        "standing": one.standing.value,
        "starts_on": one.permit.starts_on.isoformat(),
        "ends_on": one.permit.ends_on.isoformat(),
    }


def _beside(file: "PastFile") -> list[Mapping[str, object]]:
    return [
        {
            "application": str(candidate.namesake.application),
            "receipt": candidate.namesake.receipt,
            "field": field.field,
            "register": str(field.mine or ""),
            "case": str(field.theirs or ""),
            "match": field.match.value,
        }
        for candidate in file.candidates
        for field in candidate.fields
    ]
