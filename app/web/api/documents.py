"""Pictures that belong to an application: the identity document and the photo."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from app.services import documents
from app.web.api.access import SIGNED_IN
from app.web.api.application_replies import DocumentReply
from app.web.api.idempotent import etag_of
from app.web.dependencies import SeenVersion, SignedInWork
from app.web.documentation import refusals, versioned
from permits.applications import ApplicationId
from permits.submissions import DocumentKind

router = APIRouter(tags=["applications"], dependencies=SIGNED_IN, responses=refusals(401))

_BINARY = {"schema": {"type": "string", "format": "binary"}}
_KINDS = ("image/jpeg", "image/png", "image/webp")


def body_of(*kinds: str) -> dict[str, Any]:
    """What the document says of a body that is a file of one of these media types."""
    return {"requestBody": {"required": True, "content": dict.fromkeys(kinds, _BINARY)}}


PICTURES = body_of(*_KINDS)


async def sent_bytes(request: Request) -> bytes:
    """The body as it was sent; Protection has bounded it."""
    return await request.body()


@router.put(
    "/applications/{application}/documents/{kind}",
    operation_id="attachDocument",
    summary="Attach a picture",
    openapi_extra=PICTURES,
    responses={
        **versioned("The picture as it is kept; the ETag is the application's."),
        **refusals(403, 404, 409, 412, 422, 428, 503),
    },
)
def attach_document(
    application: UUID,
    kind: DocumentKind,
    data: Annotated[bytes, Depends(sent_bytes)],
    seen: SeenVersion,
    work: SignedInWork,
    response: Response,
) -> DocumentReply:
    """JPEG, PNG or WebP of at most 15 MB; kept is a new JPEG without metadata.

    The content decides, not the type that was named. One of the same kind is replaced.
    """
    kept = documents.attach_document(
        work, ApplicationId(application), kind, data, seen_version=seen
    )
    response.headers["ETag"] = etag_of(seen + 1)  # every change adds one
    return DocumentReply.model_validate(kept, from_attributes=True)
