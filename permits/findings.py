"""A finding: what a check saw, how grave it is and where the rule stands; no wording."""

import dataclasses
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """BLOCK stops approval; WARN asks a person to look; INFO is shown."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


@dataclass(frozen=True)
class Finding:
    """`source` cites the clause; `confirmed` tells whether counsel has confirmed it as law."""

    code: str
    severity: Severity
    source: str
    confirmed: bool = False
    field: str = ""
    facts: dict[str, str | int] = dataclasses.field(default_factory=dict)
