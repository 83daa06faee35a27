"""How long sessions last: so long idle, and so long in all."""

from dataclasses import dataclass
from datetime import timedelta

from permits.people import Role

PROOF = timedelta(minutes=15)
"""How long a proof of who somebody is counts for acts that ask for a fresh one (ASVS 7.5.3)."""


@dataclass(frozen=True)
class Lengths:
    """How long a session lasts: idle, and in all."""

    idle: timedelta
    whole: timedelta


@dataclass(frozen=True)
class SessionLimits:
    """The lengths by what people do; a door fills them from the settings.

    A worker's draft may be worked on for a day (WCAG 2.2.1 asks for 20 hours). A border agent's
    device is shared: left alone it asks for the PIN after five minutes by itself, and its session
    is over after two hours; what waits on it goes out after the next PIN. A worker at
    a kiosk is asked for by its page after two minutes, and is forgotten after five. An employer
    comes in by a message where there is a signal, and works on through a day of harvest.
    """

    worker: Lengths = Lengths(timedelta(hours=20), timedelta(hours=24))
    official: Lengths = Lengths(timedelta(minutes=30), timedelta(hours=10))
    border: Lengths = Lengths(timedelta(hours=2), timedelta(hours=16))
    employer: Lengths = Lengths(timedelta(hours=2), timedelta(hours=20))
    kiosk: Lengths = Lengths(timedelta(minutes=5), timedelta(hours=2))

    def of(self, role: Role) -> Lengths:
        """How long sessions of a role last."""
        if role is Role.WORKER:
            return self.worker
        if role is Role.EMPLOYER:
            return self.employer
        return self.border if role is Role.BORDER_AGENT else self.official
