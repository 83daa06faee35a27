"""What the labour inspection wants mended on a farm: asked, answered, verified; nobody is in it.

A point tells what to change and never who spoke. It carries no complaint, no count and no day: it
is told on the first of the month after it was written, beside all that was written in that month,
and it is due at a month's end. Danger goes other ways and waits for no month (domain.md 3.3).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from permits.errors import Conflict, Fault, Stale, refuse_if
from recruitment.complaints.words import Category
from recruitment.housing import HousingInspection

WORDS_LIMIT = 500
"""Characters of what is to change, of an answer, and of a note."""

MOST_MONTHS = 6
"""A season: what may wait longer is not asked."""

VISITED_WITHIN = timedelta(days=90)
"""A visit explains a point for so long."""

TOPICS = (
    *(Category.WAGE_UNPAID, Category.WAGE_UNDER_MINIMUM, Category.DEDUCTION, Category.PIECE_COUNT),
    *(Category.FEE_CHARGED, Category.DOCUMENT_RETAINED, Category.CONTRACT_CHANGED),
    *(Category.HOURS, Category.REST, Category.HOUSING, Category.WATER_FOOD, Category.TRANSPORT),
    *(Category.ACCIDENT, Category.PESTICIDE, Category.HEALTH_DENIED, Category.DISCRIMINATION),
)
"""What an employer can put right. What is a crime is no point of a plan: it is referred."""


class CheckedBy(StrEnum):
    """How the inspection will see that a point is met; never by asking who spoke."""

    VISIT = "visit"
    PAYSLIPS = "payslips"
    PAPERS = "papers"


class PointStatus(StrEnum):
    """How far a point is."""

    OPEN = "open"
    SAID = "said"
    MET = "met"
    WITHDRAWN = "withdrawn"


class PointAction(StrEnum):
    """What the employer (`say`) or the inspection does with a point."""

    SAY = "say"
    VERIFY = "verify"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"


MOVES: Mapping[tuple[PointStatus, PointAction], PointStatus] = {
    (PointStatus.OPEN, PointAction.SAY): PointStatus.SAID,
    (PointStatus.OPEN, PointAction.VERIFY): PointStatus.MET,
    (PointStatus.SAID, PointAction.VERIFY): PointStatus.MET,
    (PointStatus.SAID, PointAction.REOPEN): PointStatus.OPEN,
    (PointStatus.OPEN, PointAction.WITHDRAW): PointStatus.WITHDRAWN,
    (PointStatus.SAID, PointAction.WITHDRAW): PointStatus.WITHDRAWN,
}

WORDED = {PointAction.SAY: "said", PointAction.REOPEN: "note"}
"""Acts that need words, and the field in which they stand."""

_TELLING = re.compile(
    r"[0-9](?:[ .-]?[0-9]){4,}"
    r"|(?:[a-záéíóúñü,;]|\b[A-ZÁÉÍÓÚÑ][a-záéíóúñü]+) [A-ZÁÉÍÓÚÑ][a-záéíóúñü]+"
    r"|\b(?i:quej|denunci|reclam)"
)


@dataclass(frozen=True)
class Point:
    """One thing that is to change on a farm.

    `told_from`, the first of a month, is when the employer reads of it; `due_by` ends a month.
    `inspection` is the visit on which it rests, None where it rests on what several workers told
    (R37). `step` counts its moves: a form names the one it showed.
    """

    id: UUID
    farm: UUID
    inspection: UUID | None
    topic: Category
    change: str
    checked_by: CheckedBy
    told_from: date
    due_by: date
    status: PointStatus = PointStatus.OPEN
    said: str = ""
    note: str = ""
    step: int = 0

    def is_overdue(self, today: date) -> bool:
        """Whether nothing was said of it and its time is over."""
        return self.status is PointStatus.OPEN and self.due_by < today


def first_of_next(day: date) -> date:
    """The first of the month after a day."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def due_days(told_from: date) -> tuple[date, ...]:
    """The ends of the months in which a point may be due, the next one first."""
    found = []
    for _ in range(MOST_MONTHS):
        told_from = first_of_next(told_from)
        found.append(told_from - timedelta(days=1))
    return tuple(found)


@dataclass(frozen=True)
class Week:
    """Of which points employers hear in a week: once, on its Monday, and of nothing done that day.

    What was told since the Monday before is new; what is due in the week after next is near.
    """

    monday: date

    @property
    def told(self) -> tuple[date, date]:
        """First and last day of what is new."""
        return self.monday - timedelta(days=6), self.monday

    @property
    def due(self) -> tuple[date, date]:
        """First and last day of what is near: each point is near in one week alone."""
        return self.monday + timedelta(days=7), self.monday + timedelta(days=13)


def week_of(today: date) -> Week:
    """The week of a day; a worker that slept on its Monday tells it later."""
    return Week(today - timedelta(days=today.weekday()))


def explains(look: HousingInspection | None, today: date) -> bool:
    """Whether a visit stands for a point: it is recent, and found something by itself.

    The employer reads its findings under its day, so that a point beside them tells of nobody.
    """
    return look is not None and bool(look.shortcomings) and today - look.on <= VISITED_WITHIN


def may_tell_who(words: str) -> bool:
    """Whether words may hold a name, a number of a person, or that somebody complained.

    A guess, wrong at times: it warns, and a person decides.
    """
    return bool(_TELLING.search(words))


def find_faults(point: Point, *, sure: bool) -> list[Fault]:
    """What is wrong with a point as it was written; all at once. `sure`: the warning was read."""
    faults = _word_faults("change", point.change, sure=sure)
    if point.topic not in TOPICS:
        faults.append(Fault("not-an-option", "topic"))
    if point.due_by not in due_days(point.told_from):
        faults.append(Fault("not-an-option", "due_by"))
    return faults


def move_point(
    point: Point, action: PointAction, words: str, seen: int, *, sure: bool = False
) -> Point:
    """The point after an act; `words` are the employer's answer, or why it is open again.

    Stale("changed-meanwhile") where the form showed another step, Conflict("point-closed") where
    the act is not to be had, Invalid where words lack, are too long, or may tell who spoke.
    """
    if point.step != seen:
        raise Stale("changed-meanwhile")
    status = MOVES.get((point.status, action))
    if status is None:
        raise Conflict("point-closed")
    after = replace(point, status=status, step=point.step + 1)
    field = WORDED.get(action)
    if field is None:
        return after
    refuse_if(_word_faults(field, words, sure=sure or action is PointAction.SAY))
    said = words.strip()
    return replace(after, said=said) if field == "said" else replace(after, note=said)


def _word_faults(field: str, words: str, *, sure: bool) -> list[Fault]:
    if not words.strip():
        return [Fault("missing", field)]
    if len(words.strip()) > WORDS_LIMIT:
        return [Fault("too-long", field, {"limit": WORDS_LIMIT})]
    return [] if sure or not may_tell_who(words) else [Fault("may-tell-who", field)]
