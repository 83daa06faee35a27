"""The roster of a programme abroad: what somebody says of their work, once, and for how long.

SETRASS only holds the roster; the employers choose (requirements of the PTTE). Nothing of sex, age,
family, people or health is part of it: an employer's wish about them has no place to stand in.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, refuse_if
from permits.people import PersonId
from permits.programmes import Programme, Threshold, in_force

MOST_TRADES = 3
MOST_YEARS = 60
FARTHEST = timedelta(days=730)
"""How far ahead somebody may say that they are free: plans are known no longer."""

REMIND_AHEAD = timedelta(days=14)
"""So long before its last day a place on the roster is told to end; two Sundays to find signal."""

WORK_LANGUAGES = ("spa", "eng", "fra")
"""What employers abroad ask for, ISO 639-3; the worker's own languages stand in the application."""


class Education(StrEnum):
    """The highest schooling that was finished, in its order."""

    NONE = "none"
    PRIMARY = "primary"
    SECONDARY = "secondary"
    TECHNICAL = "technical"
    UNIVERSITY = "university"


class Proof(StrEnum):
    """How experience can be shown: by nothing, by somebody who can be asked, or on paper."""

    NOTHING = "nothing"
    REFERENCE = "reference"
    PAPER = "paper"


class Licence(StrEnum):
    """What somebody may drive or work with by law."""

    MOTORCYCLE = "motorcycle"
    CAR = "car"
    TRUCK = "truck"
    MACHINERY = "machinery"


@dataclass(frozen=True)
class Trade:
    """Work that somebody knows: `occupation` is ISCO-08, `years` whole years of it."""

    occupation: str
    years: int
    proof: Proof


@dataclass(frozen=True)
class Profile:
    """What somebody says of their work.

    `trades` are one to three, each occupation once. `education` is None where it was not said.
    `free_from` and `free_until` bound the days for work abroad; None: without an end.
    `destinations` are codes of programmes.
    """

    trades: tuple[Trade, ...]
    languages: frozenset[str]
    education: Education | None
    licences: frozenset[Licence]
    free_from: date
    free_until: date | None
    destinations: frozenset[str]

    def trade(self, occupation: str) -> Trade | None:
        """What they know of one occupation."""
        return next((one for one in self.trades if one.occupation == occupation), None)


@dataclass(frozen=True)
class RosterEntry:
    """One person's place on the roster. `joined_at` never changes while they stay on it.

    `valid_until` counts whole. `left_at`: they took themselves off.
    """

    application: UUID
    worker: PersonId
    profile: Profile = field(repr=False)
    joined_at: datetime
    renewed_at: datetime
    valid_until: date
    version: int = 1
    left_at: datetime | None = None

    def stands(self, day: date) -> bool:
        """Whether the person is on the roster on a day."""
        return self.left_at is None and day <= self.valid_until


def roster_days(programme: Programme, day: date) -> Threshold | None:
    """How many days an entry counts that begins on a day; None where there is no roster."""
    versions = programme.versions.thresholds.get("roster_days")
    return in_force(versions, day) if versions else None


def find_faults(
    profile: Profile, occupations: Collection[str], rosters: Collection[str], today: date
) -> list[Fault]:
    """Every fault of what somebody says; `rosters` are the programmes that keep one."""
    names = [one.occupation for one in profile.trades]
    wrong_years = any(not 0 <= one.years <= MOST_YEARS for one in profile.trades)
    until = profile.free_until
    checks = (
        ("missing", "occupation", not profile.trades),
        ("unknown-value", "occupation", not set(names) <= set(occupations)),
        ("trade-twice", "other_occupation", len(set(names)) != len(names)),
        ("too-many", "other_occupation", len(names) > MOST_TRADES),
        ("years-out", "years", wrong_years),
        ("unknown-value", "work_languages", not profile.languages <= set(WORK_LANGUAGES)),
        ("missing", "destinations", not profile.destinations),
        ("unknown-value", "destinations", not profile.destinations <= set(rosters)),
        ("free-days-far", "free_from", profile.free_from > today + FARTHEST),
        ("dates-reversed", "free_until", until is not None and until < profile.free_from),
        ("free-days-over", "free_until", until is not None and until < today),
    )
    return [Fault(code, field) for code, field, wrong in checks if wrong]


def joined(
    application: UUID,
    worker: PersonId,
    profile: Profile,
    before: RosterEntry | None,
    programme: Programme,
    now: datetime,
) -> RosterEntry:
    """The entry after somebody joins or renews; Conflict("no-roster").

    Who renews in time keeps the day on which they joined, and with it their turn; who left, or
    whose entry ran out, begins anew (nobody holds a turn without being there).
    """
    today = legal_day(now)
    days = roster_days(programme, today)
    if days is None:
        raise Conflict("no-roster")
    keeps = before is not None and before.stands(today)
    return RosterEntry(
        application,
        worker,
        profile,
        before.joined_at if before is not None and keeps else now,
        now,
        today + timedelta(days=days.value),
        before.version + 1 if before is not None else 1,
    )


def check_standing(entry: RosterEntry | None, day: date) -> RosterEntry:
    """Conflict("not-on-roster") where the person is not on the roster on that day."""
    if entry is None or not entry.stands(day):
        raise Conflict("not-on-roster")
    return entry


def check_profile(
    profile: Profile, occupations: Collection[str], rosters: Collection[str], today: date
) -> None:
    """Invalid with every fault."""
    refuse_if(find_faults(profile, occupations, rosters, today))


def initials(name: str) -> str:
    """The first letter of each word of a name, as employers see people whom they did not invite."""
    return " ".join(f"{word[0].upper()}." for word in name.split())
