"""A farm that is no more its employer's: what must end first, and what its history still takes.

A sale ends no contract (Código del Trabajo, sustitución del patrono): people come before papers.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from permits.errors import Conflict, Fault


class ClosingReason(StrEnum):
    """Why a farm is taken away."""

    SOLD = "sold"
    GIVEN_BACK = "given-back"
    CLOSED = "closed"


@dataclass(frozen=True)
class Closing:
    """Why, and the last day on which it was the employer's."""

    reason: ClosingReason
    closed_on: date


@dataclass(frozen=True)
class Hanging:
    """What hangs on a farm: who is inside, and what stands where its employer has no other farm.

    `workers` have a permit or a case for work there that is not over, `vacancies` are open.
    """

    inside: int = 0
    workers: int = 0
    vacancies: int = 0


def find_closing_faults(closing: Closing, today: date) -> list[Fault]:
    """A farm is taken away once it is over: a day to come is none."""
    return [Fault("closing-to-come", "closed_on")] if closing.closed_on > today else []


def find_hanging_faults(hanging: Hanging, field: str) -> list[Fault]:
    """What must end first, in its order: who is inside, who is to work there, what is offered."""
    counted = (
        ("farm-people-inside", hanging.inside),
        ("farm-workers-bound", hanging.workers),
        ("farm-vacancies-open", hanging.vacancies),
    )
    return [Fault(code, field, {"count": count}) for code, count in counted if count]


def check_stands(closed_on: date | None, day: date) -> None:
    """Conflict("farm-closed") for what happened on a farm after its last day."""
    if closed_on is not None and day > closed_on:
        raise Conflict("farm-closed", until=closed_on.isoformat())
