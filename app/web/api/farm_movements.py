"""Farms and their registers: entries and exits that a gate's own program sends, each kept once."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StrictBool
from pydantic.config import JsonDict

from app.services import farm_inspections, farm_register
from app.services.farm_register import Answer, NamedMovement, Sent
from app.web import wording
from app.web.api.access import SIGNED_IN, ApiLocale
from app.web.api.fields import Instant
from app.web.api.idempotent import Reply, answer_once
from app.web.dependencies import IdempotencyKey, SignedInReading, SignedInWork
from app.web.documentation import refusals
from app.web.i18n import Locale
from app.web.problems import ProblemFault
from permits.people import Permission
from recruitment.farm_register import BATCH_LIMIT, Belonging, Direction, How, Said

router = APIRouter(
    prefix="/farms",
    tags=["farms"],
    dependencies=SIGNED_IN,
    responses=refusals(401, 403, 422),
)

_EXAMPLE: JsonDict = {
    "id": "0f9a6f0e-3a51-4c39-9d2b-6f4f1f0f6f02",
    "direction": "entry",
    "number": "T-482-139-0759",
    "happened_at": "2026-11-23T14:58:00Z",
    "offline": True,
}


class FarmReply(BaseModel):
    """A farm of the employer, or any farm for the inspection."""

    id: UUID
    name: str
    municipality: str
    employer: UUID
    employer_name: str
    inside: int = Field(description="How many are on it: their last movement was an entry.")


class FarmsReply(BaseModel):
    """By name."""

    items: list[FarmReply]


class MovementInput(BaseModel):
    """One entry or exit. No document and no photo goes along."""

    model_config = ConfigDict(extra="forbid")

    id: UUID = Field(description="Given by the device; the same id is recorded once.")
    direction: Direction
    number: str = Field(
        description="The worker's number, the permit's, or the text of its symbol.",
        max_length=4000,
    )
    happened_at: Instant
    offline: StrictBool = False

    def sent(self, sent_at: datetime | None) -> Sent:
        """As the service takes it."""
        return Sent(
            self.id,
            self.direction,
            self.happened_at,
            self.number,
            offline=self.offline,
            sent_at=sent_at,
        )


class MovementBatch(BaseModel):
    """What a gate has gathered."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"movements": [_EXAMPLE]}]}
    )

    # The law knows the limit and says it in words; here it is only told.
    movements: list[MovementInput] = Field(json_schema_extra={"maxItems": BATCH_LIMIT})
    sent_at: Instant | None = Field(
        None,
        description="What the device's clock says now. Where it is off by more than ten minutes, "
        "the hours are set right by as much, and what was told is kept.",
    )


class MovementAnswer(BaseModel):
    """What became of one; `belonging` is null where it was refused."""

    id: UUID
    belonging: Belonging | None
    faults: list[ProblemFault]


class MovementAnswers(BaseModel):
    """One answer for each movement, in the order of the request."""

    items: list[MovementAnswer]


class MovementReply(BaseModel):
    """A recorded movement; `said` is what its worker told of an entry on another farm (R39).

    `told_at` is what the device's clock said, where it was wrong and `happened_at` is reckoned.
    """

    id: UUID
    worker_name: str
    direction: Direction
    how: How
    belonging: Belonging
    happened_at: datetime
    recorded_at: datetime
    offline: bool
    told_at: datetime | None
    said: Said | None


class MovementsReply(BaseModel):
    """The last fourteen days, the newest first; `inside` are ids of entries without an exit."""

    items: list[MovementReply]
    inside: list[UUID]


@router.get("", operation_id="listFarms", summary="List farms", response_model=FarmsReply)
def list_farms(work: SignedInReading) -> FarmsReply:
    """An employer's own; all of them for the labour inspection."""
    if work.actor.can(Permission.FARM_INSPECT):
        found = farm_inspections.list_farms(work).farms
    else:
        found = farm_register.list_own_farms(work)
    return FarmsReply(
        items=[
            FarmReply(
                id=farm.id,
                name=farm.name,
                municipality=farm.municipality,
                employer=farm.employer,
                employer_name=farm.employer_name,
                inside=inside,
            )
            for farm, inside in found
        ]
    )


@router.get(
    "/{farm}/movements",
    operation_id="listFarmMovements",
    summary="Read a farm's register",
    response_model=MovementsReply,
    responses=refusals(404),
)
def list_farm_movements(farm: UUID, work: SignedInWork) -> MovementsReply:
    """For its employer; the labour inspection's reading is logged."""
    inspects = work.actor.can(Permission.FARM_INSPECT)
    room = farm_inspections if inspects else farm_register
    register = room.read_register(work, farm)
    return MovementsReply(
        items=[_movement(one) for one in register.lately],
        inside=[one.movement.id for one in register.inside],
    )


@router.post(
    "/{farm}/movements",
    operation_id="recordFarmMovements",
    summary="Record entries and exits",
    response_model=MovementAnswers,
    responses=refusals(400, 404, 409),
)
def record_farm_movements(
    farm: UUID,
    request: Request,
    body: MovementBatch,
    work: SignedInWork,
    locale: ApiLocale,
    key: IdempotencyKey,
) -> Response:
    """Up to 200 at once by the farm's employer; a faulty one stops no other."""

    def act() -> Reply:
        sent = [one.sent(body.sent_at) for one in body.movements]
        answers = farm_register.record(work, farm, sent)
        return Reply(MovementAnswers(items=[_answer(one, locale) for one in answers]))

    return answer_once(work, request, key, body, act)


def _movement(one: NamedMovement) -> MovementReply:
    told = one.movement
    return MovementReply(
        id=told.id,
        worker_name=one.worker_name,
        direction=told.direction,
        how=told.how,
        belonging=told.belonging,
        happened_at=told.happened_at,
        recorded_at=told.recorded_at,
        offline=told.offline,
        told_at=told.told_at,
        said=told.said,
    )


def _answer(answer: Answer, locale: Locale) -> MovementAnswer:
    faults = [
        ProblemFault(
            code=fault.code,
            field=fault.field,
            detail=wording.say(locale, "fault", fault.code, fault.facts),
        )
        for fault in answer.faults
    ]
    return MovementAnswer(id=answer.id, belonging=answer.belonging, faults=faults)
