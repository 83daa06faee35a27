"""How the application of a receipt stands, with what its person is known by."""

from typing import NamedTuple

from sqlalchemy import select

from app.storage import audit
from app.storage.applications import applications
from app.storage.authorisations import authorisations
from app.storage.database import Session
from permits.applications import ApplicationId, Status
from permits.audit import AuditEvent
from permits.authorisations import OVER


class Standing(NamedTuple):
    """The status; the phone is E.164 and the day of birth ISO 8601, "" where none was given.

    `over`: the right that it led to was taken back, or ended before its last day.
    """

    status: Status
    phone: str
    born: str
    application: ApplicationId | None = None
    over: bool = False


def find_standing(session: Session, receipt: str) -> Standing | None:
    """The application of a receipt number; None for an unknown number and an erased file."""
    answers = applications.c.answers
    row = session.execute(
        select(
            applications.c.id,
            applications.c.status,
            answers["phone"].astext.label("phone"),
            answers["date_of_birth"].astext.label("born"),
            authorisations.c.status.in_(OVER).label("over"),
        )
        .outerjoin(authorisations, authorisations.c.application == applications.c.id)
        .where(applications.c.receipt == receipt, applications.c.erased_at.is_(None))
    ).one_or_none()
    if row is None:
        return None
    case = ApplicationId(row.id)
    return Standing(Status(row.status), row.phone or "", row.born or "", case, bool(row.over))


def note_call(session: Session, *, event: AuditEvent) -> None:
    """The log keeps who read somebody's messages out, or tried to."""
    audit.append(session, event)
