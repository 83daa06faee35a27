"""`vereda complaints`: the handlers' group, made once, and its recovery key, which lies offline."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.surroundings import read_settings, refuse, say, with_tables

if TYPE_CHECKING:
    from app.services.work import Work

group = typer.Typer(help="The keys of complaints.", no_args_is_help=True)


@group.command("keys-init")
def init_keys() -> None:
    """Make the handlers' group, and print its recovery key: once, on standard output alone.

    Write it on paper, and lay the paper where no network and no administrator is. With it and the
    database every complaint can be read; without it, and without a handler's phrase, none can.
    """
    from app.services import complaint_groups

    recovery = _with_work(complaint_groups.init_group)
    say("The recovery key follows. It is shown now and never again.")
    typer.echo(recovery)


@group.command("let-in")
def let_in(
    email: Annotated[str, typer.Argument(help="A handler's account; they have chosen a phrase.")],
) -> None:
    """Let a handler open complaints, with the recovery key: the first one, or when all forgot.

    Afterwards handlers let in each other, and the recovery key goes back where it lay.
    """
    from app.services import complaint_groups

    typed = typer.prompt("Recovery key", hide_input=True)

    def share(work: "Work") -> str:
        secret = complaint_groups.read_recovery(typed)
        complaint_groups.let_in_named(work, secret, email)
        return email

    say(f"{_with_work(share)} may open complaints now.")


def _with_work(act: "Callable[[Work], str]") -> str:
    from datetime import UTC, datetime

    from app.services.work import Work
    from app.wiring import open_house
    from permits.errors import DomainError, Invalid
    from permits.people import SYSTEM

    with with_tables(read_settings()) as settings:
        house = open_house(settings)
        try:
            with house.sessions.begin() as session:
                return act(Work(session, SYSTEM, datetime.now(UTC), house.ports, "cli"))
        except Invalid as invalid:
            raise refuse(f"Not done: {invalid.faults[0].code}.") from None
        except DomainError as error:
            raise refuse(f"Not done: {error.code}.") from None
        finally:
            house.engine.dispose()
