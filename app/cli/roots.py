"""Roots and trust lists: taken offline, signed where no network is, and brought back."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.key_acts import confirm, read_file, refuse_in_words, with_ring
from app.cli.surroundings import refuse, say, show

if TYPE_CHECKING:
    from app.adapters.keyring import KeyRing
    from app.services.work import Work
    from permits.keys import Key
    from permits.trust_list import TrustedKey, TrustList

Folder = Annotated[Path, typer.Argument(help="A folder, on a stick that goes to a safe.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
Passphrase = Annotated[
    str | None,
    typer.Option(
        envvar="VEREDA_ROOT_PASSPHRASE",
        help="Encrypts the root; asked for, and never shown, where it is not given.",
    ),
]
SHORTEST_PASSPHRASE = 16
ROOTS = "roots.json"


def new_root(folder: Folder, passphrase: Passphrase = None) -> None:
    """Make a root where no network is; needs no database. Then import-root its .json."""
    from app.adapters.root_folder import RootFolder
    from permits.signing import fingerprint, kid_of

    public = RootFolder(folder).make(_new_passphrase(passphrase))
    say(f"Made {kid_of(public).hex()} in {folder}. Its fingerprint, to be compared by voice:")
    typer.echo(fingerprint(public))


def import_root(
    file: Annotated[Path, typer.Argument(help="The .json of a root that was made elsewhere.")],
    yes: Yes = False,
) -> None:
    """Register a root by its public half: the first signs trust lists, the second stands by.

    Whoever is enrolled from now on pins it.
    """
    from app.adapters.root_folder import read_public
    from app.services import trust_lists
    from permits.signing import fingerprint

    try:
        public = read_public(file)
    except ValueError as error:
        raise refuse(f"Not done. {error}.") from None
    confirm(f"Is this its fingerprint?\n{fingerprint(public)}", yes=yes)
    made = with_ring(lambda work, _: trust_lists.import_root(work, public))
    say(f"Registered {made.name} ({made.state.value}).")


def export_root(
    folder: Folder,
    move: Annotated[
        str | None, typer.Option(help="A root, by name, whose private half leaves this machine.")
    ] = None,
    passphrase: Passphrase = None,
) -> None:
    """Write what scanners pin of the roots; with --move take a private half off this machine.

    It is encrypted with a passphrase of its own, read back, and only then deleted here. A disk may
    keep traces: where that matters, make the roots elsewhere (new-root).
    """
    from app.adapters.root_folder import describe
    from app.adapters.whole_files import write_whole

    told = _move(folder, move, _new_passphrase(passphrase)) if move else _move(folder, None, "")
    rows = [{**describe(key.public), "state": key.state.value} for key in told]
    write_whole(folder / ROOTS, json.dumps(rows, indent=1).encode())
    show(rows, as_json=True)
    say(f"Written: {folder / ROOTS}.")


def _move(folder: Path, name: str | None, passphrase: str) -> list["Key"]:
    """Export the roots; the copy is on the stick before the log and the register say so."""
    from app.adapters.key_files import KeyUnusable
    from app.adapters.root_folder import RootFolder
    from app.services import keys, trust_lists
    from permits.errors import Conflict

    gone: list[Path] = []

    def act(work: "Work", ring: "KeyRing") -> list["Key"]:
        leaving = keys.find_key(work, name) if name else None
        if leaving:
            try:
                private = ring.house.files.read(leaving)
            except KeyUnusable:
                raise Conflict("root-not-here") from None
            RootFolder(folder).put(private, passphrase)
            gone.append(ring.house.files.path(leaving.kid, leaving.use))
        return trust_lists.export_roots(work, leaving)

    told = with_ring(act)
    for path in gone:
        path.unlink()
    return told


def draft_list(
    file: Annotated[Path, typer.Argument(help="The draft, to be carried to the root.")],
) -> None:
    """Write a trust list that waits for a root's signature, with every key as it stands."""
    from app.adapters.whole_files import write_whole
    from app.services import trust_lists

    claims = with_ring(lambda work, ring: trust_lists.draft_list(work, ring.lists))
    write_whole(file, claims)
    say(f"Written: {file}. Sign it where the root is: vereda keys sign-list.")


def sign_list(
    draft: Annotated[Path, typer.Argument(help="What draft-list wrote.")],
    folder: Folder,
    out: Annotated[Path, typer.Argument(help="The signed list, to be carried back.")],
    root: Annotated[str | None, typer.Option(help="Which root, where there are several.")] = None,
    yes: Yes = False,
    passphrase: Passphrase = None,
) -> None:
    """Sign a draft with a root; needs no network and no database. Shows each key, and asks.

    A root never signs an older version than it signed before, nor for another issuer.
    """
    from app.adapters.key_files import KeyUnusable
    from app.adapters.root_folder import RootFolder
    from app.adapters.whole_files import write_whole
    from permits import trust_list
    from permits.errors import DomainError

    claims = read_file(draft)
    name = _choose_root(RootFolder(folder).names(), root)
    try:
        told = trust_list.read_claims(claims)
        typer.echo("\n".join(_lines(told)))
        confirm(f"Version {told.version} of {told.issuer}, signed by {name}.", yes=yes)
        words = passphrase or typer.prompt("Passphrase", hide_input=True, err=True)
        signed = RootFolder(folder).sign(name, words, claims, datetime.now(UTC))
    except KeyUnusable as error:
        raise refuse(f"Not done. {error}.") from None
    except DomainError as error:
        raise refuse_in_words(error) from None
    write_whole(out, signed)
    say(f"Written: {out}. Bring it back: vereda keys import-list.")


def _choose_root(names: list[str], begins: str | None) -> str:
    found = [name for name in names if name.startswith(begins or "")]
    if len(found) != 1:
        raise refuse(f"Not done. {len(found)} roots are there; name one with --root.")
    return found[0]


def _lines(told: "TrustList") -> list[str]:
    """A line a key, whole: whoever signs must see each."""

    def day(seconds: int) -> str:
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()

    def line(key: "TrustedKey") -> str:
        name, use, state = key.kid.hex(), key.use.value, key.state.value
        cutoff = "" if key.cutoff is None else f", cutoff {day(key.cutoff)}"
        days = f"{day(key.not_before)} to {day(key.expires)}"
        return f"  {name} {use:<6} {state:<11} {days} {key.issuer}{cutoff}"

    return [line(key) for key in told.keys.values()]


def import_list(
    file: Annotated[Path, typer.Argument(help="What sign-list wrote.")],
) -> None:
    """Serve a trust list that was signed elsewhere; one that would strand permits is refused."""
    from app.services import trust_lists

    token = read_file(file)
    taken = with_ring(lambda work, ring: trust_lists.take_list(work, ring.lists, token))
    ends = datetime.fromtimestamp(taken.expires, UTC).date()
    say(f"Version {taken.version} with {len(taken.keys)} keys is served; it ends on {ends}.")


def _new_passphrase(given: str | None) -> str:
    passphrase: str = given or typer.prompt(
        "Passphrase of the root", hide_input=True, confirmation_prompt=True, err=True
    )
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise refuse(f"Not done. A root takes a passphrase of {SHORTEST_PASSPHRASE} or more.")
    return passphrase


COMMANDS: Mapping[str, Callable[..., None]] = {
    "new-root": new_root,
    "import-root": import_root,
    "export-root": export_root,
    "draft-list": draft_list,
    "sign-list": sign_list,
    "import-list": import_list,
}
