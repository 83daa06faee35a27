"""`vereda db`: walk the migrations, back the database up, bring it back."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.surroundings import database_url, read_settings, refuse, say, show, with_database

group = typer.Typer(help="The database: migrate, check, backup, restore.", no_args_is_help=True)
File = Annotated[Path, typer.Argument(help="The file of the copy, in pg_dump's custom format.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@group.command()
def migrate(
    to: Annotated[str, typer.Option(help="A step, or `head` for the newest.")] = "head",
) -> None:
    """Bring the tables to the newest step. Done twice, the second does nothing."""
    from datetime import UTC, datetime

    from app.storage import migrations
    from app.storage.database import make_engine
    from app.wiring import open_vault

    with with_database(read_settings()) as settings:
        engine = make_engine(database_url(settings), pool_size=1)
        migrations.upgrade(engine, to, open_vault(settings, datetime.now(UTC)))
        say(f"The database stands at {migrations.current(engine)}.")
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


@group.command()
def backup(file: File) -> None:
    """Write a copy of the whole database while it is in use. An existing file is kept."""
    from app.adapters import database_copies

    if file.exists():
        raise refuse(f"{file} exists already; choose another name.")
    with with_database(read_settings()) as settings:
        database_copies.write(database_url(settings), file)
    say(f"Written: {file} ({file.stat().st_size // 1024} KB).")


@group.command()
def restore(
    file: File,
    yes: Annotated[bool, typer.Option("--yes", help="Replace what is there.")] = False,
) -> None:
    """Put a copy in place of the database, wholly or not at all. Needs --yes."""
    from app.adapters import database_copies

    if not yes:
        raise refuse("This replaces the whole database; say --yes if that is meant.")
    with with_database(read_settings()) as settings:
        database_copies.read(database_url(settings), file)
    say("Restored. Run `vereda db migrate` if the copy is of an older version.")
