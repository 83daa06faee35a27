"""What the log remembers: who did what to which subject, when, with the facts of the act alone."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from permits.act_facts import FACTS
from permits.acts import Act
from permits.people import PersonId, Role

__all__ = ["FACTS", "Act", "AuditEvent", "Fact"]

Fact = str | int | bool | list[str] | None


@dataclass(frozen=True)
class AuditEvent:
    """One act by one person at one instant; no names, no document numbers, no free text.

    ValueError where `facts` names something that the catalogue does not list for the act.
    """

    act: Act
    subject: UUID
    person: PersonId
    role: Role
    at: datetime
    request: str = ""
    facts: Mapping[str, Fact] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse facts outside the catalogue."""
        unknown = set(self.facts) - FACTS[self.act]
        if unknown:
            raise ValueError(f"{self.act} may not carry {sorted(unknown)}")
