"""The recruitment-cost indicator: costs that workers bore, in percent of a month's wage."""

from fastapi import APIRouter
from pydantic import BaseModel, Field

from app.services import cost_figures
from app.services.cost_figures import GroupKind
from app.web.api.access import SIGNED_IN
from app.web.dependencies import SignedInReading
from app.web.documentation import refusals
from recruitment.costs import Phase

router = APIRouter(tags=["recruiters"], dependencies=SIGNED_IN, responses=refusals(401, 403))


class PhaseFigureReply(BaseModel):
    """The like of one time, over those who told something of it; not a part of the whole."""

    phase: Phase = Field(description="Before, during or after the work.")
    workers: int = Field(description="Counted in whole groups of five.")
    percent: int = Field(description="As above, of what was paid in this time, in steps of 5.")
    nothing: int = Field(description="Of `workers` those who said that they paid nothing then.")


class CostFigureReply(BaseModel):
    """A programme, a corridor or a recruiter with the indicator of its workers."""

    kind: GroupKind
    code: str = Field(
        description="A programme's code, `GTM-HND` (ISO 3166 alpha-3), or registry/licence.",
        examples=["coffee-hn-gt", "GTM-HND", "gt-recruiters/GT-001"],
    )
    workers: int | None = Field(
        description="Counted in whole groups of five; null below the first group."
    )
    percent: int | None = Field(
        description="Σ costs borne ÷ Σ of one month's wage, in steps of 5; null as `workers`."
    )
    uncounted: int = Field(
        description="Workers left out, in whole groups of five: wage or exchange rate not known."
    )
    nothing: int | None = Field(
        description="Of `workers` those who said that they paid nothing, in whole groups of five."
    )
    silent: int = Field(
        description="Workers with a permit who told nothing at all, in whole groups of five."
    )
    phases: list[PhaseFigureReply] = Field(
        description="Those of which five people told: a payment of that time, or that none was."
    )


class CostFiguresReply(BaseModel):
    """Every group; of those who keep a diary or paid nothing, in the last three years."""

    items: list[CostFigureReply]


@router.get(
    "/recruitment-costs",
    operation_id="getRecruitmentCosts",
    summary="Read the recruitment-cost indicator",
    response_model=CostFiguresReply,
)
def get_recruitment_costs(work: SignedInReading) -> CostFiguresReply:
    """For supervisors of SETRASS; no sum of fewer than five people is told.

    What was paid in another currency than the wage counts by the rate of the day of payment.
    """
    return CostFiguresReply(
        items=[
            CostFigureReply(
                kind=one.kind,
                code=one.code,
                workers=one.indicator.workers if one.indicator else None,
                percent=one.indicator.percent if one.indicator else None,
                uncounted=one.uncounted,
                nothing=one.indicator.nothing if one.indicator else None,
                silent=one.silent,
                phases=[
                    PhaseFigureReply(phase=phase, **vars(told))
                    for phase, told in one.phases.items()
                ],
            )
            for one in cost_figures.list_figures(work)
        ]
    )
