"""`vereda backup` and `vereda restore`: database, files, loaded programmes; the keys apart.

`vereda export-revoked` tells what no longer counts, for a restore of an older backup.
"""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from app.cli.database import bring_up_to_date
from app.cli.retention import read_erased
from app.cli.surroundings import (
    database_url,
    owner_url,
    read_settings,
    refuse,
    say,
    with_database,
    with_tables,
)
from app.settings import Settings

if TYPE_CHECKING:
    from app.adapters.manifests import Manifest
    from app.services.ending_again import EndedAgain
    from permits.endings import Ended

DUMP, OBJECTS, PROGRAMMES = "database.dump", "objects", "programmes"
TOLD_EVERY = 1000
"""Files between two lines of progress."""

Keys = Annotated[Path | None, typer.Option(help="Folder for a copy of the keys, another place.")]
Folder = Annotated[Path, typer.Argument(help="Folder of the backup.")]


def backup(folder: Folder, with_keys: Keys = None) -> None:
    """Copy database, files and loaded programmes into a new folder, while in use; no keys.

    The keys, encrypted as they are, go to `--with-keys`, which must lie elsewhere.
    """
    if folder.exists():
        raise refuse(f"{folder} exists already; choose another name.")
    if with_keys is not None and folder.absolute() in [
        with_keys.absolute(),
        *with_keys.absolute().parents,
    ]:
        raise refuse("The keys must not lie in the backup: who finds it could open it.")
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700, parents=True)
    with with_database(read_settings()) as settings:
        _fill(settings, part)
        if with_keys is not None:
            _copy_files(settings.data_dir / "keys", with_keys)
    part.rename(folder)  # what bears the name is whole
    say(f"Written: {folder}. Keep the keys of {settings.data_dir / 'keys'} apart from it.")


def _fill(settings: Settings, folder: Path) -> None:
    """First the database, then the files: what it names was stored before it named it."""
    import importlib.metadata

    from app.adapters import database_copies, manifests
    from app.storage import snapshots
    from app.storage.database import make_engine
    from app.storage.grants import BACKUP
    from app.storage.roles import url_as
    from app.wiring import passphrase_of, programmes_folder

    url = url_as(database_url(settings), BACKUP)
    engine, made_at = make_engine(url, pool_size=1), datetime.now(UTC)
    say("Copying the database …")
    with snapshots.held_snapshot(engine) as snapshot:
        database_copies.write(url, folder / DUMP, snapshot.name)
    engine.dispose()
    _copy_objects(settings, folder / OBJECTS)
    _copy_files(programmes_folder(settings), folder / PROGRAMMES)
    say("Measuring …")
    listed = manifests.Manifest(
        made_at.isoformat(),
        importlib.metadata.version("vereda"),
        snapshot.revision,
        snapshot.counts,
        snapshot.checkpoint,
        _names_of_keys(settings.data_dir / "keys"),
        {name: manifests.measure(folder / name) for name in manifests.files_below(folder)},
    )
    manifests.write(folder, listed, passphrase_of(settings))


def _copy_objects(settings: Settings, target: Path) -> None:
    from app.wiring import open_objects

    store = open_objects(settings)
    for count, name in enumerate(store.names(), start=1):
        path = target / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_bytes(store.get(name))
        path.chmod(0o600)
        if count % TOLD_EVERY == 0:
            say(f"{count} files …")


def _names_of_keys(folder: Path) -> tuple[str, ...]:
    """The keys that a backup needs to be of use, by name; nothing secret."""
    from app.adapters.keys import KeyFolder
    from app.adapters.vault import FileVault

    if not (folder / "fields.json").is_file():
        return ()
    signing = [record.kid.hex() for record in KeyFolder(folder, "-").records()]
    sealing = [name.hex() for name, _ in FileVault(folder, "-").names()]
    return tuple(sorted([*signing, *sealing]))


def _copy_files(source: Path, target: Path, mode: int = 0o600) -> None:
    for path in sorted(source.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            copy = target / path.relative_to(source)
            copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
            copy.chmod(mode)


def restore(
    folder: Folder,
    keys: Annotated[
        Path | None, typer.Option(help="Folder with the copy of the keys; unset: they stand.")
    ] = None,
    erased: Annotated[
        Path | None, typer.Option(help="What `vereda retention erased --json` told last.")
    ] = None,
    revoked: Annotated[
        Path | None, typer.Option(help="What `vereda export-revoked` wrote last.")
    ] = None,
) -> None:
    """Bring a backup back into an empty place: checked first, keys, files, the database last.

    Nothing is written where the backup is damaged, the place is not empty or the keys are others.
    """
    from app.adapters import manifests
    from app.wiring import passphrase_of, programmes_folder

    settings = read_settings()
    try:
        listed, digest = manifests.read(folder, passphrase_of(settings))
        say("Checking the backup …")
        manifests.check(folder, listed)
    except manifests.BadBackup as bad:
        raise refuse(f"Not restored. {bad}") from None
    again, ended = _read_erased(erased), _read_revoked(settings, revoked)
    with with_database(settings) as ready:
        _refuse_unfit(ready, listed, keys)
        if keys is not None:
            _copy_files(keys, ready.data_dir / "keys")
        _put_objects(ready, folder / OBJECTS)
        _copy_files(folder / PROGRAMMES, programmes_folder(ready), 0o644)
        _put_database(ready, folder / DUMP, listed)
        number, done = _begin_anew(ready, listed, digest, again, ended)
    _tell(done)
    say(f"Restored as of {listed.made_at}. New permits stand on status list {number}.")


def _refuse_unfit(settings: Settings, listed: "Manifest", keys: Path | None) -> None:
    """Exit 1 with the first reason against restoring here."""
    from app.adapters.wage_shelf import FILE
    from app.storage import migrations, snapshots
    from app.storage.database import make_engine
    from app.wiring import open_objects, programmes_folder

    if not migrations.knows(listed.revision):
        raise refuse(f"Not restored. The backup is newer ({listed.revision}): upgrade first.")
    standing = settings.data_dir / "keys"
    have = any(standing.glob("*.json"))
    if keys is not None and have:
        raise refuse(f"Not restored. {standing} holds keys already; leave --keys out.")
    missing = set(listed.keys) - set(_names_of_keys(keys or standing) if keys or have else ())
    if missing:
        raise refuse(
            f"Not restored. The keys are others: {len(missing)} that it needs are not there."
        )
    engine = make_engine(owner_url(settings), pool_size=1)
    filled = snapshots.count_rows(engine)
    engine.dispose()
    folder = programmes_folder(settings)
    loaded = any(folder.glob("*.toml")) or (folder / FILE).is_file()
    if filled or loaded or next(open_objects(settings).names(), None) is not None:
        raise refuse("Not restored. The place is not empty: choose another DATA_DIR or database.")


def _put_objects(settings: Settings, source: Path) -> None:
    from app.adapters import manifests
    from app.wiring import open_objects

    store = open_objects(settings)
    for count, name in enumerate(manifests.files_below(source), start=1):
        store.put(name, (source / name).read_bytes(), "application/octet-stream")
        if count % TOLD_EVERY == 0:
            say(f"{count} files …")


def _put_database(settings: Settings, dump: Path, listed: "Manifest") -> None:
    from app.adapters import database_copies
    from app.storage import snapshots
    from app.storage.database import make_engine

    say("Bringing the database back …")
    database_copies.read(owner_url(settings), dump)
    engine = make_engine(owner_url(settings), pool_size=1)
    counted = snapshots.count_rows(engine)
    engine.dispose()
    if counted != dict(listed.counts):
        raise refuse("The database differs from the backup's list: do not use it.")
    bring_up_to_date(settings)


def _read_erased(file: Path | None) -> list[UUID]:
    """The files that were erased before the loss; the backup may still hold them."""
    if file is None:
        say("No list of erasures was given: files erased since the backup are back.")
        return []
    return read_erased(file)


def _read_revoked(settings: Settings, file: Path | None) -> "Ended":
    """What did not count before the loss; the backup may hold it as valid."""
    from app.adapters import endings
    from app.wiring import passphrase_of
    from permits.endings import Ended

    if file is None:
        say("No list of revocations was given: what was revoked since the backup counts again.")
        return Ended()
    try:
        ended, made_at = endings.read(file, passphrase_of(settings))
    except endings.BadEndings as bad:
        raise refuse(f"Not restored. {bad}") from None
    say(f"What was revoked is known as of {made_at}.")
    return ended


def _tell(done: "EndedAgain") -> None:
    say(
        f"Ended again: {done.rights} rights, {done.cards} cards, {done.suspensions} suspensions, "
        f"and {done.places} cards that the backup does not know."
    )
    for right in done.by_hand:
        say(f"To be done again by officials, who are not in the backup: right {right}.")


def _begin_anew(
    settings: Settings, listed: "Manifest", digest: str, erased: list[UUID], ended: "Ended"
) -> "tuple[int, EndedAgain]":
    from pydantic import SecretStr

    from app.services.ending_again import end_again
    from app.services.restoring import begin_anew
    from app.services.work import Work
    from app.wiring import open_house
    from permits.people import SYSTEM

    own = SecretStr(owner_url(settings))
    house = open_house(settings.model_copy(update={"database_url": own}))
    with house.sessions.begin() as session:
        work = Work(session, SYSTEM, datetime.now(UTC), house.ports, "restore")
        done = end_again(work, ended)
        number = begin_anew(work, datetime.fromisoformat(listed.made_at), digest, erased)
    house.engine.dispose()
    return number, done


def export_revoked(file: Annotated[Path, typer.Argument(help="The file to write.")]) -> None:
    """Write what no longer counts, for `vereda restore --revoked`; keep it beside the keys.

    Often: what is revoked after the last export counts again after a restore.
    """
    from app.adapters import endings
    from app.services.ending_again import list_ended
    from app.services.work import Work
    from app.wiring import open_house, passphrase_of
    from permits.people import SYSTEM

    with with_tables(read_settings()) as settings:
        house = open_house(settings)
        now = datetime.now(UTC)
        with house.read_sessions() as session:
            ended = list_ended(Work(session, SYSTEM, now, house.ports, "cli"))
        house.engine.dispose()
        endings.write(file, ended, now, passphrase_of(settings))
    say(f"Written: {file}. Cards that do not count: {len(ended.cards)}.")
