"""What a proxy and a supervisor ask: is the process alive, can it answer; no words for people."""

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse

from app.services.anchoring import find_log_troubles
from app.services.housekeeping import check_ready
from app.services.key_care import find_waiting_permits
from app.web.dependencies import PublicReading

router = APIRouter(prefix="/health", include_in_schema=False)


@router.get("/live")
def live() -> PlainTextResponse:
    """The process answers; nothing else is asked."""
    return PlainTextResponse("alive\n")


@router.get("/ready")
def ready(work: PublicReading) -> PlainTextResponse:
    """The database answers and a key can sign; anything else is an error and its status.

    What is wrong with the log, and permits that nobody signs, are told in lines of their own: they
    need somebody, and no other process would do better.
    """
    troubles = [*find_log_troubles(work), *find_waiting_permits(work)]
    lines = [f"ready, {check_ready(work)} effects wait", *troubles]
    return PlainTextResponse("".join(f"{line}\n" for line in lines))
