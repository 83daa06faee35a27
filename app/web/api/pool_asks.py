"""Hiring from the pool of a department: an employer asks the next people, a worker says yes or no.

As on the pages nobody is listed and nobody is chosen: who waits is a count in steps of five, and a
name is told once its worker has said yes (decision 91).
"""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StrictBool

from app.services import pool_asks
from app.services.pool_asks import AskedJob, Pool
from app.web.api.access import SIGNED_IN
from app.web.api.idempotent import OptionalKey, Reply, answer_once
from app.web.api.vacancy_terms import PublicTerms, public_terms
from app.web.dependencies import IdempotencyKey, SignedInReading, SignedInWork
from app.web.documentation import refusals
from permits import offers
from permits.applications import ApplicationId
from permits.wages import WageUnit
from recruitment.pool_asks import AskStatus

router = APIRouter(
    tags=["employers"], dependencies=SIGNED_IN, responses=refusals(401, 403, 404, 422)
)

VACANCY = "/vacancies/{vacancy}/pool"
OWN = "/applications/{application}/pool-asks"


class PoolReply(BaseModel):
    """The pool of a vacancy's department, and how its questions stand. Who waits is not told."""

    vacancy: UUID
    open: bool = Field(description="Whether the employer may ask now.")
    people: int = Field(description="Who may be asked, rounded down to a step of five.")
    free: int = Field(description="Places that nobody was promised.")
    waiting: int = Field(description="Questions that may still be answered.")
    declined: int
    unanswered: int
    accepted: list[str] = Field(description="Names of who said yes; each of them learns of this.")
    gone: list[str] = Field(
        description="Who said yes, and the change was not made: their places are free again."
    )


class PoolInput(BaseModel):
    """How many are asked; who has waited longest is first."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"number": 2}]})

    number: Annotated[int, Field(ge=0, le=100_000)]


class PoolAskedReply(BaseModel):
    """How many were asked: fewer where fewer wait."""

    asked: int
    pool: PoolReply


class PoolAskReply(BaseModel):
    """A farm that asks, with the terms of its work as they are now."""

    id: UUID
    until: date = Field(description="The last day for the answer.")
    vacancy: UUID
    employer_name: str
    title: str
    department: str = Field(description="ISO 3166-2.")
    municipality: str
    starts_on: date
    ends_on: date
    wage: str = Field(examples=["350.00"])
    currency: str
    unit: WageUnit
    unit_kg: str | None
    hours_per_day: str
    days_per_week: int
    housing: bool
    transport: bool
    food: bool
    terms: PublicTerms


class PoolAskList(BaseModel):
    """The questions that wait for an answer, the oldest first."""

    items: list[PoolAskReply]


class PoolAnswerInput(BaseModel):
    """Yes or no; a yes asks SETRASS for this employer, and ends the other questions."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"accepts": True}]})

    accepts: StrictBool


class PoolAnswerReply(BaseModel):
    """What the worker said."""

    id: UUID
    status: AskStatus


@router.get(
    VACANCY,
    operation_id="readPool",
    summary="Read the pool of a vacancy's department",
    responses=refusals(409),
)
def read_pool(vacancy: UUID, work: SignedInWork) -> PoolReply:
    """Counts, and the names of who said yes; 409 where the department has no pool."""
    return _pool(pool_asks.read_pool(work, vacancy))


@router.post(
    f"{VACANCY}/asks",
    operation_id="askPool",
    summary="Ask the next people of the pool",
    response_model=PoolAskedReply,
    responses=refusals(400, 409),
)
def ask_people(
    vacancy: UUID, body: PoolInput, request: Request, key: IdempotencyKey, work: SignedInWork
) -> Response:
    """Each question promises a place for three days; 409 where none is free."""

    def act() -> Reply:
        asked = pool_asks.ask_people(work, vacancy, body.number)
        pool = _pool(pool_asks.read_pool(work, vacancy))
        return Reply(PoolAskedReply(asked=asked, pool=pool))

    return answer_once(work, request, key, body, act)


@router.get(OWN, operation_id="listPoolAsks", summary="List the farms that ask for oneself")
def list_asks(application: UUID, work: SignedInReading) -> PoolAskList:
    """Of the own right for a pool; none where its worker has an employer."""
    found = pool_asks.list_own(work, ApplicationId(application))
    return PoolAskList(items=[_ask(one) for one in found])


@router.post(
    f"{OWN}/{{ask}}",
    operation_id="answerPoolAsk",
    summary="Say yes or no to a farm",
    response_model=PoolAnswerReply,
    responses=refusals(400, 409),
)
def answer(
    application: UUID,
    ask: UUID,
    body: PoolAnswerInput,
    request: Request,
    work: SignedInWork,
    key: OptionalKey = None,
) -> Response:
    """The same twice is once; another answer, or one that comes late, is 409."""

    def act() -> Reply:
        pool_asks.answer_own(work, ApplicationId(application), ask, accepts=body.accepts)
        said = AskStatus.ACCEPTED if body.accepts else AskStatus.DECLINED
        return Reply(PoolAnswerReply(id=ask, status=said))

    return answer_once(work, request, key, body, act)


def _pool(pool: Pool) -> PoolReply:
    counted = pool.counted
    return PoolReply(
        vacancy=pool.own.vacancy.id,
        open=pool.own.open,
        people=pool.people,
        free=pool.free,
        waiting=counted.waiting,
        declined=counted.declined,
        unanswered=counted.unanswered,
        accepted=list(pool.accepted),
        gone=list(pool.gone),
    )


def _ask(job: AskedJob) -> PoolAskReply:
    told = offers.to_mapping(job.vacancy.offer)
    own = {
        "id": job.ask.id,
        "until": job.ask.until,
        "vacancy": job.ask.vacancy,
        "terms": public_terms(job.terms),
    }
    names = [name for name in PoolAskReply.model_fields if name in told]
    return PoolAskReply.model_validate({name: told[name] for name in names} | own)
