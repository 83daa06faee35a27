"""One person has one right of a programme at a time (domain 4.1): what stands against a second."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from permits.findings import Finding, Severity

FINDING = "right-stands"
"""A right of the same person stands for days that this one would be for."""

SOURCE = "Un derecho por persona y programa (motivo L7)"


@dataclass(frozen=True)
class StandingRight:
    """The days of a right that stands under another case, both included.

    `certain`: it is of the same number for life; else of who named the same document.
    """

    first_day: date
    last_day: date
    certain: bool = True


def held_until(findings: Collection[Finding]) -> date | None:
    """The last day of the right that stands in the way, None where none does."""
    until = (one.facts["held_until"] for one in findings if one.code == FINDING)
    return next((date.fromisoformat(str(one)) for one in until), None)


def find_standing(
    rights: Collection[StandingRight], days: tuple[date, date] | None, *, compared: bool
) -> Iterator[Finding]:
    """What stands against a right for these days: another of the same person that meets them.

    Nothing where no `days` are left for it. One that only names the same document counts where an
    official `compared` the document here: what somebody typed takes nobody's permit away. Taking
    the other back, or the worker's giving it up, ends the finding.
    """
    if days is None:
        return
    first_day, last_day = days
    meeting = [
        one
        for one in rights
        if (one.certain or compared) and one.first_day <= last_day and first_day <= one.last_day
    ]
    if meeting:
        until = max(one.last_day for one in meeting).isoformat()
        yield Finding(FINDING, Severity.BLOCK, SOURCE, False, "", {"held_until": until})
