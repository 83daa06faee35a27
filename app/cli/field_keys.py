"""`vereda keys fields-…`: the keys of sealed fields."""

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from app.cli.surroundings import read_settings, say, show, with_tables
from app.settings import Settings

if TYPE_CHECKING:
    from app.adapters.vault import FileVault

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def list_field_keys(as_json: Json = False) -> None:
    """The keys of sealed fields: name and day; the last one seals, all open."""
    rows = [
        {"key": name.hex(), "made": made.date().isoformat()}
        for name, made in _vault(read_settings()).names()
    ]
    show(rows, as_json=as_json)


def rotate_fields(
    new_key: Annotated[
        bool, typer.Option("--new-key/--no-new-key", help="Make a new key first.")
    ] = True,
) -> None:
    """Make a new key for sealed fields, and seal every field again with it, batch by batch.

    Interrupted, it goes on with --no-new-key. Old keys stay: backups need them.
    """
    from datetime import UTC, datetime

    from app.services import resealing
    from app.services.work import Work
    from app.wiring import open_house
    from permits.people import SYSTEM

    with with_tables(read_settings()) as settings:
        if new_key:
            say(f"New key {_vault(settings).rotate(datetime.now(UTC)).hex()}.")
        url = settings.database_owner_url or settings.database_url
        house = open_house(settings.model_copy(update={"database_url": url}))
        for sealed in resealing.columns():
            done = 0
            after: UUID | None = resealing.FIRST
            while after is not None:
                with house.sessions.begin() as session:
                    work = Work(session, SYSTEM, datetime.now(UTC), house.ports, "cli")
                    changed, after = resealing.reseal_batch(work, sealed, after)
                done += changed
            say(f"{sealed.place}: {done}")
        house.engine.dispose()


def _vault(settings: Settings) -> "FileVault":
    from datetime import UTC, datetime

    from app.wiring import open_vault

    return open_vault(settings, datetime.now(UTC))
