"""What an agency is recommended and decides on a case, and holding a case while at work on it."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.services import approvals, recommendations
from app.services.approvals import Ruling
from app.web.api.access import SIGNED_IN
from app.web.api.application_lines import ApplicationState, state_of
from app.web.api.fields import Text
from app.web.api.idempotent import OptionalKey, Reply, answer_once, etag_of
from app.web.dependencies import IdempotencyKey, ProvenWork, SeenVersion, SignedInWork
from app.web.documentation import refusals, versioned
from permits.applications import ApplicationId
from permits.approvals import Ground, Opinion
from permits.holds import TakeOver

router = APIRouter(
    prefix="/applications/{application}",
    tags=["decisions"],
    dependencies=SIGNED_IN,
    responses=refusals(401, 403, 404, 409, 412, 422, 428),
)


class DecisionInput(BaseModel):
    """The opinion of the official's own agency on the present round."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"opinion": "approve"},
                {"opinion": "return", "grounds": ["D2"], "note": "¿Cuál es su segundo apellido?"},
                {"opinion": "refuse", "grounds": ["L7"], "note": "Ya tiene otra solicitud."},
            ]
        },
    )

    opinion: Opinion
    grounds: list[Ground] = Field(
        [],
        max_length=20,
        description="At least one of a refusal, of the agency's own: L or M; of a return: D.",
    )
    note: Text = Field("", description="Words to the worker; a return must ask something.")


class Holding(BaseModel):
    """Why a case is taken that a colleague holds; nothing where nobody holds it."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"reason": "absent"}]}
    )

    reason: TakeOver | None = None


@router.post(
    "/decisions",
    operation_id="decideApplication",
    summary="Approve, return or refuse",
    response_model=ApplicationState,
    responses={**versioned("The case after the decision."), **refusals(400)},
)
def decide_application(
    application: UUID,
    body: DecisionInput,
    request: Request,
    seen: SeenVersion,
    key: IdempotencyKey,
    work: ProvenWork,
) -> Response:
    """One agency decides once a round; what both say settles it.

    A return or a refusal settles the round at once, unless the programme seals the decisions until
    every agency has decided. When the last required agency approves, the
    authorisation and its credential come into being in the same transaction.
    """

    def act() -> Reply:
        ruling = Ruling(body.opinion, tuple(body.grounds), body.note)
        settled = approvals.decide_application(
            work, ApplicationId(application), ruling, seen_version=seen
        )
        return Reply(state_of(settled), version=settled.version)

    return answer_once(work, request, key, body, act)


class RecommendationInput(BaseModel):
    """What the official advises their own agency, for which another person decides."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"opinion": "approve", "note": "El contrato y el DPI coinciden."},
                {"opinion": "refuse", "grounds": ["L7"]},
            ]
        },
    )

    opinion: Opinion = Field(description="To approve or to refuse; nothing is returned by it.")
    grounds: list[Ground] = Field(
        [], max_length=20, description="Of a refusal, and of the agency's own: L or M."
    )
    note: Text = Field("", description="Words to colleagues.")


@router.post(
    "/recommendations",
    operation_id="recommendApplication",
    summary="Recommend a decision",
    response_model=ApplicationState,
    responses={**versioned("The case after it, in nobody's hands."), **refusals(400)},
)
def recommend_application(
    application: UUID,
    body: RecommendationInput,
    request: Request,
    seen: SeenVersion,
    key: IdempotencyKey,
    work: ProvenWork,
) -> Response:
    """Where the programme wants it, one official recommends and another of the agency decides."""

    def act() -> Reply:
        ruling = Ruling(body.opinion, tuple(body.grounds), body.note)
        advised = recommendations.recommend_application(
            work, ApplicationId(application), ruling, seen_version=seen
        )
        return Reply(state_of(advised), version=advised.version)

    return answer_once(work, request, key, body, act)


@router.post(
    "/hold",
    operation_id="holdApplication",
    summary="Take a case",
    response_model=ApplicationState,
    responses={**versioned(), **refusals(400)},
)
def hold_application(
    application: UUID,
    request: Request,
    seen: SeenVersion,
    work: SignedInWork,
    body: Holding | None = None,
    key: OptionalKey = None,
) -> Response:
    """The queue shows who holds it, and only the holder decides.

    What a colleague holds is taken over with a `reason`, which the log keeps.
    """

    def act() -> Reply:
        held = approvals.hold_application(
            work,
            ApplicationId(application),
            seen_version=seen,
            reason=body.reason if body else None,
        )
        return Reply(state_of(held), version=held.version)

    return answer_once(work, request, key, body, act)


@router.delete(
    "/hold",
    operation_id="releaseApplication",
    summary="Give a case back to the queue",
    responses=versioned(),
)
def release_application(
    application: UUID, seen: SeenVersion, work: SignedInWork, response: Response
) -> ApplicationState:
    """Only its holder gives it back; for anybody else nothing changes."""
    freed = approvals.release_application(work, ApplicationId(application), seen_version=seen)
    response.headers["ETag"] = etag_of(freed.version)
    return state_of(freed)
