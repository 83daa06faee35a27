"""What is to be mended on a farm: the inspection asks and verifies, the employer says what it did.

The plan rests on what the inspection saw itself, or on what R37 found in the words of several
workers (decision 72). A complaint is neither opened nor named for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.services import farm_inspections, wanted_cases
from app.services.work import Work
from app.storage import farm_hands, housing_inspections
from app.storage import improvement_points as kept
from app.storage import wanted_cases as told
from app.storage.farm_hands import EmployersFarm
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, NotFound, refuse_if
from permits.people import Permission
from permits.policies import check_permission
from recruitment.complaints.words import Category
from recruitment.farm_closings import check_stands
from recruitment.improvements import (
    WORDED,
    CheckedBy,
    Point,
    PointAction,
    PointStatus,
    due_days,
    explains,
    find_faults,
    first_of_next,
    move_point,
)

LISTED = 200


@dataclass(frozen=True)
class FarmPlan:
    """A farm and its points; `due` are the days until which another one may be asked.

    None is to be had where nothing explains it to the employer: `rests` says whether one may be.
    """

    farm: EmployersFarm
    points: Sequence[Point]
    rests: bool
    told_from: date
    due: tuple[date, ...]


@dataclass(frozen=True)
class OwnPoint:
    """A point as the employer reads it, with the name of its farm."""

    point: Point
    farm: str


@dataclass(frozen=True)
class Asked:
    """What an inspector wants changed; `id` is the form's own, `sure` that a warning was read."""

    id: UUID
    topic: Category
    change: str
    checked_by: CheckedBy
    due_by: date
    sure: bool = False


def read_plan(work: Work, farm: UUID) -> FarmPlan:
    """The plan of any farm, for the labour inspection: told and not yet told."""
    check_permission(work.actor, Permission.CLAIM_INSPECT)
    found = farm_inspections.get_farm(work, farm)
    points = kept.list_points(work.session, [farm], LISTED)
    told_from = first_of_next(legal_day(work.now))
    rests = _find_look(work, found) is not None or _has_pattern(work, found)
    return FarmPlan(found, points, rests, told_from, due_days(told_from))


def get_point(work: Work, farm: UUID, point: UUID) -> tuple[EmployersFarm, Point]:
    """One point of a farm for the labour inspection; NotFound for another farm's."""
    check_permission(work.actor, Permission.CLAIM_INSPECT)
    found, one = farm_inspections.get_farm(work, farm), kept.find_point(work.session, point)
    if one is None or one.farm != farm:
        raise NotFound("no-such-point")
    return found, one


def ask_point(work: Work, farm: UUID, asked: Asked) -> Point:
    """Want something changed; the employer reads of it on the first of the next month.

    The same form twice asks once. Conflict("nothing-explains-it") where no visit and no pattern
    stands for it, Conflict("point-differs") where the id is another point's, Invalid with all
    that is wrong.
    """
    check_permission(work.actor, Permission.CLAIM_INSPECT)
    found = farm_inspections.get_farm(work, farm)
    known = kept.find_point(work.session, asked.id)
    if known is not None:
        if not _is_asked(known, farm, asked):
            raise Conflict("point-differs")
        return known
    check_stands(found.closed_on, legal_day(work.now))
    look = _find_look(work, found)
    if look is None and not _has_pattern(work, found):
        raise Conflict("nothing-explains-it")
    point = Point(
        asked.id,
        farm,
        look,
        asked.topic,
        asked.change.strip(),
        asked.checked_by,
        first_of_next(legal_day(work.now)),
        asked.due_by,
    )
    refuse_if(find_faults(point, sure=asked.sure))
    event = work.event(Act.IMPROVEMENT_ASKED, point.id, {"farm": str(farm)})
    kept.add_point(work.session, point, work.actor.person, event=event)
    return point


def _is_asked(known: Point, farm: UUID, asked: Asked) -> bool:
    """Whether a form that is sent again asked for this very point."""
    told = (farm, asked.topic, asked.change.strip(), asked.checked_by, asked.due_by)
    return told == (known.farm, known.topic, known.change, known.checked_by, known.due_by)


def judge_point(
    work: Work, farm: UUID, point: UUID, action: PointAction, note: str, seen: int, *, sure: bool
) -> Point:
    """Verify, open again or withdraw a point; the employer reads the `note` of why it is open.

    The own form again is no error. Raises as `move_point` does, NotFound("no-such-point").
    """
    get_point(work, farm, point)
    if action is PointAction.SAY:
        raise Conflict("point-closed")
    return _move(work, point, action, note, seen, sure=sure)


def list_own(work: Work) -> list[OwnPoint]:
    """What the employer for whom this person acts is to mend, once it is told."""
    names, today = _own_farms(work), legal_day(work.now)
    points = kept.list_points(work.session, list(names), LISTED)
    return [OwnPoint(one, names[one.farm]) for one in points if _is_told(one, today)]


def get_own(work: Work, point: UUID) -> OwnPoint:
    """One of the own points; NotFound for another's, and for what is not told yet."""
    names, found = _own_farms(work), kept.find_point(work.session, point)
    if found is None or found.farm not in names or not _is_told(found, legal_day(work.now)):
        raise NotFound("no-such-point")
    return OwnPoint(found, names[found.farm])


def say_done(work: Work, point: UUID, words: str, seen: int) -> Point:
    """The employer says what was done; the inspection verifies it. Raises as `move_point` does."""
    get_own(work, point)
    return _move(work, point, PointAction.SAY, words, seen, sure=True)


def _move(
    work: Work, identity: UUID, action: PointAction, words: str, seen: int, *, sure: bool
) -> Point:
    before = kept.lock_point(work.session, identity)
    if before is None:
        raise NotFound("no-such-point")
    if _is_done(before, action, words, seen):
        return before
    after = move_point(before, action, words, seen, sure=sure)
    event = work.event(Act.IMPROVEMENT_MOVED, identity, {"action": action.value})
    kept.move_point(work.session, after, work.actor.person, event=event)
    return after


def _is_done(point: Point, action: PointAction, words: str, seen: int) -> bool:
    """Whether a form that is sent again did this already."""
    reached = {
        PointAction.SAY: PointStatus.SAID,
        PointAction.VERIFY: PointStatus.MET,
        PointAction.REOPEN: PointStatus.OPEN,
        PointAction.WITHDRAW: PointStatus.WITHDRAWN,
    }
    field = WORDED.get(action)
    same = field is None or getattr(point, field) == words.strip()
    return same and (point.step, point.status) == (seen + 1, reached[action])


def _find_look(work: Work, farm: EmployersFarm) -> UUID | None:
    """The visit that explains a point: a recent one with findings of its own."""
    look = housing_inspections.list_last(work.session, [farm.id]).get(farm.id)
    return look.id if look is not None and explains(look, legal_day(work.now)) else None


def _has_pattern(work: Work, farm: EmployersFarm) -> bool:
    """Whether R37 found something lately in what several workers told."""
    since = work.now - timedelta(days=wanted_cases.within_days(work))
    return bool(told.count_patterns(work.session, [farm.employer], since))


def _own_farms(work: Work) -> dict[UUID, str]:
    check_permission(work.actor, Permission.FARM_KEEP)
    employer = work.actor.employer
    if employer is None:
        return {}
    # What was told stays readable on a farm that was taken away.
    standing = farm_hands.list_farms_of(work.session, employer)
    closed = farm_hands.list_closed_of(work.session, employer)
    return {one.id: one.name for one in (*standing, *closed)}


def _is_told(point: Point, today: date) -> bool:
    return point.told_from <= today and point.status is not PointStatus.WITHDRAWN
