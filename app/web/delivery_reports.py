"""Where WhatsApp and the SMS gateway report what became of messages: doors of their own, no pages.

Meta enters its address once and shows a word (GET), then reports by POST, signed over the body.
The gateway signs as Standard Webhooks 1.0 say. To whoever cannot sign there is no such door.
"""

import re
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import PlainTextResponse, Response

from app.services import sms_reports, whatsapp
from app.web.api.access import NobodysReading, NobodysWork

router = APIRouter(include_in_schema=False)

DOOR, SMS_DOOR = "/avisos/whatsapp", "/avisos/sms"

LARGEST = 256 * 1024
"""Bytes of a report; Meta sends up to a thousand changes at once, most often one."""

_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{1,100}")


async def _sent(request: Request) -> bytes | None:
    """The body as it came; None where it is too long."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            return None
    return body


@router.get(DOOR)
def show_door(
    work: NobodysReading,
    mode: Annotated[str, Query(alias="hub.mode")] = "",
    token: Annotated[str, Query(alias="hub.verify_token")] = "",
    challenge: Annotated[str, Query(alias="hub.challenge")] = "",
) -> Response:
    """The challenge again, for who knows the word."""
    known = mode == "subscribe" and whatsapp.is_verified(work, token)
    if not known or not _CHALLENGE.fullmatch(challenge):
        raise HTTPException(404)
    return PlainTextResponse(challenge)


@router.post(DOOR)
def take_report(
    request: Request, work: NobodysWork, body: Annotated[bytes | None, Depends(_sent)]
) -> Response:
    """Take what WhatsApp signed; to anybody else there is no such door."""
    signature = request.headers.get("x-hub-signature-256", "")
    if body is None or not whatsapp.take_reports(work, body, signature):
        raise HTTPException(404)
    return Response(status_code=204)


@router.post(SMS_DOOR)
def take_sms_report(
    request: Request, work: NobodysWork, body: Annotated[bytes | None, Depends(_sent)]
) -> Response:
    """Take what the SMS gateway signed; to anybody else there is no such door."""
    if body is None or not sms_reports.take_reports(work, request.headers, body):
        raise HTTPException(404)
    return Response(status_code=204)
