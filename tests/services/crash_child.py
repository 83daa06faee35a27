"""A process that lives cases and signs permits until it is killed; what it was told, it writes.

    python -m tests.services.crash_child DATABASE_URL ACKNOWLEDGED_FILE

Each line of the file was written after the commit of which it tells.
"""

import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from app.services import credentials
from app.services.ports import Ports
from app.storage.database import Session
from permits.approvals import Opinion
from permits.signing import KeyUse
from tests import outside
from tests.builders import Story
from tests.databases import Database
from tests.outside import MemoryKeys, MemorySigner


def lasting_ports() -> Ports:
    """The outside world with keys that are the same in every process."""
    uses = enumerate(KeyUse, start=1000)
    keys = {use: MemorySigner(ec.derive_private_key(n, ec.SECP256R1())) for n, use in uses}
    ports = outside.ports()
    ports.keys.__dict__.update(MemoryKeys(keys).__dict__)
    return ports


def text_hash(text: str) -> str:
    """A short name for a QR text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class Life:
    """Cases lived one after the other, each step a transaction."""

    def __init__(self, database: Database, acknowledged: Path) -> None:
        self.database, self.ports = database, lasting_ports()
        self.file = os.open(acknowledged, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def step(self, story: Story | None, act: Callable[[Story], Story], *told: str) -> Story:
        """One transaction, and a line once it is committed."""
        with self.database.sessions.begin() as session:
            story = story or Story(session, self.ports)
            story.session = session
            act(story)
        os.write(self.file, (" ".join(map(str, (told[0], story.id, *told[1:]))) + "\n").encode())
        return story

    def one_case(self) -> None:
        """Started, submitted, approved twice, signed."""
        story = self.step(None, lambda story: story.start(), "started")
        self.step(story, lambda story: story.submit(), "submitted")
        self.step(story, lambda s: s.decide(s.setrass, Opinion.APPROVE), "decided", "setrass")
        self.step(story, lambda s: s.decide(s.inm, Opinion.APPROVE), "decided", "inm")
        self.step(story, lambda story: story.sign(), "signed")
        with self.database.sessions.begin() as session:
            self.step(story, lambda story: story, "text", self.text(session, story))

    def text(self, session: Session, story: Story) -> str:
        """The hash of the QR text as it was handed out."""
        story.session = session
        permit = credentials.find_permit_of(story.work(story.worker), story.id)
        return text_hash(permit.credential.text or "") if permit else "none"


if __name__ == "__main__":
    life = Life(Database(sys.argv[1]), Path(sys.argv[2]))
    while True:
        life.one_case()
