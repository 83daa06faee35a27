"""Check-ins during the job: their worker reads and answers them; nobody else does here."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.services import check_ins
from app.services.check_ins import CheckIn
from app.web.api.access import SIGNED_IN
from app.web.api.idempotent import OptionalKey, Reply, answer_once
from app.web.dependencies import SignedInReading, SignedInWork
from app.web.documentation import refusals
from permits.applications import ApplicationId
from recruitment.check_ins import Moment, Way

router = APIRouter(
    tags=["protection"], dependencies=SIGNED_IN, responses=refusals(401, 403, 404, 422)
)

PATH = "/applications/{application}/check-ins"


class CheckInInput(BaseModel):
    """Each question may be left out, but not all of them."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"paid": "less", "document": "no", "act": True}]},
    )

    paid: Literal["yes", "not-due", "late", "less"] | None = Field(
        None, description="Whether the pay came in time and as agreed."
    )
    rest: Literal["yes", "no"] | None = Field(
        None, description="Only the agreed hours, and a day of rest a week."
    )
    document: Literal["no", "yes"] | None = Field(
        None, description="Whether somebody else keeps the worker's document."
    )
    free: Literal["yes", "cannot-leave", "guarded", "phone-taken"] | None = Field(
        None, description="Free to leave the farm and to use the telephone."
    )
    living: Literal["yes", "bad", "untended"] | None = Field(
        None, description="Housing, water, food and health; `untended`: unwell and alone."
    )
    safe: Literal["no", "threatened", "harassed", "hurt"] | None = Field(
        None, description="Whether anybody hit, threatened or molested the worker."
    )
    act: bool = Field(
        default=False,
        description="SETRASS may act on all of it. On danger to life or liberty it acts anyway.",
    )

    @property
    def given(self) -> Mapping[str, str]:
        """The answers by code, without those that were left out."""
        told = self.model_dump(exclude={"act"}, exclude_none=True)
        return {name: str(value) for name, value in told.items()}


class CheckInAdded(BaseModel):
    """What was told later, signed in or by telephone: what is graver, alone."""

    answers: CheckInInput
    told_at: datetime
    way: Way


class CheckInReply(BaseModel):
    """A check-in as its worker reads it; no employer reads anything of it."""

    id: UUID
    moment: Moment
    asked_at: datetime
    closes_at: datetime = Field(description="The instant from which it cannot be answered.")
    answers: CheckInInput | None
    answered_at: datetime | None
    way: Way | None = Field(description="How the answers came.")
    added: list[CheckInAdded] = Field(
        description="What was told after answers by the link, the first one first."
    )


class CheckInList(BaseModel):
    """Every check-in under the right of an application, the first one first."""

    items: list[CheckInReply]


@router.get(
    PATH,
    operation_id="listCheckIns",
    summary="Read one's own check-ins during the job",
    response_model=CheckInList,
)
def list_check_ins(application: UUID, work: SignedInReading) -> CheckInList:
    """For their worker alone."""
    found = check_ins.list_own(work, ApplicationId(application))
    return CheckInList(items=[_reply(one) for one in found])


@router.post(
    PATH + "/{check_in}",
    operation_id="answerCheckIn",
    summary="Answer a check-in during the job",
    response_model=CheckInReply,
    responses=refusals(400, 409),
)
def answer_check_in(
    application: UUID,
    check_in: UUID,
    request: Request,
    body: CheckInInput,
    work: SignedInWork,
    key: OptionalKey = None,
) -> Response:
    """Once, while it is open; the first answers stand.

    Where they came by the link of the message, what is graver may be added; 409 where nothing is.
    """

    def act() -> Reply:
        identity = ApplicationId(application)
        after = check_ins.answer_own(work, identity, check_in, body.given, act=body.act)
        return Reply(_reply(after))

    return answer_once(work, request, key, body, act)


def _reply(found: CheckIn) -> CheckInReply:
    return CheckInReply(
        id=found.id,
        moment=found.moment,
        asked_at=found.asked_at,
        closes_at=found.closes_at,
        answers=CheckInInput(**asdict(found.answers)) if found.answers else None,
        answered_at=found.answered_at,
        way=found.way,
        added=[
            CheckInAdded(answers=CheckInInput(**asdict(one.answers)), told_at=one.at, way=one.way)
            for one in found.added
        ],
    )
