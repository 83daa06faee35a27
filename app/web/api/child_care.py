"""Children who come along: what a farm arranged for them, and for how many it is needed (R38)."""

from datetime import date
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.services import child_care
from app.services.child_care import FarmCare
from app.web.api.access import SIGNED_IN
from app.web.api.idempotent import Reply, answer_once
from app.web.dependencies import IdempotencyKey, SignedInReading, SignedInWork
from app.web.documentation import refusals
from recruitment.child_care import Arrangement, CareKind

router = APIRouter(
    prefix="/farms/{farm}/child-care",
    tags=["farms"],
    dependencies=SIGNED_IN,
    responses=refusals(401, 403, 404, 422),
)


class CareInput(BaseModel):
    """What was arranged: for how many children, where, and from when until when."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "id": "0f9a6f0e-3a51-4c39-9d2b-6f4f1f0f6f77",
                    "kind": "school",
                    "places": 12,
                    "where": "Escuela Rural La Peña",
                    "starts_on": "2026-12-01",
                    "ends_on": "2027-02-28",
                }
            ]
        },
    )

    id: UUID = Field(description="Given by the sender; the same id is arranged once.")
    kind: CareKind
    places: int = Field(ge=1, le=500)
    where: str = Field(max_length=120)
    starts_on: date
    ends_on: date


class ArrangementReply(BaseModel):
    """One arrangement; both days included. `ended_on`: from this day it counts no more."""

    id: UUID
    kind: CareKind
    places: int
    where: str
    starts_on: date
    ends_on: date
    ended_on: date | None


class ChildCareReply(BaseModel):
    """`minors` come along with workers of the employer; nobody is named."""

    minors: int
    arrangements: list[ArrangementReply]


@router.get("", operation_id="getChildCare", summary="Read the child care of a farm")
def get_child_care(farm: UUID, work: SignedInReading) -> ChildCareReply:
    """For its employer."""
    return _reply(child_care.read_farm(work, farm))


@router.post(
    "",
    operation_id="arrangeChildCare",
    summary="Write down an arrangement",
    response_model=ChildCareReply,
    responses=refusals(400, 409),
)
def arrange_child_care(
    farm: UUID, request: Request, body: CareInput, work: SignedInWork, key: IdempotencyKey
) -> Response:
    """The vacancies of the employer are judged again."""
    told = Arrangement(
        body.id, farm, body.kind, body.places, body.where, body.starts_on, body.ends_on
    )

    def act() -> Reply:
        child_care.arrange(work, farm, told)
        return Reply(_reply(child_care.read_farm(work, farm)))

    return answer_once(work, request, key, body, act)


@router.post(
    "/{arrangement}/close",
    operation_id="endChildCare",
    summary="End an arrangement",
    response_model=ChildCareReply,
    responses=refusals(400, 409),
)
def end_child_care(
    farm: UUID, arrangement: UUID, request: Request, work: SignedInWork, key: IdempotencyKey
) -> Response:
    """It counts no more from today; one that is over stays so."""

    def act() -> Reply:
        child_care.end(work, farm, arrangement)
        return Reply(_reply(child_care.read_farm(work, farm)))

    return answer_once(work, request, key, None, act)


def _reply(found: FarmCare) -> ChildCareReply:
    return ChildCareReply(
        minors=found.minors,
        arrangements=[
            ArrangementReply(
                id=one.id,
                kind=one.kind,
                places=one.places,
                where=one.where,
                starts_on=one.starts_on,
                ends_on=one.ends_on,
                ended_on=one.ended_on,
            )
            for one in found.arrangements
        ],
    )
