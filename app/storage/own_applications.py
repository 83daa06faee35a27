"""Applications by whom they belong to: a worker's own, a facilitator's drafts, what goes on."""

from uuid import UUID

from sqlalchemy import select

from app.storage.applications import applications, read_row
from app.storage.database import Session
from permits.applications import Application
from permits.people import PersonId

ASSISTED = 200
"""So many unfinished registrations of one facilitator are listed at most."""


def list_of_worker(session: Session, worker: PersonId) -> list[Application]:
    """The worker's own applications, newest first."""
    rows = session.execute(
        select(applications)
        .where(applications.c.worker == worker, applications.c.erased_at.is_(None))
        .order_by(applications.c.created_at.desc(), applications.c.id)
    )
    return [read_row(row) for row in rows]


def list_assisted(session: Session, facilitator: PersonId) -> list[tuple[Application, str]]:
    """The drafts that a facilitator has begun, with the workers' names, the latest first."""
    rows = session.execute(
        select(applications)
        .where(applications.c.assisted_by == facilitator, applications.c.status == "draft")
        .where(applications.c.erased_at.is_(None))
        .order_by(applications.c.updated_at.desc(), applications.c.id)
        .limit(ASSISTED)
    )
    return [(read_row(row), row.worker_name) for row in rows]


def find_renewal(session: Session, authorisation: UUID) -> Application | None:
    """The application that goes on from a right and has not come to nothing, if there is one."""
    row = session.execute(
        select(applications).where(
            applications.c.renews == authorisation,
            applications.c.status.not_in(["refused", "lapsed", "withdrawn"]),
        )
    ).one_or_none()
    return read_row(row) if row else None


def find_restoring(session: Session, authorisation: UUID) -> Application | None:
    """The application by which a right that was taken back is decided on anew, if there is one."""
    here = applications.c.restores == authorisation
    row = session.execute(select(applications).where(here)).one_or_none()
    return read_row(row) if row else None
