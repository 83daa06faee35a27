"""A worker's word that they paid nothing for the job; a zero for counts, read by nobody else."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from app.services import nothing_paid
from app.services.nothing_paid import Phase
from app.web.api.access import SIGNED_IN
from app.web.api.idempotent import OptionalKey, Reply, answer_once
from app.web.dependencies import SignedInReading, SignedInWork
from app.web.documentation import refusals
from permits.applications import ApplicationId

router = APIRouter(
    tags=["protection"], dependencies=SIGNED_IN, responses=refusals(401, 403, 404, 422)
)

PATH = "/applications/{application}/nothing-paid"


class SaidReply(BaseModel):
    """That nothing was paid until an instant."""

    phase: Phase = Field(description="Before, during or after the work.")
    said_at: datetime


class NothingPaidReply(BaseModel):
    """What the worker said; empty once they note a payment of their own or their family's."""

    items: list[SaidReply] = Field(description="Once for each phase, the first one first.")
    can_say: bool = Field(
        description="Whether it can be said now: not yet in this phase, and no payment was noted."
    )


@router.get(
    PATH,
    operation_id="getNothingPaid",
    summary="Read one's own word that nothing was paid",
    response_model=NothingPaidReply,
)
def get_nothing_paid(application: UUID, work: SignedInReading) -> NothingPaidReply:
    """For its worker alone."""
    found = nothing_paid.read_said(work, ApplicationId(application))
    items = [SaidReply(phase=one.phase, said_at=one.said_at) for one in found.told]
    return NothingPaidReply(items=items, can_say=found.can_say)


@router.post(
    PATH,
    operation_id="sayNothingPaid",
    summary="Say that nothing was paid for the job",
    response_model=NothingPaidReply,
    responses=refusals(400, 409),
)
def say_nothing_paid(
    application: UUID, request: Request, work: SignedInWork, key: OptionalKey = None
) -> Response:
    """No waiver: a payment can be noted afterwards, takes this back, and is owed as any other.

    It is the worker's own and a condition of nothing; no employer or recruiter may ask for it.
    Said again in the same phase it changes nothing.
    """

    def act() -> Reply:
        nothing_paid.say_nothing(work, ApplicationId(application))
        return Reply(get_nothing_paid(application, work))

    return answer_once(work, request, key, None, act)


@router.post(
    PATH + "/take-back",
    operation_id="takeBackNothingPaid",
    summary="Say no more that nothing was paid",
    response_model=NothingPaidReply,
    responses=refusals(400, 409),
)
def take_back_nothing_paid(
    application: UUID, request: Request, work: SignedInWork, key: OptionalKey = None
) -> Response:
    """Of every phase; where nothing was said nothing changes."""

    def act() -> Reply:
        nothing_paid.take_back(work, ApplicationId(application))
        return Reply(get_nothing_paid(application, work))

    return answer_once(work, request, key, None, act)
