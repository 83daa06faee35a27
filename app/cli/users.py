"""`vereda user`: accounts of officials."""

from typing import Annotated

import typer

from app.cli.surroundings import read_settings, refuse, say, show, with_database

group = typer.Typer(help="Accounts of officials.", no_args_is_help=True)
ROLES = ("setrass-officer", "inm-officer", "border-agent", "administrator")
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@group.command("add")
def add_user(
    email: Annotated[str, typer.Argument(help="E-mail address to sign in with.")],
    role: Annotated[str, typer.Option(help=", ".join(ROLES))],
    name: Annotated[str, typer.Option(help="As colleagues and the log know the person.")],
    post: Annotated[str | None, typer.Option(help="Border post of an agent, by code.")] = None,
) -> None:
    """Add an official; the password is asked for and never shown. One account a person."""
    from datetime import UTC, datetime

    from app.services.accounts import add_account
    from app.services.work import Work
    from app.wiring import open_house
    from permits.errors import DomainError, Invalid
    from permits.people import SYSTEM, Role

    if role not in ROLES:
        raise typer.BadParameter(f"one of {', '.join(ROLES)}")
    password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    with with_database(read_settings()) as settings:
        house = open_house(settings)
        try:
            with house.sessions.begin() as session:
                work = Work(session, SYSTEM, datetime.now(UTC), house.ports, "cli")
                add_account(work, email, password, Role(role), name, post)
        except Invalid as invalid:
            faults = ", ".join(f"{fault.field}: {fault.code}" for fault in invalid.faults)
            raise refuse(f"Not added: {faults}.") from None
        except DomainError as error:
            raise refuse(f"Not added: {error.code}.") from None
        finally:
            house.engine.dispose()
    say(f"Added {email} as {role}.")


@group.command("list")
def list_users(as_json: Json = False) -> None:
    """Every official's account: address, role, post, and whether it is disabled."""
    from app.storage import people
    from app.wiring import open_house

    with with_database(read_settings()) as settings:
        house = open_house(settings)
        with house.read_sessions() as session:
            rows = [
                {
                    "email": account.email,
                    "role": account.actor.role.value,
                    "name": account.actor.name,
                    "post": account.actor.post or "",
                    "disabled": account.disabled,
                }
                for account in people.list_accounts(session)
            ]
        house.engine.dispose()
    show(rows, as_json=as_json)
