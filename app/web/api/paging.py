"""Long lists page by page: a cursor that only we read, and the address of the next page."""

import json
from base64 import urlsafe_b64decode
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from app.foreign_json import read_json
from permits import base64url
from permits.errors import Fault, Invalid

Key = tuple[datetime, UUID]
"""The last row of a page: its place in time, and its id where several share that."""

Limit = Annotated[int, Query(ge=1, le=200, description="Most items in the reply.")]
Cursor = Annotated[
    str | None,
    Query(
        max_length=200, pattern=r"^[A-Za-z0-9_-]*$", description="`next_cursor` of the page before."
    ),
]


def write_cursor(key: Key | None) -> str | None:
    """The cursor of the page after this key; None where there is none."""
    if key is None:
        return None
    told = json.dumps([key[0].astimezone(UTC).isoformat(), key[1].hex]).encode()
    return base64url.encode(told)


def read_cursor(cursor: str | None) -> Key | None:
    """The key that a cursor stands for; Invalid where it is none of ours."""
    if cursor is None:
        return None
    try:
        told = read_json(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        at, identity = told
        key = datetime.fromisoformat(at), UUID(hex=identity)
        if key[0].tzinfo is None:
            raise ValueError("no time zone")
    except (ValueError, TypeError, AttributeError):
        raise Invalid([Fault("cursor-malformed", "cursor")]) from None
    return key


def write_number(key: int | None) -> str | None:
    """The cursor of the page after the row of this number; None where there is none."""
    return None if key is None else base64url.encode(json.dumps([key]).encode())


def read_number(cursor: str | None) -> int | None:
    """The number that a cursor stands for; Invalid where it is none of ours."""
    if cursor is None:
        return None
    try:
        (key,) = read_json(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if type(key) is not int or not 0 < key < 2**63:
            raise ValueError("no number of a row")
    except (ValueError, TypeError):
        raise Invalid([Fault("cursor-malformed", "cursor")]) from None
    return key


def link_next(request: Request, response: Response, cursor: str | None) -> None:
    """Name the next page in the Link header (RFC 8288), with the filters of this one."""
    if cursor is not None:
        url = request.url.include_query_params(cursor=cursor)
        response.headers["Link"] = f'<{url.path}?{url.query}>; rel="next"'
