"""The housing of a farm: every inspection, another one, and what was seen mended."""

from datetime import date
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.services import housing
from app.services.housing import Seen
from app.web.api.access import SIGNED_IN
from app.web.api.idempotent import Reply, answer_once
from app.web.dependencies import IdempotencyKey, SignedInReading, SignedInWork
from app.web.documentation import refusals
from permits.people import Permission
from recruitment.ethics.words import HousingItem
from recruitment.housing import HousingInspection

router = APIRouter(
    prefix="/farms/{farm}",
    tags=["farms"],
    dependencies=SIGNED_IN,
    responses=refusals(401, 403, 404, 422),
)


class InspectionInput(BaseModel):
    """What an inspector saw: every item of the list is told, met or not."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "id": "0f9a6f0e-3a51-4c39-9d2b-6f4f1f0f6f55",
                    "inspected_on": "2026-11-20",
                    "capacity": 24,
                    "toilets": 3,
                    "showers": 2,
                    "items": {
                        "separate-sleeping": True,
                        "potable-water": True,
                        "lockable-storage": False,
                        "cooking": True,
                        "no-outside-lock": True,
                    },
                    "mend_by": "2026-12-20",
                }
            ]
        },
    )

    id: UUID = Field(description="Given by the device; the same id is recorded once.")
    inspected_on: date
    capacity: int = Field(description="For how many people it is.")
    toilets: int
    showers: int
    items: dict[HousingItem, bool] = Field(min_length=5, description="Each item: is it met?")
    mend_by: date | None = Field(default=None, description="Where something failed.")

    @property
    def seen(self) -> Seen:
        """As the service takes it."""
        failed = frozenset(item for item, met in self.items.items() if not met)
        return Seen(
            self.id,
            self.inspected_on,
            self.capacity,
            self.toilets,
            self.showers,
            failed,
            self.mend_by,
        )


class MendedInput(BaseModel):
    """An item that was seen mended."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "item": "lockable-storage",
                    "mended_on": "2026-11-22",
                    "evidence": "Foto 3 del acta 2026-88",
                }
            ]
        },
    )

    item: HousingItem
    mended_on: date
    evidence: str = Field(max_length=200)


class ShortcomingReply(BaseModel):
    """An item that failed; `mended_on` and `evidence` once it was seen mended."""

    item: HousingItem
    mended_on: date | None
    evidence: str


class InspectionReply(BaseModel):
    """One look."""

    id: UUID
    inspected_on: date
    capacity: int
    toilets: int
    showers: int
    mend_by: date | None
    shortcomings: list[ShortcomingReply]


class HousingReply(BaseModel):
    """`declared` is the employer's own word; the first inspection is the one that counts."""

    declared: int
    inspections: list[InspectionReply]


@router.get(
    "/housing",
    operation_id="getFarmHousing",
    summary="Read how people live on a farm",
    response_model=HousingReply,
)
def get_farm_housing(farm: UUID, work: SignedInReading) -> HousingReply:
    """For its employer, and for the labour inspection."""
    inspects = work.actor.can(Permission.FARM_INSPECT)
    found = (housing.read_inspected if inspects else housing.read_own)(work, farm)
    return HousingReply(
        declared=found.farm.housed, inspections=[_inspection(one) for one in found.looks]
    )


@router.post(
    "/housing-inspections",
    operation_id="recordHousingInspection",
    summary="Record an inspection of the housing",
    response_model=InspectionReply,
    responses=refusals(400, 409),
)
def record_housing_inspection(
    farm: UUID, request: Request, body: InspectionInput, work: SignedInWork, key: IdempotencyKey
) -> Response:
    """By a labour inspector; the vacancies of the employer are judged again."""

    def act() -> Reply:
        return Reply(_inspection(housing.record_inspection(work, farm, body.seen)))

    return answer_once(work, request, key, body, act)


@router.post(
    "/housing-inspections/{inspection}/mended",
    operation_id="closeHousingShortcoming",
    summary="Record that something was mended",
    response_model=InspectionReply,
    responses=refusals(400, 409),
)
def close_housing_shortcoming(
    farm: UUID,
    inspection: UUID,
    request: Request,
    body: MendedInput,
    work: SignedInWork,
    key: IdempotencyKey,
) -> Response:
    """By a labour inspector who saw it; once."""

    def act() -> Reply:
        closed = housing.close_shortcoming(
            work, farm, inspection, body.item, body.mended_on, body.evidence
        )
        return Reply(_inspection(closed))

    return answer_once(work, request, key, body, act)


def _inspection(one: HousingInspection) -> InspectionReply:
    return InspectionReply(
        id=one.id,
        inspected_on=one.on,
        capacity=one.capacity,
        toilets=one.toilets,
        showers=one.showers,
        mend_by=one.mend_by,
        shortcomings=[
            ShortcomingReply(item=failed.item, mended_on=failed.mended_on, evidence=failed.evidence)
            for failed in one.shortcomings
        ],
    )
