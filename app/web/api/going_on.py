"""Going on with a right: its renewal, and another employer under it."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.services import employer_changes, renewals
from app.web.api.access import SIGNED_IN
from app.web.api.application_lines import ApplicationState, state_of
from app.web.api.fields import Text
from app.web.api.idempotent import OptionalKey, Reply, answer_once
from app.web.dependencies import ProvenWork, SignedInWork
from app.web.documentation import refusals
from permits.employer_changes import ChangeOutcome, EmployerChange

router = APIRouter(
    tags=["credentials"], dependencies=SIGNED_IN, responses=refusals(400, 401, 403, 404, 409, 422)
)

RIGHT = "/authorisations/{authorisation}"


class ChangeInput(BaseModel):
    """The vacancy of the other employer."""

    model_config = ConfigDict(extra="forbid")

    vacancy: UUID


class ChangeDecisionInput(BaseModel):
    """What SETRASS says; a refusal tells the worker why."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"outcome": "granted"}]},
    )

    outcome: Literal[ChangeOutcome.GRANTED, ChangeOutcome.REFUSED]
    note: Text = Field("", description="Words to the worker.")


class ChangeReply(BaseModel):
    """A wish for another employer, and what became of it."""

    id: UUID
    authorisation: UUID
    vacancy: UUID
    digest: str = Field(description="SHA-256 of the offer as it stood when it was asked.")
    outcome: ChangeOutcome
    asked_at: datetime
    decided_at: datetime | None
    note: str


@router.post(
    f"{RIGHT}/renewal",
    operation_id="beginRenewal",
    summary="Begin the renewal of an own right",
    response_model=ApplicationState,
)
def begin_renewal(
    authorisation: UUID, request: Request, work: SignedInWork, key: OptionalKey = None
) -> Response:
    """A draft with what was decided on before; begun before, it is answered again."""

    def act() -> Reply:
        begun = renewals.begin_renewal(work, authorisation)
        return Reply(state_of(begun), version=begun.version)

    return answer_once(work, request, key, None, act)


@router.post(
    f"{RIGHT}/employer-changes",
    operation_id="askEmployerChange",
    summary="Ask for another employer under the same right",
    status_code=201,
    response_model=ChangeReply,
)
def ask_change(
    authorisation: UUID,
    request: Request,
    body: ChangeInput,
    work: SignedInWork,
    key: OptionalKey = None,
) -> Response:
    """The offer is frozen as it stands, and its employer is asked; SETRASS decides alone."""

    def act() -> Reply:
        return Reply(_reply(employer_changes.ask_change(work, authorisation, body.vacancy)), 201)

    return answer_once(work, request, key, body, act)


@router.post(
    f"{RIGHT}/employer-changes/take-back",
    operation_id="takeBackEmployerChange",
    summary="Stay with the employer of now",
    response_model=ChangeReply,
)
def take_back(
    authorisation: UUID, request: Request, work: SignedInWork, key: OptionalKey = None
) -> Response:
    """The wish that waits ends, and nothing has changed."""

    def act() -> Reply:
        return Reply(_reply(employer_changes.withdraw_change(work, authorisation)))

    return answer_once(work, request, key, None, act)


@router.post(
    "/applications/{application}/employer-change",
    operation_id="decideEmployerChange",
    summary="Decide on another employer",
    response_model=ChangeReply,
)
def decide_change(
    application: UUID,
    request: Request,
    body: ChangeDecisionInput,
    work: ProvenWork,
    key: OptionalKey = None,
) -> Response:
    """SETRASS alone; granted, the card is replaced by one that names the other employer."""

    def act() -> Reply:
        granted = body.outcome is ChangeOutcome.GRANTED
        decided = employer_changes.decide_change(work, application, body.note, granted=granted)
        return Reply(_reply(decided))

    return answer_once(work, request, key, body, act)


def _reply(one: EmployerChange) -> ChangeReply:
    return ChangeReply(**{name: getattr(one, name) for name in ChangeReply.model_fields})
