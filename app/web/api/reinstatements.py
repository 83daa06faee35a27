"""A lapsed application that its worker takes up again."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.services import answer_terms
from app.web.api.access import SIGNED_IN
from app.web.api.application_lines import ApplicationState, state_of
from app.web.api.idempotent import OptionalKey, Reply, answer_once
from app.web.dependencies import SeenVersion, SignedInWork
from app.web.documentation import refusals, versioned
from permits.applications import ApplicationId

router = APIRouter(
    prefix="/applications", tags=["applications"], dependencies=SIGNED_IN, responses=refusals(401)
)


@router.post(
    "/{application}/reinstate",
    operation_id="reinstateApplication",
    summary="Take a lapsed application up again",
    response_model=ApplicationState,
    responses={**versioned(), **refusals(400, 403, 404, 409, 412, 422, 428)},
)
def reinstate_application(
    application: UUID,
    request: Request,
    seen: SeenVersion,
    work: SignedInWork,
    key: OptionalKey = None,
) -> Response:
    """Once, within the programme's days; the time to answer begins anew."""

    def act() -> Reply:
        identity = ApplicationId(application)
        again = answer_terms.reinstate_application(work, identity, seen_version=seen)
        return Reply(state_of(again), version=again.version)

    return answer_once(work, request, key, None, act)
