"""Whom a farm's register and its payslips are about: workers with a right, and employers' farms."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, func, select

from app.storage.applications import applications
from app.storage.authorisations import authorisations
from app.storage.database import Session
from app.storage.employer_changes import employer_changes
from app.storage.farms import farms
from app.storage.registrations import employer_registrations
from app.storage.searched import says
from app.storage.vacancies import employers, vacancies
from permits.people import PersonId


@dataclass(frozen=True)
class EmployersFarm:
    """A farm of a verified employer: where it is, and how many can sleep there.

    `closed_on` is its last day where it was taken away.
    """

    id: UUID
    name: str
    municipality: str
    housed: int
    employer: UUID
    employer_name: str
    department: str
    closed_on: date | None = None


@dataclass(frozen=True)
class Hand:
    """A worker's standing right as a register finds it; `employer` is whom it is for today.

    `asked_of` are employers to whom the worker asked to change, and has no answer yet.
    """

    application: UUID
    worker: PersonId
    worker_name: str
    worker_number: str
    programme: str
    employer: UUID | None
    vacancy: UUID
    right: UUID
    asked_of: frozenset[UUID]


def list_hands(
    session: Session,
    *,
    numbers: Collection[str] = (),
    right: UUID | None = None,
    employer: UUID | None = None,
    application: UUID | None = None,
    until: date | None = None,
    limit: int = 500,
) -> list[Hand]:
    """Workers with a granted right: by numbers for life, by one right or application, or all of an
    employer.

    By name, so that a list reads as one. Whom an erased file was about is not found; with `until`,
    nor is whose right was over before that day.
    """
    query = _hands().limit(limit)
    if until is not None:
        query = query.where(authorisations.c.valid_until >= until)
    if right is not None:
        query = query.where(authorisations.c.id == right)
    elif application is not None:
        query = query.where(applications.c.id == application)
    elif employer is not None:
        query = query.where(vacancies.c.employer == employer)
    else:
        query = query.where(applications.c.worker_number.in_(numbers))
    rows = session.execute(query).all()
    asked = _asked(session, [row.right for row in rows])
    return [_hand(row, asked.get(row.right, frozenset())) for row in rows]


def list_farms_of(
    session: Session, employer: UUID | None, limit: int = 500, *, text: str = ""
) -> list[EmployersFarm]:
    """The farms that stand of a verified employer, or of all of them, by name.

    `text`, folded, is searched in the names of the farm and of its employer.
    """
    which = farms.c.closed_on.is_(None) & says(text, farms.c.name, employers.c.name)
    return _list_farms(session, employer, which, limit)


def list_closed_of(
    session: Session, employer: UUID | None, limit: int = 200
) -> list[EmployersFarm]:
    """The farms that were taken away, in the same order."""
    return _list_farms(session, employer, farms.c.closed_on.is_not(None), limit)


def _list_farms(
    session: Session, employer: UUID | None, which: ColumnElement[bool], limit: int
) -> list[EmployersFarm]:
    query = _farms().where(which).order_by(employers.c.name, farms.c.name, farms.c.id).limit(limit)
    if employer is not None:
        query = query.where(employer_registrations.c.employer == employer)
    return [_farm(row) for row in session.execute(query)]


def find_farm(session: Session, farm: UUID) -> EmployersFarm | None:
    """A farm of a verified employer, also one that was taken away."""
    row = session.execute(_farms().where(farms.c.id == farm)).one_or_none()
    return None if row is None else _farm(row)


def find_named(session: Session, folded: str, limit: int) -> list[EmployersFarm]:
    """Farms whose name, or whose employer's, holds these words; folded as `fold` does."""
    named = says(folded, farms.c.name, employers.c.name)
    query = _farms().where(named).order_by(farms.c.name, farms.c.id).limit(limit)
    return [_farm(row) for row in session.execute(query)]


def _hands() -> Select[Any]:
    """Rights that stand beside the vacancy for which they are today, by name."""
    granted = (
        select(employer_changes.c.vacancy)
        .where(
            employer_changes.c.authorisation == authorisations.c.id,
            employer_changes.c.outcome == "granted",
        )
        .order_by(employer_changes.c.decided_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    today = func.coalesce(granted, applications.c.vacancy)
    return (
        select(
            applications.c.id,
            applications.c.worker,
            applications.c.worker_name,
            applications.c.worker_number,
            applications.c.programme,
            authorisations.c.id.label("right"),
            vacancies.c.employer,
            vacancies.c.id.label("vacancy"),
        )
        .join(authorisations, authorisations.c.application == applications.c.id)
        .join(vacancies, vacancies.c.id == today)
        .where(applications.c.erased_at.is_(None))
        .order_by(applications.c.worker_name, applications.c.id)
    )


def _asked(session: Session, rights: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    rows = session.execute(
        select(employer_changes.c.authorisation, vacancies.c.employer)
        .join(vacancies, vacancies.c.id == employer_changes.c.vacancy)
        .where(employer_changes.c.authorisation.in_(rights), employer_changes.c.outcome == "asked")
        .order_by(employer_changes.c.id)
    )
    found: dict[UUID, frozenset[UUID]] = {}
    for right, employer in rows:
        found[right] = found.get(right, frozenset()) | {employer}
    return found


def _farms() -> Select[Any]:
    return (
        select(
            farms.c.id,
            farms.c.name,
            farms.c.municipality,
            farms.c.housed,
            employer_registrations.c.employer,
            employers.c.name.label("employer_name"),
            employers.c.department,
            farms.c.closed_on,
        )
        .join(employer_registrations, employer_registrations.c.id == farms.c.registration)
        .join(employers, employers.c.id == employer_registrations.c.employer)
    )


def _farm(row: Row[Any]) -> EmployersFarm:
    return EmployersFarm(
        row.id,
        row.name,
        row.municipality,
        row.housed,
        row.employer,
        row.employer_name,
        row.department,
        row.closed_on,
    )


def _hand(row: Any, asked_of: frozenset[UUID]) -> Hand:  # noqa: ANN401  (a row of eight columns)
    return Hand(
        row.id,
        PersonId(row.worker),
        row.worker_name,
        row.worker_number or "",
        row.programme,
        row.employer,
        row.vacancy,
        row.right,
        asked_of,
    )
