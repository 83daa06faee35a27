"""How many of a farm answer how it goes, by week; and whose silence is a sign by itself.

Who was asked counts on the farm whose register had them inside. Whom no register has, and who was
asked on a farm of which too few were to tell, count with their employer.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.services.work import Work
from app.storage import asked_workers
from app.storage.asked_workers import Asked
from permits.deadlines import legal_day, start_of
from recruitment.check_in_days import (
    Days,
    Rate,
    days_of,
    is_silent,
    is_told,
)

_Group = tuple[UUID, UUID | None]


@dataclass(frozen=True)
class FarmRates:
    """A farm's rates by week, the newest first; None where too few were asked to tell.

    `farm` is "" for people of the employer whose farm is not known, or had too few to be told of:
    they are never its total, so that nobody reckons a small farm by taking the others from it.
    `silent`: of those whose time is over so few answered that it is a sign by itself.
    """

    employer: str
    farm: str
    weeks: tuple[Rate, ...]
    asked: int
    answered: int
    silent: bool


@dataclass(frozen=True)
class Silence:
    """Where silence is a sign: of a farm, or of an employer's people who are counted together.

    `told` are farms of which enough were asked: what they say stands for itself.
    """

    farms: frozenset[UUID]
    employers: frozenset[UUID]
    told: frozenset[UUID]

    def is_of(self, farm: UUID, employer: UUID) -> bool:
        """Whether it speaks for a visit to this farm."""
        return farm in self.farms or (employer in self.employers and farm not in self.told)


def list_rates(work: Work) -> Sequence[FarmRates]:
    """Silent farms first; a farm of which nothing can be told is left out."""
    days = _days(work)
    farms = [_rates(rows, days, farm) for (_, farm), rows in _asked(work, days).items()]
    told = [one for one in farms if one.weeks or one.asked >= days.least_asked]
    return sorted(told, key=lambda one: (not one.silent, one.employer, one.farm))


def find_silence(work: Work) -> Silence:
    """The farms and employers whose workers' silence is a sign; enough were asked of each."""
    days = _days(work)
    asked = _asked(work, days)
    silent = {group for group, rows in asked.items() if _rates(rows, days, None).silent}
    return Silence(
        frozenset(farm for _, farm in silent if farm is not None),
        frozenset(employer for employer, farm in silent if farm is None),
        frozenset(farm for _, farm in asked if farm is not None),
    )


def _days(work: Work) -> Days:
    return days_of(work.ports.reference.ethics, legal_day(work.now))


def _asked(work: Work, days: Days) -> Mapping[_Group, list[Asked]]:
    """Who was asked by employer and farm; a farm of too few is one with its employer."""
    since = start_of(legal_day(work.now) - timedelta(days=days.silence))
    by_farm: dict[_Group, list[Asked]] = defaultdict(list)
    for row in asked_workers.count_asked(work.session, since, work.now):
        by_farm[row.employer, row.farm].append(row)
    found: dict[_Group, list[Asked]] = defaultdict(list)
    for (employer, farm), rows in by_farm.items():
        told = sum(row.asked for row in rows) >= days.least_asked
        found[employer, farm if told else None] += rows
    return found


def _rates(rows: Sequence[Asked], days: Days, farm: UUID | None) -> FarmRates:
    weeks: dict[date, list[Asked]] = defaultdict(list)
    for row in rows:
        weeks[row.day - timedelta(days=row.day.weekday())].append(row)
    rates = (Rate(week, *_sums(some)) for week, some in weeks.items())
    told = sorted((one for one in rates if is_told(one, days)), key=lambda one: one.week)
    asked, answered = _sums(rows)
    silent = is_silent(asked, answered, days)
    name = rows[0].farm_name if farm else ""
    return FarmRates(rows[0].employer_name, name, tuple(reversed(told)), asked, answered, silent)


def _sums(rows: Sequence[Asked]) -> tuple[int, int]:
    return sum(row.asked for row in rows), sum(row.answered for row in rows)
