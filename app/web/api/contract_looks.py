"""Changed contracts that wait for SETRASS to read what only words tell (R16)."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.services import contract_looks
from app.services.contract_looks import Said
from app.services.seeking import LONGEST
from app.services.seen_contracts import SeenContract
from app.web.api.access import SIGNED_IN
from app.web.api.fields import Text
from app.web.api.idempotent import OptionalKey, Reply, answer_once
from app.web.dependencies import ProvenWork, SignedInReading
from app.web.documentation import refusals
from permits.applications import ApplicationId
from recruitment.contract_looks import REASON_LIMIT, Look
from recruitment.contracts import Change
from recruitment.ethics.words import Weighed

router = APIRouter(tags=["applications"], dependencies=SIGNED_IN, responses=refusals(401, 403, 422))
DIGEST = "0f4cb2a4a6a2d1a8a0f3cfb5a0c0f5d9a86c1b6b6d9f8a0c3cf1d0c5f5a1b2c3"
Digest = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]


class UnreadContract(BaseModel):
    """A version that nobody has read yet; no name of its worker is in it."""

    application: UUID
    receipt: str
    version: int
    employer_name: str
    title: str
    drawn_at: datetime
    permitted: bool = Field(description="Whether its worker has a permit already.")


class UnreadContracts(BaseModel):
    """The oldest first; 200 at most."""

    items: list[UnreadContract]


class LookInput(BaseModel):
    """What an official says of both texts that they read, named by their digests."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "base_sha256": DIGEST,
                    "sha256": DIGEST[::-1],
                    "weighed": "worse",
                    "reason": "Antes era cortar café; ahora también cuidar la casa.",
                }
            ]
        },
    )

    base_sha256: Digest = Field(description="Of the version that it is held against.")
    sha256: Digest = Field(description="Of the version that waits.")
    weighed: Weighed = Field(description="What the change is for the worker.")
    reason: Annotated[Text, StringConstraints(max_length=REASON_LIMIT)]
    alike: bool = Field(
        default=False,
        description="Say the same of other workers' contracts in which the same was changed.",
    )


class LookReply(BaseModel):
    """What SETRASS said of a change; `worse` makes it a substitution (R16)."""

    base_sha256: str
    sha256: str
    weighed: Weighed
    looked_at: datetime


class LookedAt(BaseModel):
    """The version with what was said of it."""

    application: UUID
    version: int
    fields: list[str] = Field(description="The terms that differ and that no order weighs.")
    look: LookReply
    others: int = Field(description="Of how many other contracts the same was said.")


@router.get(
    "/unread-contracts",
    operation_id="listUnreadContracts",
    summary="List the changed contracts that nobody read",
)
def list_unread(
    work: SignedInReading,
    q: Annotated[str, Query(max_length=LONGEST, description="Name, receipt, telephone.")] = "",
) -> UnreadContracts:
    """Of applications under review and of permits that stand, for SETRASS."""
    waiting = contract_looks.list_waiting(work, q)
    return UnreadContracts(
        items=[UnreadContract.model_validate(one, from_attributes=True) for one in waiting]
    )


@router.post(
    "/applications/{application}/contract/{version}/look",
    operation_id="lookAtContract",
    summary="Say what a changed contract means for its worker",
    response_model=LookedAt,
    responses=refusals(400, 404, 409),
)
def look_at(
    application: UUID,
    version: int,
    body: LookInput,
    request: Request,
    work: ProvenWork,
    key: OptionalKey = None,
) -> Response:
    """Once for a pair of texts, by an analyst or an officer of SETRASS.

    Until then nobody accepts the version, and SETRASS approves nothing on it. Not by who drew it.
    """

    def act() -> Reply:
        said = Said(body.base_sha256, body.sha256, body.weighed, body.reason)
        identity = ApplicationId(application)
        others = 0
        if body.alike:
            others = contract_looks.look_at_alike(work, identity, version, said)
        else:
            contract_looks.look(work, identity, version, said)
        seen = contract_looks.see_version(work, identity, version)
        return Reply(_looked_at(seen, others))

    return answer_once(work, request, key, body, act)


def look_of(look: Look | None) -> LookReply | None:
    """A look as everybody reads it who reads the contract: who it was stands in the case."""
    if look is None:
        return None
    return LookReply(
        base_sha256=look.base,
        sha256=look.digest,
        weighed=look.weighed,
        looked_at=look.looked_at,
    )


def _looked_at(seen: SeenContract, others: int) -> LookedAt:
    fields = [one.field for one in seen.differences if one.change is Change.OTHER]
    return LookedAt.model_validate(
        {
            "application": seen.case.application.id,
            "version": seen.newest.version,
            "fields": fields,
            "others": others,
            "look": look_of(seen.held.look),
        }
    )
