"""Who travels with a worker: told by the worker, never authorised to work."""

from datetime import date, datetime
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.services import companion_consents, companions
from app.services.companions import Told
from app.services.work import Work
from app.web.api.access import SIGNED_IN
from app.web.api.fields import Day, Line
from app.web.api.idempotent import OptionalKey, Reply, answer_once
from app.web.dependencies import SignedInReading, SignedInWork
from app.web.documentation import refusals
from permits.applications import ApplicationId
from permits.companions import Companion, Relation

router = APIRouter(
    prefix="/applications/{application}/companions",
    tags=["applications"],
    dependencies=SIGNED_IN,
    responses=refusals(401, 403, 404, 422),
)


class CompanionInput(BaseModel):
    """Somebody who travels along."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"relation": "child", "full_name": "Ceferina Xol", "date_of_birth": "2018-05-04"}
            ]
        },
    )

    relation: Relation
    full_name: Line
    date_of_birth: Day
    document: Line = Field("", description="Any number that identifies them; empty for none.")
    phone: Line = Field(
        "", description="A grown one's own, E.164: the question whether they agree goes there."
    )


class CompanionReply(BaseModel):
    """Somebody who travels along, as recorded."""

    id: UUID
    relation: Relation
    full_name: str
    date_of_birth: date
    document: str
    added_at: datetime
    phone: str
    awaits_consent: bool = Field(
        description="Grown, and has not said yes: no agency sees them until then."
    )
    consented_at: datetime | None


class CompanionsReply(BaseModel):
    """Everybody who travels along, the oldest first; twelve at most."""

    companions: list[CompanionReply]


@router.get(
    "",
    operation_id="listCompanions",
    summary="Read who travels along",
    response_model=CompanionsReply,
)
def list_companions(application: UUID, work: SignedInReading) -> CompanionsReply:
    """Of the worker's own application."""
    return _all(work, application)


@router.post(
    "",
    operation_id="addCompanion",
    summary="Record who travels along",
    status_code=201,
    response_model=CompanionReply,
    responses=refusals(400, 409),
)
def add_companion(
    application: UUID,
    request: Request,
    body: CompanionInput,
    work: SignedInWork,
    key: OptionalKey = None,
) -> Response:
    """While the application stands; a `child` is younger than 18."""

    def act() -> Reply:
        told = Told(body.relation, body.full_name, body.date_of_birth, body.document, body.phone)
        added = companions.add_companion(work, ApplicationId(application), told)
        return Reply(_reply(added), 201)

    return answer_once(work, request, key, body, act)


@router.post(
    "/{companion}/remove",
    operation_id="removeCompanion",
    summary="Take somebody off who stays at home",
    response_model=CompanionsReply,
)
def remove_companion(application: UUID, companion: UUID, work: SignedInWork) -> CompanionsReply:
    """Answers with those who still travel along."""
    companions.remove_companion(work, ApplicationId(application), companion)
    return _all(work, application)


@router.post(
    "/{companion}/ask",
    operation_id="askCompanion",
    summary="Ask a grown companion once more",
    response_model=CompanionsReply,
)
def ask_companion(application: UUID, companion: UUID, work: SignedInWork) -> CompanionsReply:
    """By a link to their own phone, three times a day at most; no program answers for them."""
    companion_consents.ask_again(work, ApplicationId(application), companion)
    return _all(work, application)


def _all(work: Work, application: UUID) -> CompanionsReply:
    listed = companions.list_own(work, ApplicationId(application))
    return CompanionsReply(companions=[_reply(one) for one in listed])


def _reply(one: Companion) -> CompanionReply:
    return CompanionReply(**{name: getattr(one, name) for name in CompanionReply.model_fields})
