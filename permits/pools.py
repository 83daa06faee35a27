"""The open pool of a department: a permit for its work before there is an employer (decision 38).

Who may not find a farm from home applies for the pool of a department. The terms are the floor of
the programme: the days of its season, the minimum wage of its sector. Both agencies decide on them;
an employer is attached afterwards, by labour alone (`permits/employer_changes.py`).
"""

from collections.abc import Collection
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from uuid import UUID, uuid5

from permits.offers import Offer
from permits.programmes import Hiring, Programme, Season
from permits.wages import ORDINARY_HOURS, EmployerSize, MinimumWage, WageUnit, find_minimum

DAY = timedelta(days=1)
_NAMES = UUID("6a0a54f2-9a0e-5d0c-8a0d-0d4c3f1f7b11")
_CENT = Decimal("0.01")
_DAYS_PER_WEEK = 6
"""Of an ordinary week (Código del Trabajo art. 322 and 338)."""


def pool_id(programme: str, department: str, opening: date) -> UUID:
    """The name of a pool: the same for everybody, in every process, for one season."""
    return uuid5(_NAMES, f"{programme}/{department}/{opening.isoformat()}")


def season_ahead(season: Season, day: date) -> tuple[date, date]:
    """First and last day of the season that a day lies in, or of the next one."""
    opening = season.opening(day) or season.next_opening(day)
    return opening, season.closing(opening) or opening


def pool_offer(
    programme: Programme, department: str, wages: Collection[MinimumWage], day: date
) -> Offer | None:
    """What the pool of a department offers on a day.

    It begins that day, or with the season, and lasts as long as a permit may without INM's special
    permit to stay, within the season. It pays the minimum of the smallest farm. None where the
    programme has no pool there, or the floor cannot be told.
    """
    if department not in programme.pool or programme.season is None:
        return None
    opening, closing = season_ahead(programme.season, day)
    starts_on = max(opening, day)
    sector, smallest = programme.wage_sector or "", EmployerSize.TO_10
    floor = find_minimum(wages, sector, smallest, starts_on)
    if floor is None:
        return None
    return Offer(
        vacancy=str(pool_id(programme.code, department, opening)),
        employer="",
        employer_name="",
        employer_size=smallest,
        hiring=Hiring.OPEN,
        department=department,
        municipality="",
        title=programme.name_es,
        occupation=programme.occupation,
        starts_on=starts_on,
        ends_on=min(closing, starts_on + (_longest(programme) - 1) * DAY),
        wage=floor.per_day_hnl.quantize(_CENT, ROUND_CEILING),
        currency="HNL",
        unit=WageUnit.DAY,
        unit_kg=None,
        hours_per_day=Decimal(ORDINARY_HOURS),
        days_per_week=_DAYS_PER_WEEK,
        housing=False,
        transport=False,
        food=False,
    )


def _longest(programme: Programme) -> int:
    validity = programme.validity
    free = validity.visa_free_stay_days
    return min(validity.maximum_days.value, free.value if free else validity.maximum_days.value)
