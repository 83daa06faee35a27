"""Registrations of employers that were begun and never handed in: forgotten after their term."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, select

from app.storage.database import Session
from app.storage.employer_papers import employer_papers
from app.storage.farms import farms
from app.storage.registrations import employer_registrations
from recruitment.registrations import RegistrationStatus


def remove_drafts_before(session: Session, instant: datetime, limit: int) -> tuple[int, list[str]]:
    """Forget drafts begun before, that were never handed in.

    Returns how many, and the keys of their papers in the object store.
    """
    due = _drafts_before(instant).limit(limit)
    old = [row.id for row in session.execute(due.with_for_update(skip_locked=True))]
    session.execute(delete(farms).where(farms.c.registration.in_(old)))
    papers = delete(employer_papers).where(employer_papers.c.registration.in_(old))
    keys = [
        row.object_key for row in session.execute(papers.returning(employer_papers.c.object_key))
    ]
    session.execute(delete(employer_registrations).where(employer_registrations.c.id.in_(old)))
    return len(old), keys


def count_drafts_before(session: Session, instant: datetime) -> int:
    """How many such drafts there are."""
    return len(session.execute(_drafts_before(instant)).all())


def _drafts_before(instant: datetime) -> Select[Any]:
    table = employer_registrations.c
    old = (table.status == RegistrationStatus.DRAFT.value, table.created_at < instant)
    return select(table.id).where(*old).order_by(table.id)
