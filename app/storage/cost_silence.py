"""How many people with a permit told nothing of what the job cost them, neither costs nor none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from app.storage import recruited
from app.storage.applications import applications
from app.storage.authorisations import authorisations
from app.storage.cost_entries import cost_entries
from app.storage.database import Session
from app.storage.nothing_paid import nothing_paid
from recruitment.recruiters import LicenceKey


@dataclass(frozen=True)
class SilentCount:
    """So many of one programme and nationality, "" where it is not known."""

    programme: str
    nationality: str
    people: int


def count_by_corridor(session: Session, since: datetime) -> list[SilentCount]:
    """Of permits granted since, by programme and nationality."""
    nationality = applications.c.answers["nationality"].astext
    rows = session.execute(
        select(applications.c.programme, nationality, func.count())
        .where(applications.c.id.in_(_silent(since)))
        .group_by(applications.c.programme, nationality)
    )
    return [SilentCount(programme, of or "", people) for programme, of, people in rows]


def count_by_recruiter(session: Session, since: datetime) -> Mapping[LicenceKey, int]:
    """The same by the recruiter under whose mandate they agreed."""
    return recruited.count_among(session, _silent(since))


def _silent(since: datetime) -> Any:  # noqa: ANN401  (a subquery of ids)
    """Files that were not erased: of an erased one nobody knows what it told."""
    own = authorisations.c.application
    return (
        select(own)
        .join(applications, applications.c.id == own)
        .where(authorisations.c.granted_at >= since, applications.c.erased_at.is_(None))
        .where(~_has(cost_entries.c.application), ~_has(nothing_paid.c.application))
    )


def _has(application: ColumnElement[Any]) -> ColumnElement[bool]:
    return select(application).where(application == authorisations.c.application).exists()
