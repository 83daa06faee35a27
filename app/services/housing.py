"""The housing of a farm: a labour inspector looks at it, and sees mended what failed (R20, R21)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from app.services import farm_inspections, farm_register, hirers, judging_runs
from app.services.work import Work
from app.storage import housing_inspections
from app.storage.farm_hands import EmployersFarm
from app.storage.vacancies import ListedVacancy
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, NotFound, refuse_if
from recruitment.ethics.words import HousingItem
from recruitment.farm_closings import check_stands
from recruitment.housing import (
    HousingInspection,
    Shortcoming,
    ToldHousing,
    find_faults,
    mend,
    tell_housing,
)
from recruitment.registrations import Farm


@dataclass(frozen=True)
class FarmHousing:
    """A farm with every look at its housing, the last on top."""

    farm: EmployersFarm
    looks: Sequence[HousingInspection]

    @property
    def last(self) -> HousingInspection | None:
        """The one that counts."""
        return self.looks[0] if self.looks else None


@dataclass(frozen=True)
class Seen:
    """What an inspector saw; `id` is the form's own, `failed` are the items that are not right."""

    id: UUID
    on: date
    capacity: int
    toilets: int
    showers: int
    failed: frozenset[HousingItem] = frozenset()
    mend_by: date | None = None


def read_own(work: Work, farm: UUID) -> FarmHousing:
    """The housing of a farm of the employer for whom this person acts."""
    return _housing(work, farm_register.get_own_farm(work, farm))


def read_inspected(work: Work, farm: UUID) -> FarmHousing:
    """The housing of any farm, for the labour inspection."""
    return _housing(work, farm_inspections.get_farm(work, farm))


def _housing(work: Work, farm: EmployersFarm) -> FarmHousing:
    return FarmHousing(farm, tuple(housing_inspections.list_of_farm(work.session, farm.id)))


def record_inspection(work: Work, farm: UUID, seen: Seen) -> HousingInspection:
    """Write down what was seen; the same form twice is written down once.

    Invalid with every fault; Conflict("inspection-differs") where the id stands for another look,
    Conflict("farm-closed") after the last day of a farm that was taken away.
    The employer's vacancies are judged again.
    """
    found = farm_inspections.get_farm(work, farm)
    check_stands(found.closed_on, seen.on)
    inspection = HousingInspection(
        seen.id,
        farm,
        seen.on,
        seen.capacity,
        seen.toilets,
        seen.showers,
        tuple(Shortcoming(item) for item in sorted(seen.failed)),
        seen.mend_by,
        work.actor.person,
    )
    refuse_if(find_faults(inspection, legal_day(work.now)))
    facts: Mapping[str, str | int] = {
        "farm": str(farm),
        "failed": ",".join(item.item.value for item in inspection.shortcomings),
        "capacity": seen.capacity,
    }
    event = work.event(Act.HOUSING_INSPECTED, seen.id, facts)
    if not housing_inspections.add_inspection(work.session, inspection, work.now, event=event):
        return _known(work, inspection)
    judging_runs.start_run(work, "farm", found.employer)
    return inspection


def _known(work: Work, inspection: HousingInspection) -> HousingInspection:
    known = housing_inspections.find_inspection(work.session, inspection.id)
    if known is None or _as_seen(known) != _as_seen(inspection):
        raise Conflict("inspection-differs")
    return known


def _as_seen(inspection: HousingInspection) -> HousingInspection:
    """Without what happened to it afterwards."""
    failed = sorted(one.item for one in inspection.shortcomings)
    return replace(inspection, shortcomings=tuple(Shortcoming(item) for item in failed))


def close_shortcoming(
    work: Work, farm: UUID, inspection: UUID, item: HousingItem, on: date, evidence: str
) -> HousingInspection:
    """Write down that something was seen mended; the vacancies are judged again.

    NotFound for a look at another farm, Conflict("already-mended"); the very same words again are
    no error.
    """
    found = farm_inspections.get_farm(work, farm)
    before = housing_inspections.find_inspection(work.session, inspection)
    if before is None or before.farm != farm:
        raise NotFound("no-such-shortcoming")
    if Shortcoming(item, on, evidence.strip()) in before.shortcomings:
        return before
    mended = mend(before, item, on, evidence, legal_day(work.now))
    event = work.event(Act.HOUSING_MENDED, inspection, {"farm": str(farm), "item": item.value})
    if not housing_inspections.close_shortcoming(
        work.session, inspection, mended, work.actor.person, event=event
    ):
        raise Conflict("already-mended")
    judging_runs.start_run(work, "farm", found.employer)
    rest = [mended if one.item is item else one for one in before.shortcomings]
    return replace(before, shortcomings=tuple(rest))


def list_last(work: Work, farms: Sequence[Farm]) -> Mapping[UUID, HousingInspection]:
    """The last look at each of the own farms that had one, for who registered them."""
    return housing_inspections.list_last(work.session, [one.id for one in farms])


def tell(work: Work, found: Sequence[ListedVacancy]) -> Mapping[UUID, ToldHousing | None]:
    """What is told of the bed of each of these vacancies; None where none goes with it."""
    employers = {UUID(one.offer.employer) for one in found if one.offer.employer}
    lodgings = hirers.look_at_lodgings(work, employers)
    return {
        one.id: tell_housing(lodgings.get(UUID(one.offer.employer), ()), one.offer)
        if one.offer.employer and one.offer.department.startswith("HN-")
        else None
        for one in found
    }
