"""What a start in production looks at besides the settings: nothing of the demonstration is here.

The demonstration prints its passwords on its first page and its key passphrase stands in this
repository: a production that stands on its data folder or its database is open to everybody.
"""

from pathlib import Path

from app.cli.surroundings import Unable, database_url
from app.settings import DEMO_PASSPHRASE, Settings


def refuse_demo_keys(settings: Settings) -> None:
    """Raise Unable where a production stands on the keys of a demonstration."""
    keys = settings.data_dir / "keys"
    if not settings.is_demo and has_demo_keys(keys):
        raise Unable(
            f"The signing keys in {keys} were made by the demonstration and everybody can open "
            "them: let VEREDA_DATA_DIR name another folder."
        )


def refuse_demo_people(settings: Settings) -> None:
    """Raise Unable where a production's database holds people of a demonstration."""
    if not settings.is_demo and has_demo_people(database_url(settings)):
        raise Unable(
            "The database holds accounts of the demonstration, whose passwords everybody knows: "
            "let VEREDA_DATABASE_URL name a database of its own."
        )


def has_demo_keys(folder: Path) -> bool:
    """Whether any key of a folder opens with the passphrase that the demonstration uses."""
    from app.adapters.key_files import KeyUnusable
    from app.adapters.keys import KeyFolder

    keys = KeyFolder(folder, DEMO_PASSPHRASE)
    for key in keys.records():
        try:
            keys.open(key)
        except KeyUnusable:
            continue
        return True
    return False


def has_demo_people(url: str) -> bool:
    """Whether any of the demonstration's sign-ins has an account."""
    from app.demo.officials import demo_accounts
    from app.storage.accounts import find_account
    from app.storage.database import make_engine, read_session_factory

    engine = make_engine(url, pool_size=1)
    try:
        with read_session_factory(engine)() as session:
            return any(find_account(session, account.user) for account in demo_accounts())
    finally:
        engine.dispose()
