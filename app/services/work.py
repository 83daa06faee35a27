"""What every use case is given: who acts, when, where to write, and the world outside."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from app.services.ports import Ports
from app.storage.database import Session
from permits.audit import Act, AuditEvent, Fact
from permits.people import SYSTEM, Actor, PersonId, Role


@dataclass(frozen=True)
class Work:
    """One request or one job; `now` is aware, `request` is an id without meaning.

    `opened` are files beyond the actor's bounds that this work may read, and never write
    (break-glass).
    """

    session: Session
    actor: Actor
    now: datetime
    ports: Ports
    request: str = ""
    opened: frozenset[UUID] = frozenset()

    def event(self, act: Act, subject: UUID, facts: Mapping[str, Fact] | None = None) -> AuditEvent:
        """The audit event of an act of this work."""
        return AuditEvent(
            act, subject, self.actor.person, self.actor.role, self.now, self.request, facts or {}
        )

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part that is undone alone where it is refused; what comes after still counts."""
        with self.session.begin_nested():
            yield

    def new_id(self) -> UUID:
        """A random UUID (version 4)."""
        return UUID(bytes=self.ports.chance.token(16), version=4)

    def as_actor(self, actor: Actor) -> "Work":
        """The same work in another's name, as when somebody has just signed in."""
        return replace(self, actor=actor)

    def reading_opened(self, file: UUID) -> "Work":
        """The same work with this file within reach, to read."""
        return replace(self, opened=frozenset({file}))

    def as_person(self, person: PersonId) -> "Work":
        """The same work in the name of a person who has shown who they are, in no role yet."""
        return self.as_actor(Actor(person, Role.ANYONE))

    def as_system(self) -> "Work":
        """The same work in the service's own name."""
        return self.as_actor(SYSTEM)


def token_hash(token: str) -> bytes:
    """SHA-256 of a random token: enough for 256 random bits, and all that is kept."""
    return hashlib.sha256(token.encode()).digest()
