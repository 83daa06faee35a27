"""What verifiers take with them: the trusted keys, and the lists of permits that count no more."""

from datetime import datetime
from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, Field

from app.services import status_lists
from app.services.status_lists import PublishedStatusList
from app.services.work import Work
from app.web.dependencies import PublicReading
from app.web.documentation import refusals
from permits.status_list import JWT_TYPE, TYPE, list_uri

router = APIRouter(tags=["verification"], responses=refusals(401))
addressed = APIRouter(include_in_schema=False)
"""The address that stands in every credential, where this service is its issuer."""

TRUST_LIST_TYPE = "application/cwt"
JWT_MEDIA_TYPE = f"application/{JWT_TYPE}"

# A revocation must not wait in a cache: readers ask again after five minutes, mostly for a 304.
_PUBLIC = {
    "Cache-Control": "public, max-age=300",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


ListNumber = Annotated[int, Path(ge=1, le=2**31 - 1, description="Of `listStatusLists`.")]


class StatusListLine(BaseModel):
    """One list: the address that credentials name, and where it is served."""

    uri: str = Field(examples=["https://vereda.example/st/1"])
    path: str = Field(examples=["/api/v1/status-lists/1"])
    version: int
    issued_at: datetime
    expires: datetime


class StatusListIndex(BaseModel):
    """Every list."""

    items: list[StatusListLine]


def _binary(*media_types: str) -> dict[int | str, dict[str, Any]]:
    schema = {"schema": {"type": "string", "format": "binary"}}
    etag = {"description": "For If-None-Match.", "schema": {"type": "string"}}
    return {
        200: {
            "description": "The signed list.",
            "content": dict.fromkeys(media_types, schema),
            "headers": {"ETag": etag},
        },
        304: {"description": "It is the one that the reader has."},
    }


@router.get(
    "/trust-list",
    operation_id="getTrustList",
    summary="The keys that verifiers may trust",
    response_class=Response,
    responses=_binary(TRUST_LIST_TYPE),
)
def get_trust_list(request: Request, work: PublicReading) -> Response:
    """A CWT that the offline root signed; public, so that any border may verify our permits."""
    data = status_lists.get_trust_list(work)
    return _signed(request, data, TRUST_LIST_TYPE, f'"{sha256(data).hexdigest()[:32]}"')


@router.get(
    "/status-lists", operation_id="listStatusLists", summary="Every list of revoked permits"
)
def list_status_lists(work: PublicReading) -> StatusListIndex:
    """What to download before going to a post without a network; public."""
    published = status_lists.list_status_lists(work)
    return StatusListIndex(items=[_line(work, one) for one in published])


@router.get(
    "/status-lists/{number}",
    operation_id="getStatusList",
    summary="One list of revoked permits",
    response_class=Response,
    responses={**_binary(TYPE, JWT_MEDIA_TYPE), **refusals(404, 422)},
)
@addressed.get("/st/{number}")
def get_status_list(number: ListNumber, request: Request, work: PublicReading) -> Response:
    """An IETF Token Status List: as CWT, or as JWT where `Accept` prefers it; public."""
    published = status_lists.get_status_list(work, number)
    if prefers_jwt(request.headers.get("accept", "")):
        etag = f'"{number}-{published.version}-jwt"'
        return _signed(request, published.jwt.encode(), JWT_MEDIA_TYPE, etag)
    return _signed(request, published.cwt, TYPE, f'"{number}-{published.version}-cwt"')


def prefers_jwt(accept: str) -> bool:
    """Whether an Accept header ranks the JWT form above the CWT form, which is the default."""
    return _rank(accept, JWT_MEDIA_TYPE) > _rank(accept, TYPE)


def _rank(accept: str, media_type: str) -> float:
    """The quality of a media type (RFC 9110 12.5.1); the most exact range that names it counts."""
    found = (-1, 0.0)
    for part in accept.lower().split(","):
        wanted, *parameters = (piece.strip() for piece in part.split(";"))
        ranges = ["*/*", f"{media_type.split('/')[0]}/*", media_type]
        if wanted in ranges:
            found = max(found, (ranges.index(wanted), _quality(parameters)))
    return found[1]


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0


def _signed(request: Request, data: bytes, media_type: str, etag: str) -> Response:
    headers = {**_PUBLIC, "ETag": etag, "Vary": "Accept"}
    known = {tag.strip().removeprefix("W/") for tag in _tags(request)}
    if etag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    return Response(data, headers=headers, media_type=media_type)


def _tags(request: Request) -> list[str]:
    return request.headers.get("if-none-match", "").split(",")


def _line(work: Work, published: PublishedStatusList) -> StatusListLine:
    return StatusListLine(
        uri=list_uri(work.ports.issuer, published.list),
        path=f"/api/v1/status-lists/{published.list}",
        version=published.version,
        issued_at=published.issued_at,
        expires=published.expires,
    )
