"""Whose number for life a case has: two cases joined as one person's, or parted as two people's."""

from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.services import worker_numbers
from app.services.work import Work
from app.web.api.access import SIGNED_IN
from app.web.api.idempotent import OptionalKey, Reply, answer_once
from app.web.dependencies import SignedInWork
from app.web.documentation import refusals
from permits.applications import ApplicationId
from permits.worker_numbers import NumberGround, show

router = APIRouter(
    prefix="/applications/{application}/worker-number",
    tags=["applications"],
    dependencies=SIGNED_IN,
    responses=refusals(400, 401, 403, 404, 409, 422),
)

Other = Annotated[UUID, Field(description="The other case's application.")]


class JoinInput(BaseModel):
    """The other case, and how the official knows that both are one person's."""

    model_config = ConfigDict(extra="forbid")

    other: Other
    ground: NumberGround = Field(
        description="One of `same-document`, `new-document`, `corrected`, `recognised`."
    )


class PartInput(BaseModel):
    """The other case, and how the official knows that they are two people's."""

    model_config = ConfigDict(extra="forbid")

    other: Other
    ground: NumberGround = Field(description="`other-person` or `joined-wrongly`.")


class NumbersReply(BaseModel):
    """The numbers for life of both cases' people, the same where it is one person."""

    worker_number: str = Field(examples=["T-482-139-0759"])
    other_worker_number: str = Field(examples=["T-482-139-0759"])


@router.post(
    "/join",
    operation_id="joinWorkerNumbers",
    summary="Say that two cases are one person's",
    response_model=NumbersReply,
)
def join_numbers(
    application: UUID,
    request: Request,
    body: JoinInput,
    work: SignedInWork,
    key: OptionalKey = None,
) -> Response:
    """The older number stands for both; no permit changes, and it can be undone."""
    act = _mending(work, application, body, worker_numbers.join_numbers)
    return answer_once(work, request, key, body, act)


@router.post(
    "/part",
    operation_id="partWorkerNumbers",
    summary="Say that two cases are two people's",
    response_model=NumbersReply,
)
def part_numbers(
    application: UUID,
    request: Request,
    body: PartInput,
    work: SignedInWork,
    key: OptionalKey = None,
) -> Response:
    """A join is undone, or this case is given a number of its own."""
    act = _mending(work, application, body, worker_numbers.part_numbers)
    return answer_once(work, request, key, body, act)


def _mending(
    work: Work,
    application: UUID,
    body: JoinInput | PartInput,
    mend: Callable[[Work, UUID, UUID, NumberGround], None],
) -> Callable[[], Reply]:
    def act() -> Reply:
        mend(work, application, body.other, body.ground)
        both = (application, body.other)
        mine, theirs = (worker_numbers.number_under(work, ApplicationId(one)) for one in both)
        told = NumbersReply(worker_number=show(mine or ""), other_worker_number=show(theirs or ""))
        return Reply(told)

    return act
