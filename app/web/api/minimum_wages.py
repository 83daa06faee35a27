"""The minimum wages, for everybody; and for officials what fails since something changed."""

from datetime import date, datetime
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from app.services import judging_runs, minimum_wages, wage_runs
from app.services.wage_runs import WageReport
from app.web.api.access import SIGNED_IN
from app.web.dependencies import PublicReading, SignedInReading
from app.web.documentation import refusals
from permits.wages import EmployerSize

router = APIRouter(tags=["vacancies"], responses=refusals(401))


class MinimumWageReply(BaseModel):
    """One row of a decree: lempiras a month; a day is a thirtieth."""

    sector: str
    size: EmployerSize
    per_month_hnl: str
    valid_from: date
    valid_until: date | None
    source: str
    derived: bool = Field(description="Calculated from increments, not read in the decree.")


class MinimumWageList(BaseModel):
    """Every row, the newest first within a sector."""

    items: list[MinimumWageReply]


class RunReply(BaseModel):
    """A run that judges vacancies again; `failing` are those that are held since."""

    id: UUID
    cause: str
    total: int
    judged: int
    failing: list[UUID]
    started_at: datetime
    ended_at: datetime | None


class FailingReply(BaseModel):
    """An employer at whom contracts or payslips fail since; no worker is named."""

    employer: UUID
    name: str
    contracts: int
    payslips: int


class WageRunReply(BaseModel):
    """A run over contracts of who is at work and payslips, after a table of minimum wages changed.

    `contracts` and `payslips` reached the minimum before the change and do not since.
    """

    id: UUID
    since: date
    total: int
    judged: int
    contracts: int
    payslips: int
    started_at: datetime
    ended_at: datetime | None
    failing: list[FailingReply]


class RunList(BaseModel):
    """The runs of changed wages, and others in which something fails; the newest first."""

    items: list[RunReply]
    at_work: list[WageRunReply] = Field(description="Over contracts and payslips.")


@router.get(
    "/judging-runs",
    operation_id="listJudgingRuns",
    summary="List the runs that judge again",
    dependencies=SIGNED_IN,
    responses=refusals(403),
)
def list_runs(work: SignedInReading) -> RunList:
    """How far each is, and which vacancies, contracts and payslips fail since."""
    found = judging_runs.list_reports(work)
    return RunList(
        items=[
            RunReply(**{name: getattr(one.run, name) for name in RunReply.model_fields})
            for one in found
        ],
        at_work=[_at_work(one) for one in wage_runs.list_reports(work)],
    )


def _at_work(one: WageReport) -> WageRunReply:
    run, failing = one.run, one.failing
    return WageRunReply(
        id=run.id,
        since=run.since,
        total=run.total,
        judged=run.judged,
        contracts=run.contracts,
        payslips=run.payslips,
        started_at=run.started_at,
        ended_at=run.ended_at,
        failing=[
            FailingReply(
                employer=it.employer, name=it.name, contracts=it.contracts, payslips=it.payslips
            )
            for it in failing
        ],
    )


@router.get("/minimum-wages", operation_id="listMinimumWages", summary="List the minimum wages")
def list_minimum_wages(work: PublicReading) -> MinimumWageList:
    """By sector, size and first day, each with its decree; public."""
    rows = minimum_wages.list_wages(work)
    told = [
        {name: getattr(row, name) for name in MinimumWageReply.model_fields}
        | {"per_month_hnl": f"{row.per_month_hnl:.2f}"}
        for row in rows
    ]
    return MinimumWageList(items=[MinimumWageReply(**row) for row in told])
