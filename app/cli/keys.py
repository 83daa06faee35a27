"""`vereda keys`: the signing keys of this service. Every act is in the log before it counts."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import field_keys, roots
from app.cli.key_acts import confirm, describe, tell_list, with_ring
from app.cli.surroundings import read_settings, say, show

if TYPE_CHECKING:
    from app.adapters.keyring import KeyRing
    from app.services.keys import Loss
    from app.services.work import Work
    from permits.keys import Key

group = typer.Typer(
    help="Signing keys: make the next, let it sign, give up a stolen one; roots.",
    no_args_is_help=True,
)
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Name = Annotated[str, typer.Argument(metavar="KEY", help="The key's name, or how it begins.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
USES = ("permit", "status", "face", "trust", "token", "log")

for name, command in roots.COMMANDS.items():
    group.command(name)(command)
group.command("fields-list")(field_keys.list_field_keys)
group.command("fields-rotate")(field_keys.rotate_fields)


@group.command("list")
def list_keys(
    as_json: Json = False,
    permits: Annotated[
        bool, typer.Option("--permits", help="Count the permits of each key; asks the database.")
    ] = False,
) -> None:
    """Every key: its name, use, state, place, and the days between which it counts."""
    from app.wiring import open_ring

    if not permits:
        rows = [describe(key) for key in open_ring(read_settings()).list_keys()]
    else:
        rows = with_ring(_count_permits)
    show(rows, as_json=as_json)


def _count_permits(work: "Work", _ring: "KeyRing") -> list[dict[str, object]]:
    from app.services import keys

    return [
        {**describe(key), "permits": uses.standing, "pending": uses.pending}
        for key, uses in keys.list_keys(work)
    ]


@group.command("new")
def new_key(use: Annotated[str, typer.Argument(help=", ".join(USES))]) -> None:
    """Make a key. The first of a use signs at once; the next waits, published, for its turn."""
    from app.services import keys
    from permits.signing import KeyUse

    if use not in USES:
        raise typer.BadParameter(f"one of {', '.join(USES)}")

    def make(work: "Work", _ring: "KeyRing") -> "Key":
        made = keys.make_key(work, KeyUse(use))
        tell_list(work)
        return made

    made = with_ring(make)
    say(f"Made {made.name} ({made.use.value}, {made.state.value}, {made.place.value}).")


@group.command("activate")
def activate_key(key: Name) -> None:
    """Let a waiting key sign from now on; the one that signed verifies on.

    Refused before every scanner can know it, seven days after a trust list first named it.
    """
    from app.services import keys

    def act(work: "Work", _ring: "KeyRing") -> "Key":
        activated = keys.activate_key(work, keys.find_key(work, key).kid)
        tell_list(work)
        return activated

    activated = with_ring(act)
    say(f"{activated.name} signs for the use {activated.use.value} from now on.")


@group.command("retire")
def retire_key(key: Name) -> None:
    """Let a key sign no more, and the one that waits in its place; one that waits is withdrawn.

    What was recorded under it before is still signed with it, and verifies.
    """
    from app.services import keys

    def act(work: "Work", _ring: "KeyRing") -> tuple[list["Key"], int]:
        found = keys.find_key(work, key)
        changed = keys.retire_key(work, found.kid)
        tell_list(work)
        return list(changed), keys.count_pending(work, found.kid)

    changed, pending = with_ring(act)
    say(f"{changed[0].name} signs no more.")
    for follower in changed[1:]:
        say(f"{follower.name} signs from now on.")
    if pending:
        say(f"{pending} permits were recorded under it before; they are still signed with it.")


@group.command("compromise")
def compromise_key(
    key: Name,
    cutoff: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M%z"],
            help="What it signed at or after this instant counts no more: 2026-11-20T08:00-0600.",
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Nothing that it ever signed counts.")
    ] = False,
    yes: Yes = False,
) -> None:
    """Give a stolen key up; says how many permits turn red, and asks. There is no way back.

    A thief can date back: a cutoff is for a key that was misused and did not leak. What waits for
    its signature is prepared anew under the key that follows.
    """
    from app.services import keys, lost_keys

    if everything == (cutoff is not None):
        raise typer.BadParameter("give either --cutoff or --all")

    def foresee(work: "Work", _ring: "KeyRing") -> "Loss":
        return keys.foresee_loss(work, keys.find_key(work, key).kid, cutoff)

    def act(work: "Work", _ring: "KeyRing") -> "Loss":
        loss = keys.compromise_key(work, keys.find_key(work, key).kid, cutoff)
        lost_keys.prepare_anew(work)
        tell_list(work)
        return loss

    confirm(_tell_loss(with_ring(foresee)), yes=yes)
    say(_tell_loss(with_ring(act)))


@group.command("reissue")
def reissue_permits(key: Name) -> None:
    """Let another permit follow each that turned red with a key that was given up."""
    from app.services import keys, lost_keys
    from permits.errors import Conflict
    from permits.keys import KeyState

    def act(work: "Work", _ring: "KeyRing") -> int:
        found = keys.find_key(work, key)
        if found.state is not KeyState.COMPROMISED:
            raise Conflict("key-not-lost")
        return lost_keys.reissue(work, found.kid, found.cutoff)

    done = 0
    while count := with_ring(act):
        done += count
        say(f"{done} so far.")
    say(f"{done} permits are followed by others; the worker signs them and tells their holders.")


def _tell_loss(loss: "Loss") -> str:
    key, uses = loss.key, loss.uses
    since = f"issued since {key.cutoff.isoformat()}" if key.cutoff else "whenever issued"
    lines = [
        f"{key.name} ({key.use.value}) counts as stolen, for good.",
        f"{uses.since} of its {uses.standing} permits turn red ({since}).",
        f"{uses.pending} permits wait for its signature; they are prepared anew.",
    ]
    if loss.follower:
        lines.append(f"{loss.follower.name} signs from now on.")
    else:
        lines.append(f"No key follows: nothing is signed until: vereda keys new {key.use.value}")
    return "\n".join(lines)
