"""The way after the permit: travel, work and the way home, by what is known and what is planned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from permits.authorisations import AuthorisationStatus
from permits.crossings import Direction
from permits.people import Agency
from permits.programme_rules import STEP_OF, PathwayStep

GOING: Mapping[PathwayStep, Direction] = {
    PathwayStep.ENTRY: Direction.ENTRY,
    PathwayStep.DEPARTURE: Direction.EXIT,
}
"""Steps in which the person goes to the work, and how the posts of Honduras see it."""

COMING_BACK = frozenset({PathwayStep.EXIT, PathwayStep.RETURN})


def way_of(pathway: Sequence[PathwayStep], agencies: Sequence[Agency]) -> tuple[PathwayStep, ...]:
    """The way of a case, on which these agencies decide, whatever its programme asks by now.

    Where they are others than those of the programme's way, their steps stand before the permit in
    the order of the agencies.
    """
    theirs = [STEP_OF[agency] for agency in agencies]
    every = frozenset(STEP_OF.values())
    if set(theirs) == every & set(pathway):
        return tuple(pathway)
    others = [step for step in pathway if step not in every]
    at = others.index(PathwayStep.PERMIT)
    return (*others[:at], *theirs, *others[at:])


class StageState(StrEnum):
    """How a step stands."""

    DONE = "done"
    NOW = "now"
    LATER = "later"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Passages:
    """When a person first and last crossed under one right, by direction; empty where unknown.

    A crossing that a device still holds is not known yet.
    """

    first: Mapping[Direction, datetime]
    last: Mapping[Direction, datetime]

    def went(self, going: Direction) -> datetime | None:
        """When the person first went to the work."""
        return self.first.get(going)

    def came_back(self, going: Direction) -> datetime | None:
        """When the person came back, unless they went to the work once more since."""
        back = Direction.EXIT if going is Direction.ENTRY else Direction.ENTRY
        returned, went = self.last.get(back), self.last.get(going)
        return returned if returned and went and returned > went else None


NO_PASSAGES = Passages({}, {})


@dataclass(frozen=True)
class Travel:
    """What is known of a journey; `status` is that of the right, None before it is granted.

    `noted`: the programme has posts that note each crossing. Where it has none (who flies abroad),
    the right's last day tells that the person went and worked.
    """

    status: AuthorisationStatus | None
    went: datetime | None = None
    came_back: datetime | None = None
    noted: bool = True

    @property
    def gone(self) -> bool:
        """Whether the person is known, or taken, to have gone to the work."""
        return self.went is not None or (self.over and not self.noted)

    @property
    def over(self) -> bool:
        """Whether the last day of the right is over."""
        return self.status is AuthorisationStatus.EXPIRED

    def state(self, step: PathwayStep) -> StageState:
        """How a step after the permit stands; nothing is done that nobody knows of."""
        active = self.status is AuthorisationStatus.ACTIVE
        if step in GOING:
            done, now = self.gone, active
        elif step in COMING_BACK:
            done, now = self.came_back is not None, self.gone and self.over
        else:
            done = self.gone and (self.over or self.came_back is not None)
            now = self.gone and active
        return StageState.DONE if done else StageState.NOW if now else StageState.LATER

    def at(self, step: PathwayStep) -> datetime | None:
        """When a step was done, as far as it is known."""
        return self.went if step in GOING else self.came_back if step in COMING_BACK else None


@dataclass(frozen=True)
class Days:
    """The planned days of a right or, before there is one, of the offer; both count."""

    first: date
    last: date

    def of(self, step: PathwayStep) -> tuple[date | None, date | None]:
        """From when and until when a step is to be done; None where it is not bounded."""
        if step in GOING:
            return self.first, None
        return (None, self.last) if step in COMING_BACK else (self.first, self.last)
