"""`vereda user`: accounts of everybody who is no worker."""

from typing import Annotated
from uuid import UUID

import typer

from app.cli.surroundings import read_settings, refuse, say, show, with_tables
from permits.people import Role

group = typer.Typer(help="Accounts of everybody who is no worker.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@group.command("add")
def add_user(
    email: Annotated[str, typer.Argument(help="E-mail address to sign in with.")],
    role: Annotated[Role, typer.Option(case_sensitive=False, help="The first role.")],
    name: Annotated[str, typer.Option(help="As colleagues and the log know the person.")],
    post: Annotated[str | None, typer.Option(help="Border post of an agent, by code.")] = None,
    department: Annotated[
        str | None, typer.Option(help="Department that an official is bounded to, ISO 3166-2.")
    ] = None,
    employer: Annotated[UUID | None, typer.Option(help="Employer that a person acts for.")] = None,
    country: Annotated[
        str | None, typer.Option(help="Country of a partner authority, ISO 3166-1 alpha-3.")
    ] = None,
) -> None:
    """Add an official; the password is asked for and never shown. One account a person."""
    from datetime import UTC, datetime

    from app.services.accounts import add_account
    from app.services.work import Work
    from app.wiring import open_house
    from permits.errors import DomainError, Invalid
    from permits.people import ACCOUNT_ROLES, SYSTEM, Scope

    if role not in ACCOUNT_ROLES:
        raise typer.BadParameter("this role needs no account")
    scope = Scope(post, department, employer, country)
    password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    with with_tables(read_settings()) as settings:
        house = open_house(settings)
        try:
            with house.sessions.begin() as session:
                work = Work(session, SYSTEM, datetime.now(UTC), house.ports, "cli")
                add_account(work, email, password, role, name, scope)
        except Invalid as invalid:
            faults = ", ".join(f"{fault.field}: {fault.code}" for fault in invalid.faults)
            raise refuse(f"Not added: {faults}.") from None
        except DomainError as error:
            raise refuse(f"Not added: {error.code}.") from None
        finally:
            house.engine.dispose()
    say(f"Added {email} as {role.value}.")


@group.command("invite")
def invite_user(
    address: Annotated[str, typer.Argument(help="E-mail address, or phone with +.")],
    role: Annotated[Role, typer.Option(case_sensitive=False, help="The first role.")],
    name: Annotated[str, typer.Option(help="As colleagues and the log know the person.")],
    post: Annotated[str | None, typer.Option(help="Border post of an agent, by code.")] = None,
    department: Annotated[str | None, typer.Option(help="Department, ISO 3166-2.")] = None,
    employer: Annotated[UUID | None, typer.Option(help="Employer that a person acts for.")] = None,
    country: Annotated[str | None, typer.Option(help="Country, ISO 3166-1 alpha-3.")] = None,
) -> None:
    """Invite a person: they get a link and choose a password themselves; nobody else sees it.

    The first administrator comes in this way. A role that takes two administrators elsewhere
    counts at once here: whoever has this shell has the database too.
    """
    from app.cli.clients import with_work
    from app.services.accounts import Newcomer
    from app.services.invitations import invite_person
    from permits.people import ACCOUNT_ROLES, Scope

    if role not in ACCOUNT_ROLES:
        raise typer.BadParameter("this role needs no account")
    phone = address if address.startswith("+") else None
    email = None if phone else address
    scope = Scope(post, department, employer, country)
    with_work(lambda work: invite_person(work, Newcomer(name, role, email, phone, scope)))
    say(f"Invited {address} as {role.value}; the link is valid for 72 hours.")


@group.command("list")
def list_users(as_json: Json = False) -> None:
    """Every account: address, roles, post, and whether it is disabled."""
    from app.storage import accounts
    from app.wiring import open_house

    with with_tables(read_settings()) as settings:
        house = open_house(settings)
        with house.read_sessions() as session:
            rows = [
                {
                    "email": account.email,
                    "roles": " ".join(actor.role.value for actor in account.actors),
                    "name": account.name,
                    "post": next((a.post for a in account.actors if a.post), ""),
                    "disabled": account.disabled,
                }
                for account in accounts.list_accounts(session)
            ]
        house.engine.dispose()
    show(rows, as_json=as_json)
