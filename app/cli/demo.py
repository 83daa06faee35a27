"""`vereda seed demo` and `vereda dev token`: the demonstration, and a key to its API."""

from typing import Annotated

import typer
from pydantic import SecretStr

from app.cli.database import bring_up_to_date
from app.cli.surroundings import (
    owner_url,
    read_settings,
    refuse,
    say,
    show,
    with_database,
    with_tables,
)
from app.settings import Settings

seed_group = typer.Typer(help="Fill an empty database.", no_args_is_help=True)
dev_group = typer.Typer(help="For developers, in the demonstration only.", no_args_is_help=True)
ROLES = ("worker", "setrass-officer", "inm-officer", "border-agent", "administrator")
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@seed_group.command("demo")
def seed_demo(
    fewer: Annotated[bool, typer.Option("--fewer", help="A quarter of the cases.")] = False,
) -> None:
    """Set the demonstration up: people, farms, cases over all states. Refuses a filled database."""
    with with_database(read_settings()) as settings:
        bring_up_to_date(settings)
        if not seed_if_empty(settings, fewer=fewer):
            raise refuse("The database holds people already; nothing was changed.")


@seed_group.command("load")
def seed_load(
    count: Annotated[int, typer.Argument(min=1, max=1_000_000, help="How many cases.")],
) -> None:
    """Add made-up cases to a demonstration, to measure with: rights too, no files or letters."""
    from datetime import UTC, datetime

    from app.demo.load import load_cases
    from app.wiring import open_house

    with with_tables(read_settings()) as settings:
        if not settings.is_demo:
            raise refuse("Made-up cases are for the demonstration only.")
        url = SecretStr(owner_url(settings))
        house = open_house(settings.model_copy(update={"database_url": url}))
        try:
            load_cases(house, count, datetime.now(UTC), say)
        except LookupError:
            raise refuse("The demonstration is not set up: run `vereda seed demo`.") from None
        finally:
            house.engine.dispose()


def seed_if_empty(settings: Settings, *, fewer: bool = False) -> bool:
    """Set the demonstration up unless somebody is there; True where it was.

    `fewer`: a quarter of the cases, for who is in a hurry.

    As the owner of the tables: it acts for the site and for the worker at once.
    """
    from datetime import UTC, datetime

    from app.demo.plans import FEWER, PLANS
    from app.demo.seed import is_seeded, seed_demo
    from app.wiring import open_house

    house = open_house(settings.model_copy(update={"database_url": SecretStr(owner_url(settings))}))
    try:
        if is_seeded(house):
            return False
        seed_demo(house, datetime.now(UTC), say, FEWER if fewer else PLANS)
        return True
    finally:
        house.engine.dispose()


@dev_group.command("token")
def dev_token(
    role: Annotated[str, typer.Argument(help=", ".join(ROLES))], as_json: Json = False
) -> None:
    """Print a bearer token of a person of the demonstration."""
    from datetime import UTC, datetime

    from app.services.access_tokens import create_dev_token
    from app.services.work import Work
    from app.wiring import open_house
    from permits.people import SYSTEM

    if role not in ROLES:
        raise typer.BadParameter(f"one of {', '.join(ROLES)}")
    with with_tables(read_settings()) as settings:
        if not settings.is_demo:
            raise refuse("Tokens without a sign-in exist in the demonstration only.")
        house = open_house(settings)
        with house.sessions.begin() as session:
            work = Work(session, SYSTEM, datetime.now(UTC), house.ports, "cli")
            token = create_dev_token(work, f"demo-{role}")
        house.engine.dispose()
    if token is None:
        raise refuse("The demonstration is not set up: run `vereda seed demo`.")
    if as_json:
        show([{"role": role, "token": token}], as_json=True)
    else:
        print(token)
