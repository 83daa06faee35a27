"""Answers that may be asked for twice: one effect for one Idempotency-Key, the same words again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Header, Request
from fastapi.responses import Response
from pydantic import BaseModel

from app.services.idempotency import Answer, run_once
from app.services.work import Work

OptionalKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="Sent again with the same key, a request has one effect.",
        max_length=255,
    ),
]


@dataclass(frozen=True)
class Reply:
    """What an operation answers; `version` becomes the ETag."""

    body: BaseModel
    status: int = 200
    version: int | None = None


def etag_of(version: int) -> str:
    """The ETag of a version, as If-Match gives it back."""
    return f'"{version}"'


def answer_once(
    work: Work, request: Request, key: str | None, body: BaseModel | None, act: Callable[[], Reply]
) -> Response:
    """Act and answer; where the key was used before, answer as then and do nothing.

    The question that a key stands for is the method, the path and the body as it was understood;
    If-Match is no part of it, so that a client may look again before it repeats itself.
    """

    def kept() -> Answer:
        reply = act()
        etag = etag_of(reply.version) if reply.version is not None else None
        return Answer(reply.status, reply.body.model_dump_json().encode(), etag)

    said = body.model_dump_json(exclude_unset=True) if body is not None else ""
    asked = f"{request.method} {request.url.path}\n{said}"
    answer = kept() if key is None else run_once(work, key, asked, kept)
    headers = {"ETag": answer.etag} if answer.etag else {}
    return Response(answer.body, answer.status, headers, "application/json")
