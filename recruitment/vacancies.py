"""Vacancies: what work is offered on which terms, when it may be named, places left."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NewType
from uuid import UUID

from permits.errors import Conflict, Fault
from permits.programmes import Hiring, Programme
from permits.wages import PIECE_UNITS, WageUnit
from recruitment.employers import Employer, EmployerId, may_hire

VacancyId = NewType("VacancyId", UUID)

MOST_HOURS_PER_DAY = 12
"""No more in any 24 hours (Código del Trabajo art. 325-332; R09)."""


class VacancyStatus(StrEnum):
    """`draft`: the employer still writes; `open`: published, workers may name it.

    `filled`: every place has its worker. `closed`: no more are wanted. `withdrawn`: the work is
    not offered any more, or never was.
    """

    DRAFT = "draft"
    OPEN = "open"
    FILLED = "filled"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class VacancyAction(StrEnum):
    """What can be done to a vacancy."""

    PUBLISH = "publish"
    FILL = "fill"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


VACANCY_MOVES: Mapping[tuple[VacancyStatus, VacancyAction], VacancyStatus] = {
    (VacancyStatus.DRAFT, VacancyAction.PUBLISH): VacancyStatus.OPEN,
    (VacancyStatus.DRAFT, VacancyAction.WITHDRAW): VacancyStatus.WITHDRAWN,
    (VacancyStatus.OPEN, VacancyAction.FILL): VacancyStatus.FILLED,
    (VacancyStatus.OPEN, VacancyAction.CLOSE): VacancyStatus.CLOSED,
    (VacancyStatus.OPEN, VacancyAction.WITHDRAW): VacancyStatus.WITHDRAWN,
    (VacancyStatus.FILLED, VacancyAction.REOPEN): VacancyStatus.OPEN,
    (VacancyStatus.CLOSED, VacancyAction.REOPEN): VacancyStatus.OPEN,
}

OPENING = frozenset({VacancyAction.PUBLISH, VacancyAction.REOPEN})
"""What lets workers name it, and is therefore checked first."""

EDITABLE = frozenset({VacancyStatus.DRAFT, VacancyStatus.OPEN})
"""Terms are changed while somebody may still come to work on them; each change is checked."""


@dataclass(frozen=True)
class Vacancy:
    """Work that is offered; both days count.

    `wage` is `currency` (ISO 4217) for one `unit`; `unit_kg` is the weight of a unit of piece
    work, None else. `tops_up` guarantees the daily minimum in writing (R07). `department` and
    `municipality` as in `Employer`, for where the work is.
    """

    id: VacancyId
    programme: str
    employer: EmployerId
    status: VacancyStatus
    hiring: Hiring
    title: str
    occupation: str
    department: str
    municipality: str
    starts_on: date
    ends_on: date
    places: int
    wage: Decimal
    currency: str
    unit: WageUnit
    unit_kg: Decimal | None
    hours_per_day: Decimal
    days_per_week: int
    housing: bool
    transport: bool
    food: bool
    tops_up: bool = False


def move_vacancy(status: VacancyStatus, action: VacancyAction) -> VacancyStatus:
    """Return the status after `action`; Conflict("no-such-vacancy-move") where there is none."""
    try:
        return VACANCY_MOVES[status, action]
    except KeyError:
        raise Conflict("no-such-vacancy-move", status=status.value, action=action.value) from None


def next_moves(status: VacancyStatus) -> list[VacancyAction]:
    """What can be done now, in the order of the actions; for buttons and links alike."""
    return [action for action in VacancyAction if (status, action) in VACANCY_MOVES]


def is_open_on(vacancy: Vacancy, day: date) -> bool:
    """Whether a worker may name it on that day: published, and its last day is not over."""
    return vacancy.status is VacancyStatus.OPEN and day <= vacancy.ends_on


def places_left(vacancy: Vacancy, taken: int) -> int:
    """Places that nobody holds; 0 also where more were given than there are."""
    return max(vacancy.places - taken, 0)


def find_faults(vacancy: Vacancy, employer: Employer, programme: Programme) -> list[Fault]:
    """What keeps a vacancy from being published; all at once (the terms of R19 that stand here)."""
    checks = (
        ("missing", "title", bool(vacancy.title.strip())),
        ("other-programme", "programme", vacancy.programme == programme.code),
        ("other-employer", "employer", vacancy.employer == employer.id),
        ("employer-suspended", "employer", may_hire(employer)),
        ("hiring-not-admitted", "hiring", vacancy.hiring in programme.hiring),
        ("dates-reversed", "ends_on", vacancy.starts_on <= vacancy.ends_on),
        ("out-of-range", "places", vacancy.places > 0),
        ("out-of-range", "wage", vacancy.wage.is_finite() and vacancy.wage > 0),
        ("missing", "unit_kg", vacancy.unit not in PIECE_UNITS or _weighs(vacancy.unit_kg)),
        ("out-of-range", "hours_per_day", 0 < vacancy.hours_per_day <= MOST_HOURS_PER_DAY),
        # R10: one day of rest in seven.
        ("out-of-range", "days_per_week", 1 <= vacancy.days_per_week <= 6),
    )
    return [Fault(code, field) for code, field, holds in checks if not holds]


def _weighs(unit_kg: Decimal | None) -> bool:
    return unit_kg is not None and unit_kg > 0
