"""What the commands about keys share: who works, in which words it is refused, what is shown."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer

from app.cli.surroundings import read_settings, refuse, say, with_tables

if TYPE_CHECKING:
    from app.adapters.keyring import KeyRing
    from app.services.work import Work
    from permits.errors import DomainError
    from permits.keys import Key

T = TypeVar("T")


def with_ring(act: "Callable[[Work, KeyRing], T]") -> T:
    """Do it in the service's own name, in one transaction; a refusal is words and exit code 1.

    No key is made that was not asked for.
    """
    from datetime import UTC, datetime

    from app.adapters.keyring import KeyRing
    from app.services.work import Work
    from app.wiring import open_house
    from permits.errors import DomainError
    from permits.people import SYSTEM

    with with_tables(read_settings()) as settings:
        house = open_house(settings, make_keys=False)
        ring = house.ports.keys
        assert isinstance(ring, KeyRing)  # noqa: S101  what a house of the command line has
        try:
            with house.sessions.begin() as session:
                work = Work(session, SYSTEM, datetime.now(UTC), house.ports, "cli")
                return act(work, ring)
        except DomainError as error:
            raise refuse_in_words(error) from None
        finally:
            house.engine.dispose()


def refuse_in_words(error: "DomainError") -> typer.Exit:
    """Say why, in the words of the house; the caller raises what this returns."""
    from app.web import wording
    from app.web.i18n import locale_for
    from permits.errors import Invalid
    from permits.signing import NotTrusted

    if isinstance(error, Invalid):
        faults = ", ".join(f"{fault.field}: {fault.code}" for fault in error.faults)
        return refuse(f"Not done. {faults}.")
    code = f"list-{error.code}" if isinstance(error, NotTrusted) else error.code
    words = wording.say(locale_for("en"), "refusal", code, error.facts)
    return refuse(f"Not done ({code}). {words}")


def confirm(question: str, *, yes: bool) -> None:
    """Ask before what cannot be undone; exit code 1 where the answer is no or nobody is there."""
    if yes:
        return
    say(question)
    if not typer.confirm("Go on?", default=False, err=True):
        raise refuse("Nothing was done.")


def tell_list(work: "Work") -> None:
    """Sign the trust list anew where a root is here; else say what is left to do."""
    from app.services import key_care

    if key_care.renew_trust_list(work):
        say("A new trust list is served.")
    elif work.ports.keys.is_list_due(work.now):
        say("Scanners learn of it by the next trust list: vereda keys draft-list.")


def describe(key: "Key") -> dict[str, object]:
    """A key as a line of a table."""
    return {
        "kid": key.name,
        "use": key.use.value,
        "state": key.state.value,
        "place": key.place.value,
        "from": key.not_before.date().isoformat(),
        "until": key.expires.date().isoformat(),
        "published": key.published.date().isoformat() if key.published else "",
        "due": key.due_at.date().isoformat() if key.due_at else "",
        "cutoff": key.cutoff.isoformat() if key.cutoff else "",
    }


def read_file(path: Path) -> bytes:
    """The bytes of a file; exit code 1 where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise refuse(f"{path}: {error.strerror}") from None
