"""The survey after the season: its worker reads and answers it; what was answered is theirs."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.services import return_surveys
from app.web.api.access import SIGNED_IN
from app.web.api.idempotent import OptionalKey, Reply, answer_once
from app.web.dependencies import SignedInReading, SignedInWork
from app.web.documentation import refusals
from permits.applications import ApplicationId
from permits.return_surveys import ComingBack, ReturnTask, Survey, YesNo

router = APIRouter(
    tags=["applications"], dependencies=SIGNED_IN, responses=refusals(401, 404, 409, 422)
)

PATH = "/applications/{application}/return-survey"


class SurveyInput(BaseModel):
    """Each question may be left out, but not all of them."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "work_as_promised": "yes",
                    "paid_as_promised": "no",
                    "come_back": "other-employer",
                    "call_me": True,
                }
            ]
        },
    )

    work_as_promised: YesNo | None = None
    paid_as_promised: YesNo | None = None
    asked_for_money: YesNo | None = Field(
        None, description="Whether anybody asked the worker for money for the job."
    )
    treated_well: YesNo | None = None
    come_back: ComingBack | None = Field(None, description="In the next season.")
    wants_help: YesNo | None = Field(
        None, description="Yes: the desk hears that the worker wants help at home."
    )
    call_me: bool = Field(
        default=False, description="The worker agrees that SETRASS calls about what went wrong."
    )

    @property
    def given(self) -> Mapping[str, str]:
        """The answers by code, without those that were left out."""
        told = self.model_dump(exclude={"call_me"}, exclude_none=True)
        return {name: str(value) for name, value in told.items()}


class SurveyReply(BaseModel):
    """The survey as its worker reads it; no official and no employer reads the answers."""

    application: UUID
    asked_at: datetime
    closes_on: date = Field(description="The last day to answer.")
    answers: SurveyInput | None
    answered_at: datetime | None
    tasks: list[ReturnTask] = Field(description="What the worker asked of the desk.")
    closed_at: datetime | None


@router.get(
    PATH,
    operation_id="getReturnSurvey",
    summary="Read the survey after the season",
    response_model=SurveyReply,
)
def get_survey(application: UUID, work: SignedInReading) -> SurveyReply:
    """409 while the right runs: it is asked once, after the right is over."""
    return _reply(return_surveys.get_own_survey(work, ApplicationId(application)))


@router.post(
    PATH,
    operation_id="answerReturnSurvey",
    summary="Answer the survey after the season",
    response_model=SurveyReply,
    responses=refusals(400, 403),
)
def answer_survey(
    application: UUID,
    request: Request,
    body: SurveyInput,
    work: SignedInWork,
    key: OptionalKey = None,
) -> Response:
    """Once, until its last day."""

    def act() -> Reply:
        after = return_surveys.answer_survey(
            work, ApplicationId(application), body.given, call_me=body.call_me
        )
        return Reply(_reply(after))

    return answer_once(work, request, key, body, act)


def _reply(survey: Survey) -> SurveyReply:
    answers = SurveyInput(**asdict(survey.answers)) if survey.answers else None
    return SurveyReply(
        application=survey.application,
        asked_at=survey.asked_at,
        closes_on=survey.closes_on,
        answers=answers,
        answered_at=survey.answered_at,
        tasks=sorted(survey.tasks),
        closed_at=survey.closed_at,
    )
