"""What no order weighs in a changed contract, a person of SETRASS reads: job title, tasks (R16)."""

from dataclasses import dataclass
from datetime import datetime

from permits.errors import Fault
from permits.people import PersonId
from permits.roles import Role
from recruitment.ethics.words import Weighed

REASON_LIMIT = 500
"""Characters of the reason."""


@dataclass(frozen=True)
class Look:
    """What an official said of a version, held against another: both by their digests.

    It says nothing of any other pair: a newer version wants a look of its own.
    """

    base: str
    digest: str
    weighed: Weighed
    reason: str
    official: PersonId
    role: Role
    looked_at: datetime


def find_faults(weighed: Weighed | None, reason: str) -> list[Fault]:
    """What is wrong with what an official says: nothing chosen, no reason, or too long a one."""
    faults = [Fault("missing", "weighed")] if weighed is None else []
    if not reason.strip():
        faults.append(Fault("missing", "reason"))
    if len(reason.strip()) > REASON_LIMIT:
        faults.append(Fault("too-long", "reason", {"limit": REASON_LIMIT}))
    return faults
