"""The open cases and the standing rights of employers that may not hire."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, union

from app.storage.applications import applications, read_row
from app.storage.authorisations import authorisations
from app.storage.database import Session
from app.storage.employer_bars import employer_bars
from app.storage.employer_changes import employer_changes
from app.storage.vacancies import employers, vacancies
from permits.applications import Application
from permits.authorisations import AuthorisationStatus
from permits.employer_bars import OPEN

STORED = (AuthorisationStatus.GRANTED.value, AuthorisationStatus.SUSPENDED.value)
"""How a right stands in its row while it is not over."""


@dataclass(frozen=True)
class BarredCase:
    """An open case that names an employer under a bar; `bar` is None where its work is blocked."""

    application: Application
    bar: UUID | None
    vacancy: UUID
    employer_name: str


def lock_open(session: Session, limit: int, bar: UUID | None = None) -> list[BarredCase]:
    """The open cases of one bar that stands, or of all; held until the transaction ends.

    Those that somebody else holds now are left: they are asked for again.
    """
    standing = employer_bars.c.lifted_at.is_(None)
    rows = session.execute(
        _locking(limit)
        .add_columns(employer_bars.c.id.label("bar"))
        .join(employer_bars, employer_bars.c.employer == vacancies.c.employer)
        .where(standing, *([employer_bars.c.id == bar] if bar else []))
    )
    return [BarredCase(read_row(row), row.bar, row.vacancy, row.of) for row in rows]


def lock_blocked(session: Session, before: datetime, limit: int) -> list[BarredCase]:
    """The open cases of works that a rule has stood against since before an instant, held alike."""
    rows = session.execute(_locking(limit).where(vacancies.c.blocked_since < before))
    return [BarredCase(read_row(row), None, row.vacancy, row.of) for row in rows]


def count_open(session: Session, employer: UUID) -> int:
    """How many open cases name an employer."""
    query = select(func.count()).select_from(applications)
    query = query.where(_is_open(), applications.c.vacancy.in_(_of(employer)))
    return session.execute(query).scalar_one()


def count_standing(session: Session, employer: UUID, day: date) -> int:
    """How many rights that are not over are for work with an employer."""
    return session.execute(
        select(func.count()).select_from(_standing(employer, day).subquery())
    ).scalar_one()


def list_standing(
    session: Session, employer: UUID, day: date, limit: int, after: UUID | None = None
) -> list[Application]:
    """The applications of those rights, by id; `after` is the key of a page."""
    query = select(applications).where(applications.c.id.in_(_standing(employer, day)))
    if after is not None:
        query = query.where(applications.c.id > after)
    rows = session.execute(query.order_by(applications.c.id).limit(limit))
    return [read_row(row) for row in rows]


def _locking(limit: int) -> Select[Any]:
    """Open cases with their work and its employer (`of`), by id; nobody waits for those held."""
    return (
        select(applications, employers.c.name.label("of"))
        .join(vacancies, vacancies.c.id == applications.c.vacancy)
        .join(employers, employers.c.id == vacancies.c.employer)
        .where(_is_open())
        .order_by(applications.c.id)
        .limit(limit)
        .with_for_update(of=applications, skip_locked=True)
    )


def _is_open() -> ColumnElement[bool]:
    return applications.c.status.in_(sorted(status.value for status in OPEN))


def _of(employer: UUID) -> Select[Any]:
    return select(vacancies.c.id).where(vacancies.c.employer == employer)


def _standing(employer: UUID, day: date) -> Select[Any]:
    """The application of each right that stands and whose work, as last changed, is with it."""
    granted = employer_changes.c.outcome == "granted"
    named = union(
        select(applications.c.id).where(applications.c.vacancy.in_(_of(employer))),
        select(authorisations.c.application)
        .join(employer_changes, employer_changes.c.authorisation == authorisations.c.id)
        .where(granted, employer_changes.c.vacancy.in_(_of(employer))),
    )
    changed = (
        select(employer_changes.c.vacancy)
        .where(granted, employer_changes.c.authorisation == authorisations.c.id)
        .order_by(employer_changes.c.decided_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    works_for = func.coalesce(changed, applications.c.vacancy)
    return (
        select(authorisations.c.application)
        .join(applications, applications.c.id == authorisations.c.application)
        .where(
            authorisations.c.application.in_(named),
            authorisations.c.status.in_(STORED),
            authorisations.c.valid_until >= day,
            works_for.in_(_of(employer)),
        )
    )
