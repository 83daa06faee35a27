"""What was refused is remembered too, in a short transaction of its own."""

from uuid import UUID

from app.services.work import Work
from app.storage import sessions
from permits.audit import Act


def record_refusal(work: Work, code: str, operation: str) -> None:
    """Note who was refused what; `operation` is the route's name, never its path."""
    event = work.event(Act.REFUSED, UUID(int=0), {"code": code, "operation": operation})
    sessions.note_event(work.session, event=event)
