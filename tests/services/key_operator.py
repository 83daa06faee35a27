"""An operator at the keys of a story, for the tests of what operators do."""

from dataclasses import dataclass

from sqlalchemy import select

from app.services import keys
from app.services.work import Work
from app.storage.audit import audit_events
from permits import keys as law
from permits.keys import Key
from permits.people import SYSTEM
from permits.signing import KeyUse
from tests import key_acts
from tests.builders import Story
from tests.outside import MemoryKeys


@dataclass
class Operator:
    """Works with the keys of a story, at the story's time."""

    story: Story

    @property
    def work(self) -> Work:
        return self.story.work(SYSTEM)

    @property
    def ring(self) -> MemoryKeys:
        ring = self.story.ports.keys
        assert isinstance(ring, MemoryKeys)
        return ring

    def signing(self, use: KeyUse = KeyUse.PERMIT) -> Key:
        found = law.find_signing(self.ring.list_keys(), use)
        assert found is not None
        return found

    def make(self, use: KeyUse = KeyUse.PERMIT) -> Key:
        made = keys.make_key(self.work, use)
        key_acts.publish(self.ring, self.story.now)
        return made

    def log(self) -> list[tuple[str, object]]:
        rows = self.story.session.execute(
            select(audit_events.c.act, audit_events.c.facts)
            .where(audit_events.c.act.like("key:%"))
            .order_by(audit_events.c.id)
        )
        return [(row.act, row.facts) for row in rows]
