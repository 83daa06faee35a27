"""What verifiers take with them: the trusted keys, and the lists of permits that count no more.

The replies are the files of the public folder (app/services/published.py) and cost no statement.
"""

import gzip
from datetime import UTC, datetime
from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Request, Response
from pydantic import BaseModel, Field

from app.services import published
from app.services.work import Work
from app.web.dependencies import PublicReading
from app.web.documentation import refusals
from permits.status_list import JWT_TYPE, TYPE, StatusList, list_number

router = APIRouter(tags=["verification"], responses=refusals(401))
addressed = APIRouter(include_in_schema=False)
"""The addresses that stand in credentials and lists, where this service is their issuer."""

TRUST_LIST_TYPE = "application/cwt"
JWT_MEDIA_TYPE = f"application/{JWT_TYPE}"
PACKED = (TRUST_LIST_TYPE, TYPE)
"""What is compressed inside already."""

OWN_CODING = (*PACKED, JWT_MEDIA_TYPE)
"""What the site's own compression leaves alone: a strong ETag is of the bytes that are sent."""

# A revocation must not wait in a cache: readers and CDNs ask again after half a minute, mostly for
# a 304. That and the worker's second stay below the minute within which a revocation has to count.
_PUBLIC = {
    "Cache-Control": "public, max-age=30",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


ListNumber = Annotated[int, Path(ge=1, le=2**31 - 1, description="Of `listStatusLists`.")]


class StatusListLine(BaseModel):
    """One list: the address that credentials name, and where it is served."""

    uri: str = Field(examples=["https://vereda.example/st/1"])
    path: str = Field(examples=["/api/v1/status-lists/1"])
    issued_at: datetime
    expires: datetime


class StatusListIndex(BaseModel):
    """Every list, those of other countries' issuers too."""

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


PartnerName = Annotated[str, Path(pattern="^[0-9a-f]{16}$", description="Of `listStatusLists`.")]


@router.get(
    "/trust-list",
    operation_id="getTrustList",
    summary="The keys that verifiers may trust",
    response_class=Response,
    responses=_binary(TRUST_LIST_TYPE),
)
def get_trust_list(request: Request, work: PublicReading) -> Response:
    """A CWT that the offline root signed; public, so that any border may verify our permits."""
    return _signed(request, published.get_trust_list(work), TRUST_LIST_TYPE)


@router.get(
    "/status-lists", operation_id="listStatusLists", summary="Every list of revoked permits"
)
def list_status_lists(work: PublicReading) -> StatusListIndex:
    """What to download before going to a post without a network; public."""
    return StatusListIndex(items=[_line(work, one) for one in published.list_published(work)])


@router.get(
    "/status-lists/{number}",
    operation_id="getStatusList",
    summary="One list of revoked permits",
    response_class=Response,
    responses={**_binary(TYPE, JWT_MEDIA_TYPE), **refusals(404, 422)},
)
def get_status_list(number: ListNumber, request: Request, work: PublicReading) -> Response:
    """An IETF Token Status List: as CWT, or as JWT where `Accept` prefers it; public."""
    if prefers_jwt(request.headers.get("accept", "")):
        return _signed(request, published.get_list(work, number, published.JWT), JWT_MEDIA_TYPE)
    return _signed(request, published.get_list(work, number, published.CWT), TYPE)


@router.get(
    "/status-lists/partners/{name}",
    operation_id="getPartnerStatusList",
    summary="One list of another country's issuer",
    response_class=Response,
    responses={**_binary(TYPE), **refusals(404, 422)},
)
def get_partner_status_list(name: PartnerName, request: Request, work: PublicReading) -> Response:
    """The list as its issuer signed it, kept here, so that scanners need no other address."""
    return _signed(request, published.get_partner_list(work, name), TYPE)


@addressed.get("/st/aggregation.json")
def get_aggregation(request: Request, work: PublicReading) -> Response:
    """The addresses of all lists (draft-ietf-oauth-status-list section 9.3)."""
    return _signed(request, published.get_aggregation(work), "application/json")


@addressed.get("/st/{number}")
def get_addressed_list(number: ListNumber, request: Request, work: PublicReading) -> Response:
    """The same list under its own address; how it was in the past is not told (section 8.4)."""
    if "time" in request.query_params:
        raise HTTPException(501)
    return get_status_list(number, request, work)


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


def _signed(request: Request, data: bytes, media_type: str) -> Response:
    """The bytes with a strong ETag of their own; text is sent compressed (section 8.2)."""
    etag, headers = sha256(data).hexdigest()[:32], {**_PUBLIC, "Vary": "Accept, Accept-Encoding"}
    if media_type not in PACKED and _rank_coding(request, "gzip") > 0:
        data, etag = gzip.compress(data, mtime=0), f"{etag}-gzip"
        headers["Content-Encoding"] = "gzip"
    headers["ETag"] = f'"{etag}"'
    known = {tag.strip().removeprefix("W/") for tag in _tags(request)}
    if headers["ETag"] in known or "*" in known:
        headers.pop("Content-Encoding", None)
        return Response(status_code=304, headers=headers)
    return Response(data, headers=headers, media_type=media_type)


def _rank_coding(request: Request, coding: str) -> float:
    """The quality of a content coding; one that is not named is not wanted."""
    for part in request.headers.get("accept-encoding", "").lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if name == coding:
            return _quality(parameters)
    return 0.0


def _tags(request: Request) -> list[str]:
    return request.headers.get("if-none-match", "").split(",")


def _line(work: Work, one: StatusList) -> StatusListLine:
    number = list_number(one.uri, work.ports.issuer)
    place = f"partners/{published.partner_key(one.uri)}" if number is None else str(number)
    return StatusListLine(
        uri=one.uri,
        path=f"/api/v1/status-lists/{place}",
        issued_at=datetime.fromtimestamp(one.issued_at, UTC),
        expires=datetime.fromtimestamp(one.expires, UTC),
    )
