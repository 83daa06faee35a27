"""`vereda client`: programs of other institutions; a secret is printed once and kept nowhere."""

from collections.abc import Callable
from typing import Annotated, TypeVar
from uuid import UUID

import typer
from pydantic import SecretStr

from app.cli.surroundings import owner_url, read_settings, refuse, say, show, with_tables
from app.services.api_clients import HOURS
from app.services.work import Work
from permits.people import Permission, Role

T = TypeVar("T")

group = typer.Typer(help="Programs of other institutions.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Client = Annotated[str, typer.Argument(help="Short name: small letters, digits, hyphens.")]


@group.command("add")
def add_client(
    client: Client,
    role: Annotated[Role, typer.Option(case_sensitive=False, help="In whose part it acts.")],
    name: Annotated[str, typer.Option(help="Institution and system, as the log knows it.")],
    permission: Annotated[
        list[Permission], typer.Option(case_sensitive=False, help="What it may do; repeat it.")
    ],
    post: Annotated[str | None, typer.Option(help="Border post, by code.")] = None,
    department: Annotated[str | None, typer.Option(help="Department, ISO 3166-2.")] = None,
    employer: Annotated[UUID | None, typer.Option(help="Employer that it acts for.")] = None,
    country: Annotated[str | None, typer.Option(help="Country, ISO 3166-1 alpha-3.")] = None,
) -> None:
    """Register a program and print its secret, once."""
    from app.services import api_clients
    from permits.people import Scope

    scope = Scope(post, department, employer, country)
    secret = with_work(
        lambda work: api_clients.add_client(work, client, name, role, permission, scope)
    )
    say(f"Added {client}. Its secret, which is not shown again:")
    typer.echo(secret.text)


@group.command("list")
def list_clients(as_json: Json = False) -> None:
    """Every program: its role, its permissions, the day of its last token, whether it stands."""
    from app.services import api_clients

    rows = [
        {
            "client": one.client,
            "name": one.actor.name,
            "role": one.actor.role.value,
            "permissions": " ".join(sorted(permission.value for permission in one.actor.allowed)),
            "used": one.used_on.isoformat() if one.used_on else "",
            "disabled": one.disabled,
        }
        for one in with_work(lambda work: list(api_clients.walk_clients(work)))
    ]
    show(rows, as_json=as_json)


@group.command("rotate")
def rotate_client(
    client: Client,
    hours: Annotated[int, typer.Option(help="How long the secret of now still counts.")] = HOURS,
) -> None:
    """Give a program another secret and print it, once."""
    from app.services import api_clients

    secret = with_work(lambda work: api_clients.rotate_client(work, client, hours))
    say(f"Another secret for {client}; the one before counts {hours} hours more:")
    typer.echo(secret.text)


@group.command("disable")
def disable_client(client: Client) -> None:
    """End a program for good; its tokens open nothing from now on."""
    from app.services import api_clients

    with_work(lambda work: api_clients.disable_client(work, client))
    say(f"Disabled {client}.")


def with_work(act: Callable[[Work], T], *, as_owner: bool = False) -> T:
    """Do it in the service's own name, in one transaction; a refusal is a line and exit code 1.

    `as_owner`: of the tables, where one is given.
    """
    from datetime import UTC, datetime

    from app.wiring import open_house
    from permits.errors import DomainError, Invalid
    from permits.people import SYSTEM

    with with_tables(read_settings()) as settings:
        user = SecretStr(owner_url(settings)) if as_owner else settings.database_url
        house = open_house(settings.model_copy(update={"database_url": user}))
        try:
            with house.sessions.begin() as session:
                return act(Work(session, SYSTEM, datetime.now(UTC), house.ports, "cli"))
        except Invalid as invalid:
            faults = ", ".join(f"{fault.field}: {fault.code}" for fault in invalid.faults)
            raise refuse(f"Not done: {faults}.") from None
        except DomainError as error:
            raise refuse(f"Not done: {error.code}.") from None
        finally:
            house.engine.dispose()
