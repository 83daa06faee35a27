"""Registrations of employers, for SETRASS: what waits, one of them, and the decision."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.services import employer_checks
from app.services.employer_checks import RegistrationFile
from app.services.work import Work
from app.web.api.access import SIGNED_IN
from app.web.api.fields import Text
from app.web.api.idempotent import Reply, answer_once, etag_of
from app.web.api.paging import Cursor, Limit, link_next, read_cursor, write_cursor
from app.web.dependencies import IdempotencyKey, SeenVersion, SignedInReading, SignedInWork
from app.web.documentation import paged, refusals, versioned
from permits.wages import EmployerSize
from recruitment.likenesses import Alike
from recruitment.registrations import (
    EmployerKind,
    Evidence,
    Judgement,
    Registration,
    RegistrationAction,
    RegistrationStatus,
)
from recruitment.registries import Registry, Verdict

router = APIRouter(
    prefix="/employer-registrations",
    tags=["employers"],
    dependencies=SIGNED_IN,
    responses=refusals(401, 403),
)


class RegistrationLine(BaseModel):
    """A registration in a list."""

    id: UUID
    name: str | None
    kind: EmployerKind | None
    status: RegistrationStatus
    handed_in_at: datetime | None


class RegistrationList(BaseModel):
    """A page, the oldest first."""

    items: list[RegistrationLine]
    next_cursor: str | None


class FarmReply(BaseModel):
    """A farm; `grower` is whose it is where a cooperative is employer of record."""

    id: UUID
    name: str
    municipality: str
    housed: int = Field(description="How many workers can sleep there.")
    grower: str
    latitude: float | None
    longitude: float | None


class AnswerReply(BaseModel):
    """What a registry's answer proves; `unavailable` is never verified."""

    registry: Registry
    verdict: Verdict
    as_of: date | None


class LikenessReply(BaseModel):
    """An employer who may not hire, and in what who registers is like them."""

    employer: UUID
    name: str
    same: list[Alike]


class RegistrationReply(RegistrationLine):
    """One registration with all that an official looks at."""

    tax_number: str | None
    size: EmployerSize | None
    contact: str | None
    coffee_key: str | None
    phone: str
    farms: list[FarmReply]
    answers: list[AnswerReply]
    warnings: list[str]
    like: list[LikenessReply] = Field(
        description="Employers who may not hire and look like this one; no proof, and no refusal."
    )
    note: str
    evidence: list[Evidence]
    employer: UUID | None


class JudgementInput(BaseModel):
    """What the official says; a note is needed for returning and refusing."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"action": "verify", "evidence": ["tax-certificate"]}]},
    )

    action: RegistrationAction
    note: Text = ""
    evidence: list[Evidence] = Field(default=[], max_length=len(Evidence))


@router.get(
    "",
    operation_id="listEmployerRegistrations",
    summary="List registrations of employers",
    responses=paged() | refusals(422),
)
def list_registrations(
    request: Request,
    response: Response,
    work: SignedInReading,
    status: Annotated[RegistrationStatus, Query()] = RegistrationStatus.UNDER_REVIEW,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> RegistrationList:
    """Those that were handed in and stand so, the oldest first."""
    page = employer_checks.list_registrations(work, status, read_cursor(cursor), limit)
    following = write_cursor(page.more)
    link_next(request, response, following)
    items = [RegistrationLine(**_line(one)) for one in page.items]
    return RegistrationList(items=items, next_cursor=following)


@router.get(
    "/{registration}",
    operation_id="getEmployerRegistration",
    summary="Read a registration of an employer",
    responses=versioned() | refusals(404, 422),
)
def get_registration(
    registration: UUID, response: Response, work: SignedInWork
) -> RegistrationReply:
    """All that was told and what registries answered; that it was opened is logged."""
    file = employer_checks.read_registration(work, registration)
    response.headers["ETag"] = etag_of(file.registration.version)
    return _reply(file)


@router.post(
    "/{registration}/decisions",
    operation_id="decideEmployerRegistration",
    summary="Verify, return or refuse an employer",
    response_model=RegistrationReply,
    responses=versioned() | refusals(400, 404, 409, 412, 422, 428),
)
def decide_registration(
    registration: UUID,
    body: JudgementInput,
    request: Request,
    seen: SeenVersion,
    key: IdempotencyKey,
    work: SignedInWork,
) -> Response:
    """With the tax number verified by its registry, or by a paper that was seen."""

    def act() -> Reply:
        judgement = Judgement(body.action, body.note, tuple(body.evidence))
        saved = employer_checks.judge(work, registration, judgement, seen)
        return Reply(_read(work, saved.id), version=saved.version)

    return answer_once(work, request, key, body, act)


def _read(work: Work, registration: UUID) -> RegistrationReply:
    return _reply(employer_checks.read_registration(work, registration))


def _line(one: Registration) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.told.name,
        "kind": one.told.kind,
        "status": one.status,
        "handed_in_at": one.handed_in_at,
    }


def _reply(file: RegistrationFile) -> RegistrationReply:
    one, told = file.registration, file.registration.told
    farms = [
        FarmReply(
            id=farm.id,
            name=farm.name,
            municipality=farm.municipality,
            housed=farm.housed,
            grower=farm.grower,
            latitude=float(farm.latitude) if farm.latitude is not None else None,
            longitude=float(farm.longitude) if farm.longitude is not None else None,
        )
        for farm in file.farms
    ]
    answers = [
        AnswerReply(registry=answer.registry, verdict=answer.verdict, as_of=answer.as_of)
        for answer in file.answers.values()
    ]
    return RegistrationReply(
        **_line(one),
        tax_number=told.tax_number,
        size=told.size,
        contact=told.contact,
        coffee_key=told.coffee_key,
        phone=one.phone,
        farms=farms,
        answers=answers,
        warnings=list(file.warnings),
        like=[LikenessReply(employer=o.employer, name=o.name, same=[*o.same]) for o in file.like],
        note=one.note,
        evidence=list(one.evidence),
        employer=one.employer,
    )
