"""Recourse against refusals and revocations: asked by a worker, judged by somebody new to it."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.services import appeals
from app.services.applications import read_own
from app.web.api.access import SIGNED_IN
from app.web.api.application_lines import ApplicationState, state_of
from app.web.api.fields import Text
from app.web.api.idempotent import OptionalKey, Reply, answer_once
from app.web.dependencies import ProvenWork, SignedInReading, SignedInWork
from app.web.documentation import refusals
from permits.appeals import Against, Appeal, Ruling, Stage
from permits.applications import ApplicationId
from permits.people import Agency

router = APIRouter(tags=["decisions"], dependencies=SIGNED_IN, responses=refusals(401, 404, 422))

OF_APPLICATION = "/applications/{application}/appeals"


class AppealInput(BaseModel):
    """Why the decision should be looked at again, in the worker's own words."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"words": "El documento es mío y está vigente."}]},
    )

    words: Text


class RulingInput(BaseModel):
    """Upheld, and the decision stands; overturned, and every agency decides anew.

    What was taken back stays so: the reply is the new case about the days that are left of it.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"ruling": "overturned", "answer": "Se revisó la foto y se lee bien."}]
        },
    )

    ruling: Literal[Ruling.UPHELD, Ruling.OVERTURNED]
    answer: Text = Field(description="Words to the worker.")


class AppealReply(BaseModel):
    """One step of the recourse, as its worker reads it."""

    id: UUID
    agency: Agency = Field(description="The agency that refused or took back, and judges.")
    against: Against
    stage: Stage
    round: int
    words: str
    filed_at: datetime
    ruling: Ruling
    answer: str = Field(description='Of who judged; "" while it is open.')
    decided_at: datetime | None


class ChanceReply(BaseModel):
    """What may be asked for still, and until which day."""

    stage: Stage
    last_day: date


class AppealsReply(BaseModel):
    """The steps that were taken, the oldest first, and the next one where its term runs."""

    appeals: list[AppealReply]
    next: ChanceReply | None


@router.get(
    OF_APPLICATION,
    operation_id="listAppeals",
    summary="Read the recourse of an own application",
    response_model=AppealsReply,
)
def list_appeals(application: UUID, work: SignedInReading) -> AppealsReply:
    """What was asked and answered, and what may be asked still."""
    recourse = appeals.recourse_of(work, read_own(work, ApplicationId(application)))
    chance = recourse.chance
    following = ChanceReply(stage=chance.stage, last_day=chance.last_day) if chance else None
    return AppealsReply(appeals=[_reply(one) for one in recourse.appeals], next=following)


@router.post(
    OF_APPLICATION,
    operation_id="fileAppeal",
    summary="Ask that a refusal or a revocation be looked at again",
    status_code=201,
    response_model=AppealReply,
    responses=refusals(400, 403, 409),
)
def file_appeal(
    application: UUID,
    request: Request,
    body: AppealInput,
    work: SignedInWork,
    key: OptionalKey = None,
) -> Response:
    """Within the programme's term, once for each step: reconsideration, then appeal."""

    def act() -> Reply:
        filed = appeals.file_appeal(work, ApplicationId(application), body.words)
        return Reply(_reply(filed), 201)

    return answer_once(work, request, key, body, act)


@router.post(
    "/appeals/{appeal}/ruling",
    operation_id="judgeAppeal",
    summary="Uphold a refusal or a revocation, or overturn it",
    response_model=ApplicationState,
    responses=refusals(400, 403, 409),
)
def judge_appeal(
    appeal: UUID, request: Request, body: RulingInput, work: ProvenWork, key: OptionalKey = None
) -> Response:
    """A supervisor of the agency that did it, who had no part in the case before."""

    def act() -> Reply:
        after = appeals.judge_appeal(work, appeal, body.ruling, body.answer)
        return Reply(state_of(after), version=after.version)

    return answer_once(work, request, key, body, act)


def _reply(one: Appeal) -> AppealReply:
    return AppealReply(**{name: getattr(one, name) for name in AppealReply.model_fields})
