"""Vacancies as employers write them, and what is found in them.

A finding is set aside by a person on a page; no program does it, and so no operation.
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.services import vacancy_overrides, vacancy_writing
from app.services.kept_vacancies import KeptVacancy
from app.services.work import Work
from app.web.api.access import SIGNED_IN
from app.web.api.fields import Text
from app.web.api.idempotent import Reply, answer_once
from app.web.api.vacancy_terms import Amount, VacancyInput
from app.web.dependencies import (
    IdempotencyKey,
    SeenVersion,
    SignedInReading,
    SignedInWork,
)
from app.web.documentation import refusals, versioned
from permits.deadlines import legal_day
from permits.findings import Severity
from permits.people import Permission
from recruitment.ethics.catalogue import OF_A_VACANCY
from recruitment.ethics.overrides import is_set_aside
from recruitment.ethics.rules import RuleFinding, RuleId
from recruitment.labour_market import Step, StepKind
from recruitment.vacancies import VacancyAction, VacancyStatus
from recruitment.vacancy_checks import NOT_YET, Lacking

router = APIRouter(tags=["vacancies"], dependencies=SIGNED_IN, responses=refusals(401, 403))


class FindingReply(BaseModel):
    """Something that was found; `rule` is null where it is no ethical rule's."""

    rule: RuleId | None
    code: str
    severity: Severity
    missing: list[str] = Field(description="Facts that nobody has told; they never pass.")
    source: str
    confirmed: bool
    holds: bool = Field(description="It keeps the vacancy from being offered.")
    set_aside: bool


class LackingReply(BaseModel):
    """A rule that cannot be judged on a vacancy, and what it lacks."""

    rule: RuleId
    lacking: Lacking


class VacancyFindings(BaseModel):
    """A vacancy with everything that was found in it, the gravest first, as it was kept."""

    id: UUID
    status: VacancyStatus
    held: bool = Field(description="Published, and nobody may name it.")
    review_asked: bool
    findings: list[FindingReply]
    found_at: datetime | None = Field(
        description="Since when it is found so: a judgement that adds nothing is not written. Null"
        " where nobody has judged it yet: then the findings are of now."
    )
    parameters_sha256: str | None = Field(
        description="SHA-256 of the values that counted then: the version of the parameters."
    )
    judged: list[RuleId]
    not_yet: list[LackingReply]


class MoveInput(BaseModel):
    """What is done with a vacancy; `ask-review` asks SETRASS to look at what stands."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"action": "fill"}]})

    action: VacancyAction | Annotated[str, Field(pattern="^ask-review$")]


class StepInput(BaseModel):
    """A step with its evidence; `came_forward` or `per_day`, each for its own kind."""

    model_config = ConfigDict(extra="forbid")

    kind: StepKind
    first_day: date
    last_day: date
    evidence: Text
    came_forward: Annotated[int, Field(ge=0, le=100_000)] | None = None
    per_day: Amount | None = None


@router.post(
    "/vacancies",
    operation_id="draftVacancy",
    summary="Write a vacancy",
    status_code=201,
    response_model=VacancyFindings,
    responses=refusals(400, 404, 409, 422),
)
def draft_vacancy(
    body: VacancyInput, request: Request, key: IdempotencyKey, work: SignedInWork
) -> Response:
    """A draft of the employer of the token; nobody sees it before it is published."""

    def act() -> Reply:
        identity = vacancy_writing.start_draft(work, body.wanted)
        vacancy_writing.change_terms(work, identity, 1, body.terms.terms)
        return _own(work, identity, 201)

    return answer_once(work, request, key, body, act)


@router.put(
    "/vacancies/{vacancy}",
    operation_id="changeVacancy",
    summary="Change a vacancy",
    responses={**versioned(), **refusals(404, 409, 412, 422, 428)},
)
def change_vacancy(
    vacancy: UUID, body: VacancyInput, seen: SeenVersion, work: SignedInWork, response: Response
) -> VacancyFindings:
    """Every term anew; checked at once. Who has applied keeps the terms of then."""
    vacancy_writing.change_offer(work, vacancy, seen, body.wanted)
    vacancy_writing.change_terms(work, vacancy, seen + 1, body.terms.terms)
    looked = vacancy_writing.read_own(work, vacancy)
    response.headers["ETag"] = f'"{looked.vacancy.version}"'
    return _told(work, looked)


@router.post(
    "/vacancies/{vacancy}/moves",
    operation_id="moveVacancy",
    summary="Publish, fill, close or withdraw a vacancy",
    response_model=VacancyFindings,
    responses=refusals(400, 404, 409, 422),
)
def move_vacancy(
    vacancy: UUID, body: MoveInput, request: Request, key: IdempotencyKey, work: SignedInWork
) -> Response:
    """Nothing is published while anything stands that blocks, warns or is not known."""

    def act() -> Reply:
        if isinstance(body.action, VacancyAction):
            vacancy_writing.move_own(work, vacancy, body.action)
        else:
            vacancy_writing.ask_officials(work, vacancy)
        return _own(work, vacancy)

    return answer_once(work, request, key, body, act)


@router.get(
    "/vacancies/{vacancy}/findings",
    operation_id="getVacancyFindings",
    summary="Read what is found in a vacancy",
    responses={**versioned(), **refusals(404, 422)},
)
def get_findings(vacancy: UUID, work: SignedInReading, response: Response) -> VacancyFindings:
    """For its employer, and for the officials who look at vacancies."""
    if work.actor.can(Permission.VACANCY_REVIEW):
        looked = vacancy_overrides.read_file(work, vacancy).looked
    else:
        looked = vacancy_writing.read_own(work, vacancy)
    response.headers["ETag"] = f'"{looked.vacancy.version}"'
    return _told(work, looked)


@router.post(
    "/vacancies/{vacancy}/steps",
    operation_id="recordVacancyStep",
    summary="Record a step of a vacancy",
    response_model=VacancyFindings,
    responses=refusals(400, 404, 409, 422),
)
def record_step(
    vacancy: UUID, body: StepInput, request: Request, key: IdempotencyKey, work: SignedInWork
) -> Response:
    """That it was offered at home first, or the minimum wage that a mission attests."""
    per_day = Decimal(body.per_day) if body.per_day is not None else None
    step = Step(body.kind, body.first_day, body.last_day, body.evidence, body.came_forward, per_day)
    return _reviewed(
        work,
        request,
        key,
        body,
        vacancy,
        lambda: vacancy_overrides.record_step(work, vacancy, step),
    )


def _reviewed(
    work: Work,
    request: Request,
    key: str,
    body: BaseModel,
    vacancy: UUID,
    act: Callable[[], object],
) -> Response:
    def acted() -> Reply:
        act()
        return Reply(_told(work, vacancy_overrides.read_file(work, vacancy).looked))

    return answer_once(work, request, key, body, acted)


def _own(work: Work, vacancy: UUID, status: int = 200) -> Reply:
    looked = vacancy_writing.read_own(work, vacancy)
    return Reply(_told(work, looked), status, looked.vacancy.version)


def _told(work: Work, looked: KeptVacancy) -> VacancyFindings:
    today, vacancy = legal_day(work.now), looked.vacancy
    found = []
    for one in looked.findings:
        ruled = one if isinstance(one, RuleFinding) else None
        found.append(
            FindingReply(
                rule=ruled.rule if ruled else None,
                code=one.code,
                severity=one.severity,
                missing=list(ruled.missing) if ruled else [],
                source=one.source,
                confirmed=one.confirmed,
                holds=one in looked.holding,
                set_aside=bool(ruled and is_set_aside(ruled, looked.overrides, today)),
            )
        )
    return VacancyFindings(
        id=vacancy.id,
        status=VacancyStatus(vacancy.status),
        held=vacancy.held,
        review_asked=vacancy.asked,
        findings=found,
        found_at=looked.judged.judged_at if looked.judged else None,
        parameters_sha256=looked.judged.parameters.hex() if looked.judged else None,
        judged=sorted(OF_A_VACANCY),
        not_yet=[LackingReply(rule=rule, lacking=why) for rule, why in sorted(NOT_YET.items())],
    )
