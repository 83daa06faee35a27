"""Drafts that a facilitator began for workers beside them."""

from sqlalchemy import select

from app.storage.applications import applications, read_row
from app.storage.database import Session
from permits.applications import Application
from permits.people import PersonId

ASSISTED = 200
"""So many unfinished registrations of one facilitator are listed at most."""


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
