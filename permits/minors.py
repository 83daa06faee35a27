"""Minors who cross beside a worker (CA-4), and the alert for one who comes without a parent."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NewType
from uuid import UUID

from permits.errors import Fault
from permits.people import PersonId

AlertId = NewType("AlertId", UUID)

MOST_MINORS = 12
"""Beside one crossing; more is a school class, or a mistake."""


@dataclass(frozen=True)
class Minor:
    """One minor as the agent saw them; no name is kept.

    CA-4 asks for both: a passport, and a parent at hand or a parent's signed permission.
    """

    passport: bool
    parent: bool


@dataclass(frozen=True)
class ChildAlert:
    """A minor came without a parent: child protection is told, and nobody's work is recorded.

    `number` is the permit of whoever brought them, None where they came alone. `agent` is the
    service itself where a device that was ended handed the alert in.
    """

    id: AlertId
    post: str
    direction: str
    device: str
    agent: PersonId
    device_time: datetime
    minors: tuple[Minor, ...]
    number: str | None = None

    @property
    def alone(self) -> int:
        """How many came without a parent."""
        return sum(not minor.parent for minor in self.minors)


def find_faults_of_minors(minors: Sequence[Minor]) -> list[Fault]:
    """What keeps a crossing with these minors from being one.

    A minor without a parent is an alert and never a crossing (CA-4; domain.md 4.5-7).
    """
    if len(minors) > MOST_MINORS:
        return [Fault("too-many-minors", "minors", {"limit": MOST_MINORS})]
    if any(not minor.parent for minor in minors):
        return [Fault("minor-without-parent", "minors")]
    return []


def find_faults_of_alert(alert: ChildAlert, posts: Collection[str]) -> list[Fault]:
    """What is wrong with an alert. Its time is no fault: a lost clock delays no help."""
    checks = (
        (alert.post in posts, "unknown-post", "post"),
        (alert.alone > 0, "no-minor-alone", "minors"),
        (alert.number is None or 1 <= len(alert.number) <= 40, "permit-number-malformed", "number"),
    )
    faults = [Fault(code, field) for holds, code, field in checks if not holds]
    if len(alert.minors) > MOST_MINORS:
        faults.append(Fault("too-many-minors", "minors", {"limit": MOST_MINORS}))
    return faults
