"""Figures of complaints, for everybody."""

from dataclasses import asdict
from datetime import date

from fastapi import APIRouter
from pydantic import BaseModel, Field

from app.services import complaint_figures
from app.web.api.access import NobodysReading

router = APIRouter(tags=["protection"])

Counts = dict[str, int]


class ClockFigureReply(BaseModel):
    """How long a term took."""

    cases: int
    median_days: int
    percent_in_time: int = Field(description="In steps of ten.")


class QuarterReply(BaseModel):
    """A quarter that is over. Counts are whole fives; what is missing is fewer than five."""

    quarter: date = Field(description="Its first day.", examples=["2026-10-01"])
    received: int
    closed: int
    by_category: Counts = Field(description="A case about several things counts in each.")
    by_severity: Counts
    by_department: Counts = Field(description="By ISO 3166-2.")
    by_end: Counts
    clocks: dict[str, ClockFigureReply]
    remedies: Counts = Field(description="Confirmed by who was wronged, or an inspection.")
    repaid: Counts | None = Field(
        description="By currency, in whole hundreds; null until the sums were added."
    )


class FiguresReply(BaseModel):
    """The newest quarter first, twelve at most; what was told never changes."""

    items: list[QuarterReply]


@router.get(
    "/complaint-figures", operation_id="listComplaintFigures", summary="List figures of complaints"
)
def list_figures(work: NobodysReading) -> FiguresReply:
    """By quarter; nothing is finer than that and a department."""
    found = complaint_figures.list_figures(work)
    return FiguresReply(items=[QuarterReply.model_validate(asdict(one)) for one in found])
