"""`vereda registries` and `vereda check-offer`: lists of other registries, and the scam check."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.clients import with_work
from app.cli.surroundings import refuse, say, show

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.services.offer_checks import OfferCheck
    from app.services.registries import Import, RegistryState
    from app.services.work import Work

group = typer.Typer(
    help="Lists of other registries: how fresh each is, bring one, fetch one.",
    no_args_is_help=True,
)
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Name = Annotated[str, typer.Argument(help="rtn, rnsp, ihcafe, hn-recruiters or gt-recruiters.")]
Official = Annotated[
    str, typer.Option("--as", help="The supervisor of SETRASS who answers for it: their e-mail.")
]


@group.command("list")
def list_lists(as_official: Official, as_json: Json = False) -> None:
    """Every registry: of which day its list is, and whether that still verifies anything."""
    from app.services import registries

    rows = with_work(
        lambda work: [_row(one) for one in registries.list_states(_as(work, as_official))]
    )
    show(rows, as_json=as_json)


@group.command("import")
def import_list(
    name: Name,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The CSV.")],
    as_official: Official,
    as_of: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The day it is of.")],
    signer: Annotated[str, typer.Option(help="Who signed it at the other institution.")],
    sha256: Annotated[str, typer.Option(help="The digest that came with it.")] = "",
) -> None:
    """Put a list in the place of the one before, whole or not at all."""
    from app.services import registries

    brought = registries.Brought(file.read_bytes(), as_of.date(), signer, sha256)
    _take(name, lambda work: registries.import_list(_as(work, as_official), _of(name), brought))


@group.command("fetch")
def fetch_list(name: Name, as_official: Official) -> None:
    """Fetch a list from its service (VEREDA_REGISTRIES_FILE) and put it in place."""
    from app.services import registries

    _take(name, lambda work: registries.fetch_list(_as(work, as_official), _of(name)))


def check_offer(
    text: Annotated[str, typer.Argument(help="An offer, a name, a licence or a phone number.")],
    as_json: Json = False,
) -> None:
    """Registered, not valid, not registered, or reported. Exit 0 only for registered."""
    from app.services import offer_checks
    from app.web.answers import find_phones

    found = with_work(lambda work: offer_checks.check_offer(work, text, find_phones(text)))
    show([_told(found)], as_json=as_json)
    if found.verdict.value != "registered":
        raise typer.Exit(1)


def _take(name: str, act: "Callable[[Work], Import]") -> None:
    try:
        kept = with_work(act)
    except OSError:
        raise refuse(f"The registry {name} gave no list.") from None
    say(f"{name}: {kept.rows} lines as of {kept.as_of}, SHA-256 {kept.sha256}")


def _as(work: "Work", official: str) -> "Work":
    from app.services import named_lists

    return named_lists.at_desk(work, official)


def _of(name: str) -> Any:  # noqa: ANN401  (Registry, loaded late)
    from recruitment.registries import Registry

    if name not in set(Registry):
        raise refuse(f"There is no registry {name}.")
    return Registry(name)


def _row(one: "RegistryState") -> dict[str, object]:
    return {
        "registry": one.info.registry.value,
        "as_of": one.newest.as_of.isoformat() if one.newest else "",
        "lines": one.newest.rows if one.newest else 0,
        "fresh": one.fresh,
        "service": one.answers,
    }


def _told(found: "OfferCheck") -> dict[str, object]:
    return {
        "verdict": found.verdict.value,
        "recruiters": ", ".join(f"{one.key.number} {one.state}" for one in found.recruiters),
        "signs": ", ".join(found.signs),
    }
