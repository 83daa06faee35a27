"""How the application of a receipt stands, with what its person is known by."""

from typing import NamedTuple

from sqlalchemy import select

from app.storage import audit
from app.storage.applications import applications
from app.storage.database import Session
from permits.applications import ApplicationId, Status
from permits.audit import AuditEvent


class Standing(NamedTuple):
    """The status; the phone is E.164 and the day of birth ISO 8601, "" where none was given."""

    status: Status
    phone: str
    born: str
    application: ApplicationId | None = None


def find_standing(session: Session, receipt: str) -> Standing | None:
    """The application of a receipt number; None for an unknown number and an erased file."""
    answers = applications.c.answers
    row = session.execute(
        select(
            applications.c.id,
            applications.c.status,
            answers["phone"].astext.label("phone"),
            answers["date_of_birth"].astext.label("born"),
        ).where(applications.c.receipt == receipt, applications.c.erased_at.is_(None))
    ).one_or_none()
    if row is None:
        return None
    return Standing(Status(row.status), row.phone or "", row.born or "", ApplicationId(row.id))


def note_call(session: Session, *, event: AuditEvent) -> None:
    """The log keeps who read somebody's messages out, or tried to."""
    audit.append(session, event)
