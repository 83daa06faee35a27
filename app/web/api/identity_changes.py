"""Other identity data under the same right: proved, asked, decided by each agency."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.services import identity_changes
from app.web.api.access import SIGNED_IN
from app.web.api.application_replies import DocumentReply
from app.web.api.documents import PICTURES, sent_bytes
from app.web.api.fields import Day, Line, Text
from app.web.api.idempotent import OptionalKey, Reply, answer_once
from app.web.dependencies import ProvenWork, SignedInWork
from app.web.documentation import refusals
from permits.approvals import Opinion
from permits.identity_changes import (
    FIELDS,
    IdentityChange,
    IdentityOutcome,
    IdentityReason,
    names_of,
)
from permits.identity_documents import IdentityKind
from permits.people import Agency
from permits.submissions import Answers, Sex

router = APIRouter(
    tags=["credentials"], dependencies=SIGNED_IN, responses=refusals(400, 401, 403, 404, 409, 422)
)

RIGHT = "/authorisations/{authorisation}/identity-changes"


class IdentityInput(BaseModel):
    """The data as they should be, all of them, why, and the photo that proves them."""

    model_config = ConfigDict(extra="forbid")

    document_kind: IdentityKind
    document_number: Line
    given_names: Line
    surnames: Line
    date_of_birth: Day
    sex: Sex
    reason: IdentityReason
    evidence: UUID = Field(description="The id that `keepIdentityEvidence` answered.")


class IdentityDecisionInput(BaseModel):
    """What one agency says; a refusal settles it and tells the worker why."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"opinion": "approve"}]}
    )

    opinion: Literal[Opinion.APPROVE, Opinion.REFUSE]
    note: Text = Field("", description="Words to the worker.")
    digest: Line | None = Field(
        None, description="Of the wish that was read; another that waits by now is refused."
    )


class IdentityReply(BaseModel):
    """The identity data of before or after; null once the file is erased."""

    document_kind: str | None
    document_number: str | None
    given_names: str | None
    surnames: str | None
    date_of_birth: date | None
    sex: Sex | None


class IdentityChangeReply(BaseModel):
    """A wish for other identity data, and what became of it."""

    id: UUID
    authorisation: UUID
    reason: IdentityReason
    digest: str = Field(description="SHA-256 of the data of before and after, that is approved.")
    before: IdentityReply
    after: IdentityReply
    differs: list[str] = Field(description="The fields that are others.")
    waiting_for: list[Agency]
    outcome: IdentityOutcome
    asked_at: datetime
    decided_at: datetime | None
    note: str


@router.post(
    f"{RIGHT}/evidence",
    operation_id="keepIdentityEvidence",
    summary="Keep a photo that proves other identity data",
    status_code=201,
    openapi_extra=PICTURES,
    responses=refusals(503),
)
def keep_evidence(
    authorisation: UUID, data: Annotated[bytes, Depends(sent_bytes)], work: SignedInWork
) -> DocumentReply:
    """JPEG, PNG or WebP of at most 15 MB; kept is a new JPEG without metadata."""
    kept = identity_changes.keep_evidence(work, authorisation, data)
    return DocumentReply.model_validate(kept, from_attributes=True)


@router.post(
    RIGHT,
    operation_id="askIdentityChange",
    summary="Ask for other identity data under the same right",
    status_code=201,
    response_model=IdentityChangeReply,
)
def ask_change(
    authorisation: UUID,
    request: Request,
    body: IdentityInput,
    work: SignedInWork,
    key: OptionalKey = None,
) -> Response:
    """What stands and what is asked are frozen together, and decided by all who approved."""

    def act() -> Reply:
        values = {name: getattr(body, name) for name in FIELDS}
        told = Answers(**{**values, "document_kind": body.document_kind.value})
        asked = identity_changes.ask_change(work, authorisation, told, body.reason, body.evidence)
        return Reply(_reply(asked), 201)

    return answer_once(work, request, key, body, act)


@router.post(
    f"{RIGHT}/take-back",
    operation_id="takeBackIdentityChange",
    summary="Keep the identity data of now",
    response_model=IdentityChangeReply,
)
def take_back(
    authorisation: UUID, request: Request, work: SignedInWork, key: OptionalKey = None
) -> Response:
    """The wish that waits ends, and nothing has changed."""

    def act() -> Reply:
        return Reply(_reply(identity_changes.withdraw_change(work, authorisation)))

    return answer_once(work, request, key, None, act)


@router.post(
    "/applications/{application}/identity-change",
    operation_id="decideIdentityChange",
    summary="Decide on other identity data",
    response_model=IdentityChangeReply,
    responses=refusals(412),
)
def decide_change(
    application: UUID,
    request: Request,
    body: IdentityDecisionInput,
    work: ProvenWork,
    key: OptionalKey = None,
) -> Response:
    """For the own agency; with both approvals the card is replaced by one with the new data."""

    def act() -> Reply:
        granted = body.opinion is Opinion.APPROVE
        decided = identity_changes.decide_change(
            work, application, body.note, granted=granted, seen=body.digest
        )
        return Reply(_reply(decided))

    return answer_once(work, request, key, body, act)


def _reply(one: IdentityChange) -> IdentityChangeReply:
    own = {"before", "after", "differs"}
    told = {name: getattr(one, name) for name in IdentityChangeReply.model_fields.keys() - own}
    return IdentityChangeReply(
        **{**told, "waiting_for": list(one.waiting_for)},
        before=IdentityReply.model_validate(one.before, from_attributes=True),
        after=IdentityReply.model_validate(one.after, from_attributes=True),
        differs=names_of(one.differences),
    )
