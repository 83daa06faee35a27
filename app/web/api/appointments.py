"""Days on which people are received: told to everybody; the worker takes and gives back a place."""

from datetime import date, datetime, time
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.services import appointments
from app.services.appointments import Appointment, OfferedDay
from app.web.api.access import SIGNED_IN
from app.web.api.idempotent import OptionalKey, Reply, answer_once
from app.web.dependencies import PublicReading, SignedInWork
from app.web.documentation import refusals
from permits.applications import ApplicationId
from permits.people import Agency

router = APIRouter(tags=["appointments"], responses=refusals(401))
ACTING = refusals(400, 403, 404, 409, 422)

PATH = "/applications/{application}/appointment"


class FreeReply(BaseModel):
    """A half hour with places left."""

    begins: time
    free: int = Field(description="Never 0: what is full is left out.")


class DayReply(BaseModel):
    """A day on which an office or a brigade receives people; nothing of who comes."""

    id: UUID
    agency: Agency | None = Field(description="Null: a brigade in the field.")
    department: str = Field(description="ISO 3166-2.", examples=["HN-CP"])
    municipality: str = Field(examples=["0404"])
    place: str
    day: date
    opens: time
    closes: time
    languages: list[str] = Field(description="Spoken there, ISO 639-3.")
    half_hours: list[FreeReply]


class DaysReply(BaseModel):
    """The coming days, the next first."""

    days: list[DayReply]


class PlaceInput(BaseModel):
    """The half hour that the worker wants."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"day": "00000000-0000-4000-8000-000000000001", "begins": "08:30"}]
        },
    )
    day: UUID
    begins: time


class PlaceReply(BaseModel):
    """The worker's place."""

    application: UUID
    day: UUID
    place: str
    starts_at: datetime


class GivenBackReply(BaseModel):
    """The application that has no place any more."""

    application: UUID


@router.get(
    "/reception-days",
    operation_id="listReceptionDays",
    summary="Days on which people are received",
    response_model=DaysReply,
)
def list_days(work: PublicReading) -> DaysReply:
    """Every coming day that was not called off, with what is free."""
    return DaysReply(days=[_day(one) for one in appointments.list_offered(work)])


@router.post(
    PATH,
    operation_id="takeAppointment",
    summary="Take a place on such a day",
    status_code=201,
    response_model=PlaceReply,
    dependencies=SIGNED_IN,
    responses=ACTING,
)
def take_place(
    application: UUID,
    request: Request,
    body: PlaceInput,
    work: SignedInWork,
    key: OptionalKey = None,
) -> Response:
    """One at a time: a place that the worker had before is given back with it."""

    def act() -> Reply:
        taken = appointments.take_place(work, ApplicationId(application), body.day, body.begins)
        return Reply(_place(taken), 201)

    return answer_once(work, request, key, body, act)


@router.post(
    PATH + "/give-back",
    operation_id="giveAppointmentBack",
    summary="Give the place back",
    response_model=GivenBackReply,
    dependencies=SIGNED_IN,
    responses=ACTING,
)
def give_back(
    application: UUID, request: Request, work: SignedInWork, key: OptionalKey = None
) -> Response:
    """409 where there is none to come."""

    def act() -> Reply:
        appointments.give_back(work, ApplicationId(application))
        return Reply(GivenBackReply(application=application))

    return answer_once(work, request, key, None, act)


def _day(one: OfferedDay) -> DayReply:
    day = one.day
    return DayReply(
        id=day.id,
        agency=day.agency,
        department=day.department,
        municipality=day.municipality,
        place=day.place,
        day=day.day,
        opens=day.opens,
        closes=day.closes,
        languages=list(day.languages),
        half_hours=[FreeReply(begins=slot, free=left) for slot, left in one.free.items()],
    )


def _place(taken: Appointment) -> PlaceReply:
    return PlaceReply(
        application=taken.application,
        day=taken.day.id,
        place=taken.day.place,
        starts_at=taken.starts_at,
    )
