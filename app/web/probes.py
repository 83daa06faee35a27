"""What a proxy and a supervisor ask: is the process alive, can it answer; no words for people."""

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse

from app.services.housekeeping import check_ready
from app.web.dependencies import PublicReading

router = APIRouter(prefix="/health", include_in_schema=False)


@router.get("/live")
def live() -> PlainTextResponse:
    """The process answers; nothing else is asked."""
    return PlainTextResponse("alive\n")


@router.get("/ready")
def ready(work: PublicReading) -> PlainTextResponse:
    """The database answers and a key can sign; anything else is an error and its status."""
    waiting = check_ready(work)
    return PlainTextResponse(f"ready, {waiting} effects wait\n")
