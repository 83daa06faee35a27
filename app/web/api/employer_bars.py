"""Employers that may not hire: looked for, barred and let hire again, by SETRASS's supervisors."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.services import employer_bars
from app.services.employer_bars import BarReason, EmployerBar
from app.services.work import Work
from app.web.api.access import SIGNED_IN
from app.web.api.fields import Line
from app.web.api.idempotent import Reply, answer_once
from app.web.dependencies import IdempotencyKey, ProvenWork, SignedInReading
from app.web.documentation import refusals

router = APIRouter(
    prefix="/employers", tags=["employers"], dependencies=SIGNED_IN, responses=refusals(401, 403)
)


class EmployerLine(BaseModel):
    """An employer by its name."""

    id: UUID
    name: str


class EmployerList(BaseModel):
    """Employers whose name has every word that was asked for; 50 at most."""

    items: list[EmployerLine]


class BarReply(BaseModel):
    """A bar; `lifted_at` is null while it stands."""

    id: UUID
    reason: BarReason
    barred_at: datetime
    lifted_at: datetime | None


class EmployerReply(BaseModel):
    """An employer and what a bar does, or would do."""

    id: UUID
    name: str
    barred: bool
    bars: list[BarReply] = Field(description="The newest first.")
    open_cases: int = Field(description="They come back to their workers, to choose another.")
    permits: int = Field(description="They stand; their workers may change employer.")


class BarInput(BaseModel):
    """Why the employer may not hire."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"reason": "fee-charged"}]}
    )

    reason: BarReason


@router.get("", operation_id="findEmployers", summary="Find employers", responses=refusals(422))
def find_employers(
    work: SignedInReading, q: Annotated[Line, Query(description="Words of the name.")] = ""
) -> EmployerList:
    """By every word of the name, accents aside; none is found without a word."""
    found = employer_bars.find_employers(work, q)
    return EmployerList(items=[EmployerLine(id=identity, name=name) for identity, name in found])


@router.get(
    "/{employer}",
    operation_id="getEmployer",
    summary="Read an employer's bars",
    responses=refusals(404, 422),
)
def get_employer(employer: UUID, work: SignedInReading) -> EmployerReply:
    """What was decided about it, and whom a bar concerns now."""
    return _employer(work, employer)


@router.post(
    "/{employer}/bar",
    operation_id="barEmployer",
    summary="Bar an employer",
    response_model=EmployerReply,
    responses=refusals(400, 404, 409, 422),
)
def bar_employer(
    employer: UUID, body: BarInput, request: Request, key: IdempotencyKey, work: ProvenWork
) -> Response:
    """From now on nobody chooses, sends or is approved for its work; open cases come back."""

    def act() -> Reply:
        employer_bars.bar_employer(work, employer, body.reason)
        return Reply(_employer(work, employer))

    return answer_once(work, request, key, body, act)


@router.post(
    "/{employer}/bar/lift",
    operation_id="liftEmployerBar",
    summary="Let an employer hire again",
    response_model=EmployerReply,
    responses=refusals(400, 404, 409, 422),
)
def lift_bar(employer: UUID, request: Request, key: IdempotencyKey, work: ProvenWork) -> Response:
    """Nothing else changes: cases that came back stay with their workers."""

    def act() -> Reply:
        employer_bars.lift_bar(work, employer)
        return Reply(_employer(work, employer))

    return answer_once(work, request, key, None, act)


def _employer(work: Work, employer: UUID) -> EmployerReply:
    found = employer_bars.read_employer(work, employer)
    return EmployerReply(
        id=found.id,
        name=found.name,
        barred=found.standing is not None,
        bars=[_bar(one) for one in found.bars],
        open_cases=found.open_cases,
        permits=found.permits,
    )


def _bar(one: EmployerBar) -> BarReply:
    return BarReply(**{name: getattr(one, name) for name in BarReply.model_fields})
