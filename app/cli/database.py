"""`vereda db`: walk the migrations, set the rights."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.surroundings import (
    Unable,
    database_url,
    owner_url,
    read_settings,
    refuse,
    say,
    show,
    with_database,
    worker_url,
)
from app.settings import Settings

if TYPE_CHECKING:
    from app.storage.database import Engine

group = typer.Typer(help="The database: migrate, check, grant.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@group.command()
def migrate(
    to: Annotated[str, typer.Option(help="A step, or `head` for the newest.")] = "head",
) -> None:
    """Bring the tables and the rights on them to the newest step. Twice does nothing more."""
    with with_database(read_settings()) as settings:
        say(f"The database stands at {bring_up_to_date(settings, to)}.")


@group.command()
def grant() -> None:
    """Give the database's users the rights of this version, and take what they have too much."""
    from app.storage import rights
    from app.storage.database import make_engine

    with with_database(read_settings()) as settings:
        engine = make_engine(owner_url(settings), pool_size=1)
        admit_users(settings)
        run = rights.apply(engine)
        engine.dispose()
    say(f"{len(run)} rights were changed." if run else "The rights were right already.")


def bring_up_to_date(settings: Settings, to: str = "head") -> str | None:
    """Walk the steps that are missing and set the rights; returns where the database stands.

    As the owner of the tables where one is given. A user who may not migrate finds all done, or
    Unable.
    """
    from app.storage import migrations, rights
    from app.storage.database import make_engine
    from app.wiring import open_vault

    engine = make_engine(owner_url(settings), pool_size=1)
    try:
        if not rights.may_make_tables(engine):
            if migrations.current(engine) != migrations.head():
                raise Unable("Run `vereda db migrate` with VEREDA_DATABASE_OWNER_URL first.")
            return migrations.head()
        admit_users(settings)
        migrations.upgrade(engine, to, open_vault(settings, datetime.now(UTC)))
        rights.apply(engine)
        if migrations.current(engine) == migrations.head():
            _hold_new_programmes(engine, settings)
        return migrations.current(engine)
    finally:
        engine.dispose()


def _hold_new_programmes(engine: "Engine", settings: Settings) -> None:
    """Let the database know whom a programme asks that is new to it.

    Where a file cannot be relied on, whatever starts with it says so; the tables are well.
    """
    from app.adapters.bad_reference import BadReference
    from app.services.agency_sets import hold_new
    from app.storage.database import session_factory
    from app.wiring import open_shelf

    try:
        programmes = list(open_shelf(settings).values())
    except BadReference:
        return
    with session_factory(engine).begin() as session:
        for one in hold_new(session, programmes, datetime.now(UTC)):
            say(f"{one.programme} asks: {', '.join(one.agencies)}.")


def admit_users(settings: Settings) -> None:
    """Make the users of the site and of the worker where they are missing.

    Where no owner is given there is one user for everything, and nothing to divide.
    """
    from app.storage import roles
    from app.storage.database import make_engine
    from app.storage.grants import APP, WORKER

    if settings.database_owner_url is None:
        return
    engine = make_engine(owner_url(settings), pool_size=1)
    users = {APP: database_url(settings), WORKER: worker_url(settings)}
    try:
        roles.admit(engine, {role: roles.login_of(url) for role, url in users.items()})
    except roles.RolesMissing as missing:
        raise Unable(str(missing)) from None
    finally:
        engine.dispose()


@group.command()
def check(as_json: Json = False) -> None:
    """Say where the database stands; exit 1 if steps are missing."""
    from app.storage import migrations
    from app.storage.database import make_engine

    with with_database(read_settings()) as settings:
        engine = make_engine(database_url(settings), pool_size=1)
        current, head = migrations.current(engine), migrations.head()
        engine.dispose()
    show([{"current": current, "head": head, "complete": current == head}], as_json=as_json)
    if current != head:
        raise refuse("Run: vereda db migrate")
