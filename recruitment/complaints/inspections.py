"""Inspections that the complaints office proposes: an employer and indicators, and of nobody."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from permits.errors import Conflict
from recruitment.ethics.words import Indicator


class InspectionResult(StrEnum):
    """What the inspection says of a proposal."""

    BREACH = "breach"
    NOTHING = "nothing"
    OUT_OF_REACH = "out-of-reach"


@dataclass(frozen=True)
class InspectionProposal:
    """What the labour inspection is told: whom to look at, on which farm, and for what (R37).

    Neither a case, nor how many told of it, nor when: three workers of a farm are few, and one
    may be alone in what they saw.
    """

    id: UUID
    employer: UUID
    indicators: tuple[Indicator, ...]
    proposed_on: date
    result: InspectionResult | None = None
    answered_on: date | None = None
    farm: UUID | None = None


def check_answer(found: InspectionProposal) -> None:
    """Conflict("inspection-answered") where somebody answered already."""
    if found.result is not None:
        raise Conflict("inspection-answered")
