"""What hangs on a programme: cases that are open under it or contested, and rights that stand."""

from datetime import date

from sqlalchemy import func, or_, select

from app.storage import audit
from app.storage.appeals import appeals
from app.storage.applications import applications
from app.storage.authorisations import authorisations
from app.storage.database import Session
from permits.applications import OPEN
from permits.audit import AuditEvent


def count_open(session: Session, programme: str, day: date) -> int:
    """Applications from which a move still leads on, and rights whose last day is not over.

    A refused one whose recourse waits is among them: it may be opened again.
    """
    contested = select(appeals.c.application).where(appeals.c.ruling == "open")
    cases = select(func.count()).where(
        applications.c.programme == programme,
        or_(
            applications.c.status.in_([status.value for status in OPEN]),
            applications.c.id.in_(contested),
        ),
    )
    rights = select(func.count()).where(
        authorisations.c.programme == programme, authorisations.c.valid_until >= day
    )
    counted = select(cases.scalar_subquery() + rights.scalar_subquery())
    return int(session.execute(counted).scalar_one())


def count_files(session: Session, programme: str) -> int:
    """Applications, however they stand, that are not erased."""
    here = applications.c.programme == programme, applications.c.erased_at.is_(None)
    return session.execute(select(func.count()).select_from(applications).where(*here)).scalar_one()


def note_programme(session: Session, *, event: AuditEvent) -> None:
    """Remember that a programme's file was put or taken away."""
    audit.append(session, event)
