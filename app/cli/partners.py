"""`vereda partners`: issuers of other countries whose permits count here. Every act is logged."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.key_acts import confirm, read_file, refuse_in_words, tell_list, with_ring
from app.cli.surroundings import refuse, say, show

if TYPE_CHECKING:
    from app.adapters.keyring import KeyRing
    from app.services.work import Work
    from permits.partners import Partner

group = typer.Typer(
    help="Issuers of other countries: whose permits count here, and until when.",
    no_args_is_help=True,
)
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


@group.command("list")
def list_partners(as_json: Json = False) -> None:
    """Every partner, with its keys and the days between which each counts."""
    from app.cli.surroundings import read_settings
    from app.wiring import open_ring

    rows = [row for one in open_ring(read_settings()).list_partners() for row in _rows(one)]
    show(rows, as_json=as_json)


@group.command("add")
def add_partner(
    file: Annotated[Path, typer.Argument(help="The partner's JSON: issuer, keys, status lists.")],
    yes: Yes = False,
) -> None:
    """Let a partner's permits count, or take in a newer file of it; shows each key, and asks.

    Compare the fingerprints by voice with somebody you know there: the file itself proves nothing.
    A file that would turn away people who hold its permits is refused.
    """
    from app.services import partners

    partner = _read(file)
    confirm("\n".join(_lines(partner)), yes=yes)

    def add(work: "Work", _ring: "KeyRing") -> None:
        partners.add_partner(work, partner)
        tell_list(work)
        partners.take_lists(work)

    with_ring(add)
    say(f"{partner.name} counts here: {partner.issuer}.")


@group.command("remove")
def remove_partner(
    issuer: Annotated[str, typer.Argument(help="The partner's address, as `list` tells it.")],
    in_force: Annotated[
        bool, typer.Option("--in-force", help="Though its permits are still in force.")
    ] = False,
    yes: Yes = False,
) -> None:
    """Let a partner's permits count no more: scanners refer their holders to a person.

    A stolen key is given up by a newer file that tells it as compromised, not by this.
    """
    from app.services import partners

    def find(work: "Work", _ring: "KeyRing") -> "Partner":
        return partners.find_partner(work, issuer)

    def remove(work: "Work", _ring: "KeyRing") -> None:
        partners.remove_partner(work, issuer, in_force=in_force)
        tell_list(work)

    if in_force:
        found = with_ring(find)
        confirm(f"Nobody can verify a permit of {found.name} from now on.", yes=yes)
    with_ring(remove)
    say(f"{issuer} counts no more.")


def _read(file: Path) -> "Partner":
    from permits.errors import DomainError
    from permits.partners import read_partner

    try:
        told = json.loads(read_file(file))
    except ValueError:
        raise refuse(f"{file}: no JSON") from None
    try:
        return read_partner(told if isinstance(told, dict) else {})
    except DomainError as error:
        raise refuse_in_words(error) from None


def _lines(partner: "Partner") -> list[str]:
    """What is to be compared by voice."""
    from permits.signing import fingerprint

    head = f"{partner.name} ({', '.join(partner.countries)}), {partner.issuer}"
    keys = [
        "  {use} {state}, {from} to {until}\n  ".format(**row) + fingerprint(key.public)
        for row, key in zip(_rows(partner), partner.keys, strict=True)
    ]
    lists = [f"  {one.uri} from {one.source}" for one in partner.status_lists]
    return [head, *keys, *lists]


def _rows(partner: "Partner") -> list[dict[str, object]]:
    from datetime import UTC, datetime

    def day(seconds: int) -> str:
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()

    return [
        {
            "issuer": partner.issuer,
            "name": partner.name,
            "countries": ", ".join(partner.countries),
            "kid": key.kid.hex(),
            "use": key.use.value,
            "state": key.state.value,
            "from": day(key.not_before),
            "until": day(key.expires),
        }
        for key in partner.keys
    ]
