"""The farms that are to be inspected next, by signs that are shown one by one (E10)."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from app.services import answer_rates, wanted_cases
from app.services.child_care import list_families
from app.services.work import Work
from app.storage import (
    farm_hands,
    farm_movements,
    housing_inspections,
    improvement_points,
    measures,
)
from app.storage import wanted_cases as kept
from app.storage.farm_hands import EmployersFarm
from permits.deadlines import legal_day
from permits.people import Permission
from permits.policies import check_permission
from permits.programmes import in_force
from recruitment.inspection_plan import FarmSigns, Score, points_of, score

WEIGHED = 20_000
"""Farms, and families with children, of a whole country: none is left out for its place in a list.
"""

SHOWN = 200


@dataclass(frozen=True)
class PlannedFarm:
    """A farm with what speaks for a visit, and how many are inside now."""

    farm: EmployersFarm
    inside: int
    score: Score


def plan(work: Work) -> list[PlannedFarm]:
    """The farms for which most speaks: the highest score first, then who has most inside.

    All farms are weighed and `SHOWN` are told. Nobody is named, and no complaint is opened for it.
    """
    check_permission(work.actor, Permission.FARM_INSPECT)
    session, today = work.session, legal_day(work.now)
    farms = farm_hands.list_farms_of(session, None, WEIGHED)
    ids, employers = [one.id for one in farms], {one.employer for one in farms}
    inside = farm_movements.count_inside(session, ids)
    signs = _signs(work, farms, employers)
    rows = work.ports.reference.ethics
    points = points_of(rows, today)
    oldest = timedelta(days=int(in_force(rows.values["R20.oldest_days"], today).value))
    planned = [
        PlannedFarm(one, inside.get(one.id, 0), score(signs[one.id], points, today, oldest))
        for one in farms
    ]
    worth = [one for one in planned if one.score.total]
    return sorted(worth, key=lambda one: (-one.score.total, -one.inside, one.farm.name))[:SHOWN]


def _signs(work: Work, farms: list[EmployersFarm], employers: set[UUID]) -> dict[UUID, FarmSigns]:
    session, today = work.session, legal_day(work.now)
    since = work.now - timedelta(days=wanted_cases.within_days(work))
    last = housing_inspections.list_last(session, [one.id for one in farms])
    against = measures.list_of_employers(session, employers)
    patterns = kept.count_patterns(session, employers, since)
    overdue = improvement_points.count_overdue(session, [one.id for one in farms], today)
    silence = answer_rates.find_silence(work)
    children = Counter(
        (one.family.employer, one.family.municipality)
        for one in list_families(work, WEIGHED)
        if one.lacks
    )
    return {
        one.id: FarmSigns(
            one.housed,
            last.get(one.id),
            patterns.get(one.employer, 0),
            sum(measure.counts_on(today) for measure in against.get(one.employer, ())),
            silence.is_of(one.id, one.employer),
            children[one.employer, one.municipality],
            overdue.get(one.id, 0),
        )
        for one in farms
    }
