"""`vereda keys`: the signing keys of this service."""

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.surroundings import read_settings, refuse, say, show
from app.settings import Settings

if TYPE_CHECKING:
    from app.adapters.keys import KeyFolder

group = typer.Typer(help="Signing keys: list them, make the next one.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
USES = ("permit", "status", "face", "trust", "token", "log")


@group.command("list")
def list_keys(as_json: Json = False) -> None:
    """Every key: its name, use, state and the days between which it counts."""
    rows = [
        {
            "kid": record.kid.hex(),
            "use": record.use.value,
            "state": record.state.value,
            "from": record.not_before.date().isoformat(),
            "until": record.expires.date().isoformat(),
        }
        for record in _folder(read_settings()).records()
    ]
    show(rows, as_json=as_json)


@group.command("new")
def new_key(use: Annotated[str, typer.Argument(help=", ".join(USES))]) -> None:
    """Make a key. The first of a use signs at once; the next waits, published, for its turn."""
    from datetime import UTC, datetime

    from permits.errors import DomainError
    from permits.signing import KeyUse

    if use not in USES:
        raise typer.BadParameter(f"one of {', '.join(USES)}")
    try:
        record = _folder(read_settings()).create(KeyUse(use), datetime.now(UTC))
    except DomainError as error:
        raise refuse(f"Not made: {error.code}.") from None
    say(f"Made {record.kid.hex()} ({record.use.value}, {record.state.value}).")


def _folder(settings: Settings) -> "KeyFolder":
    from app.adapters.keys import KeyFolder
    from app.wiring import passphrase_of

    return KeyFolder(settings.data_dir / "keys", passphrase_of(settings))
