"""R05: marking that a worker may be a child; the marks that stand, seen and taken back."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.services import age_marks
from app.services.age_marks import ListedMark, Sign
from app.web.api.access import SIGNED_IN
from app.web.api.fields import Line, Text
from app.web.api.idempotent import OptionalKey, Reply, answer_once
from app.web.dependencies import SignedInReading, SignedInWork
from app.web.documentation import refusals
from permits.age_marks import REASON_LIMIT
from permits.errors import Fault, Invalid, NotFound

router = APIRouter(
    prefix="/age-marks",
    tags=["applications"],
    dependencies=SIGNED_IN,
    responses=refusals(401, 403, 422),
)

_NUMBER = StringConstraints(max_length=40)


class MarkInput(BaseModel):
    """Whom a number names, and what was seen: from a list, and no words about a body."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"number": "2026-0481-7732", "sign": "looks"}]},
    )

    number: Annotated[Line, _NUMBER] = Field(description="Of the application or of the permit.")
    sign: Sign


class MarkEndInput(BaseModel):
    """Why a mark is taken back."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"reason": "Era otra persona."}]}
    )

    reason: Annotated[Text, StringConstraints(max_length=REASON_LIMIT)]


class MarkReply(BaseModel):
    """A mark that stands; nobody's name and no number of a document is in it."""

    id: UUID
    receipt: str = Field(description="Of the application that it is on.")
    sign: Sign
    marked_at: datetime
    seen_at: datetime | None = Field(
        description="Since when somebody of SETRASS goes on with it; null: nobody saw it yet."
    )


class MarkList(BaseModel):
    """Those that nobody saw come first, the oldest on top; 200 at most."""

    items: list[MarkReply]


class MarkEnded(BaseModel):
    """A mark that was taken back."""

    id: UUID


@router.get("", operation_id="listAgeMarks", summary="List the marks that stand")
def list_marks(work: SignedInReading) -> MarkList:
    """All of them for who clears them, for anybody else the own ones."""
    return MarkList(items=[_mark(one) for one in age_marks.list_marks(work)])


@router.post(
    "",
    operation_id="markAge",
    summary="Mark that a worker may be a child",
    status_code=201,
    response_model=MarkReply,
    responses=refusals(400, 409),
)
def mark_age(
    body: MarkInput, request: Request, work: SignedInWork, key: OptionalKey = None
) -> Response:
    """It holds every approval and rings at once for who protects; the same twice is once.

    In doubt a person counts as a child (R05, Convention 182). 422 for a number that nobody has.
    """

    def act() -> Reply:
        try:
            made = age_marks.mark_age(work, body.number, body.sign)
        except NotFound as unknown:
            raise Invalid([Fault(unknown.code, "number")]) from unknown
        return Reply(_mark(made), 201)

    return answer_once(work, request, key, body, act)


@router.post(
    "/{mark}/seen",
    operation_id="seeAgeMark",
    summary="Take note of a mark",
    response_model=MarkReply,
    responses=refusals(400, 404, 409),
)
def see_mark(mark: UUID, request: Request, work: SignedInWork, key: OptionalKey = None) -> Response:
    """Who clears marks goes on with it; the first who did so stays."""

    def act() -> Reply:
        age_marks.see_mark(work, mark)
        return Reply(_mark(age_marks.read_mark(work, mark)))

    return answer_once(work, request, key, None, act)


@router.post(
    "/{mark}/take-back",
    operation_id="takeBackAgeMark",
    summary="Take a mark back",
    response_model=MarkEnded,
    responses=refusals(400, 404, 409),
)
def take_back(
    mark: UUID, body: MarkEndInput, request: Request, work: SignedInWork, key: OptionalKey = None
) -> Response:
    """By who put it, or by a supervisor of SETRASS who looked into it."""

    def act() -> Reply:
        age_marks.take_back(work, mark, body.reason)
        return Reply(MarkEnded(id=mark))

    return answer_once(work, request, key, body, act)


def _mark(one: ListedMark) -> MarkReply:
    found = one.mark
    return MarkReply(
        id=found.id,
        receipt=one.receipt,
        sign=found.sign,
        marked_at=found.marked_at,
        seen_at=found.seen_at,
    )
