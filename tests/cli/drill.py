"""A house that is backed up and lost, and how to ask what it gave out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import text

from app.adapters import manifests
from app.services import documents, erasing
from app.services.ports import Ports
from app.settings import DEMO_PASSPHRASE, Settings
from app.storage import erasures
from app.web.clock import utc_now
from app.wiring import choose_ports
from permits.deadlines import legal_day
from permits.erasure import Cause
from permits.people import SYSTEM
from permits.submissions import DocumentKind
from tests.builders import Story, add_vacancy, work_of
from tests.cli.test_commands import users_of, vereda
from tests.databases import Database
from tests.papers import portrait
from tests.rights import RightStory


@dataclass
class House:
    """A database with its data folder; its clock is the machine's."""

    database: Database
    folder: Path
    ports: Ports

    @property
    def variables(self) -> dict[str, str]:
        return {**users_of(self.database), "VEREDA_DATA_DIR": str(self.folder)}

    def live(self, steps: Callable[[Story], Story]) -> Story:
        """One story in one transaction."""
        with self.database.sessions.begin() as session:
            return steps(Story(session, self.ports, utc_now()))

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        with self.database.sessions() as session:
            return [tuple(row) for row in session.execute(text(query))]


def house(database: Database, folder: Path) -> House:
    settings = Settings(database_url=SecretStr(database.url), data_dir=folder)
    return House(database, folder, choose_ports(settings))


def permit(story: Story) -> Story:
    """A signed permit, with a picture in the store."""
    vacancy = add_vacancy(story.session, story.ports, starts_on=legal_day(story.now))
    story.start(vacancy=str(vacancy))
    work = story.work(story.worker)
    documents.attach_document(work, story.id, DocumentKind.PHOTO, portrait())
    return story.submit().approve().sign()


PLACES = "SELECT status_list, status_index FROM credentials ORDER BY id"
RECEIPTS = "SELECT receipt FROM applications WHERE receipt IS NOT NULL"
NUMBERS = "SELECT number FROM credentials"
GIVEN_OUT = (PLACES, RECEIPTS, NUMBERS)
STORED = "SELECT object_key, sha256 FROM documents"


@dataclass
class Drill:
    """What was lost, the backup and the keys apart, and what had been given out before it began."""

    lost: House
    backup: Path
    keys: Path
    before: dict[str, set[tuple[Any, ...]]]
    text: str
    written_meanwhile: int
    erased: Path
    ended: "Ended"

    @property
    def listed(self) -> manifests.Manifest:
        return manifests.read(self.backup, DEMO_PASSPHRASE)[0]


FORGOTTEN = "Bartola"
"""The name of somebody whose file is erased after the backup."""


def forget(house: House, story: Story, file: Path) -> Path:
    """Erase a file, and keep the list of what was erased apart, as `retention erased` tells it."""
    with house.database.sessions.begin() as session:
        work = work_of(session, SYSTEM, house.ports, utc_now())
        erasing.erase(work, erasures.get_case(session, story.id, lock=True), Cause.ASKED)
    done = vereda("retention", "erased", "--json", **house.variables)
    assert done.returncode == 0, done.stderr
    file.write_text(done.stdout, encoding="utf-8")
    return file


@dataclass
class Ended:
    """Two permits that were taken back after the backup: it knows one, and never knew the other."""

    known: RightStory
    told: Path
    places: list[tuple[int, int]] = field(default_factory=list)

    def take_back(self, house: House) -> "Ended":
        """Take both back, and tell it to another place."""
        with house.database.sessions.begin() as session:
            self.known.story.session, self.known.story.now = session, utc_now()
            unknown = RightStory(permit(Story(session, house.ports, utc_now())))
            for one in (self.known, unknown):
                card = one.permit.credential
                self.places.append((card.status_list, card.status_index))
                one.propose().confirm()
        done = vereda("export-revoked", str(self.told), **house.variables)
        assert done.returncode == 0, done.stderr
        return self


def granted(house: House) -> RightStory:
    """A permit and those who may take it back."""
    with house.database.sessions.begin() as session:
        return RightStory(permit(Story(session, house.ports, utc_now())))


def restore(place: House, drill: Drill) -> str:
    """Restore there; returns what it said."""
    words = ["--keys", str(drill.keys), "--erased", str(drill.erased)]
    words += ["--revoked", str(drill.ended.told)]
    done = vereda("restore", str(drill.backup), *words, **place.variables)
    assert done.returncode == 0, done.stderr
    return done.stderr
