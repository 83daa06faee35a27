"""Under whom a worker was, and on which days: today's employer and the ones before."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    Date,
    DateTime,
    Row,
    Select,
    bindparam,
    cast,
    func,
    null,
    select,
    union,
    union_all,
)

from app.storage.applications import applications
from app.storage.authorisations import authorisations
from app.storage.database import Session
from app.storage.employer_changes import employer_changes
from app.storage.revocations import revocations
from app.storage.vacancies import vacancies
from permits.deadlines import LEGAL_ZONE
from permits.people import PersonId
from recruitment.employments import Span

MOST = 2_000


@dataclass(frozen=True)
class Employment:
    """A worker under one vacancy of an employer; nothing of what came before or after."""

    application: UUID
    worker: PersonId
    worker_name: str
    worker_number: str
    programme: str
    vacancy: UUID
    employer: UUID
    spans: tuple[Span, ...]


def list_employments(
    session: Session, employer: UUID, *, application: UUID | None = None, since: date
) -> list[Employment]:
    """Who is or was with an employer; those whose last day is before `since` are left out.

    By name, the newest work of each first. Whom an erased file was about is not found.
    """
    rows = session.execute(
        _employments(one=application is not None),
        {"employer": employer, "application": application, "since": since},
    ).all()
    of = [list(some) for _, some in groupby(rows, lambda row: (row.application, row.vacancy))]
    return [_employment(some) for some in of]


@cache
def _employments(*, one: bool) -> Select[Any]:
    """The spans of an employer, those of one vacancy side by side."""
    spans = _spans(one=one)
    newest = func.max(spans.c.last_day).over(partition_by=(spans.c.application, spans.c.vacancy))
    known = (
        select(
            spans,
            vacancies.c.employer,
            applications.c.worker,
            applications.c.worker_name,
            applications.c.worker_number,
            applications.c.programme,
            newest.label("newest"),
        )
        .join(vacancies, vacancies.c.id == spans.c.vacancy)
        .join(applications, applications.c.id == spans.c.application)
        .where(
            vacancies.c.employer == bindparam("employer"),
            applications.c.erased_at.is_(None),
        )
        .subquery()
    )
    return (
        select(known)
        .where(known.c.newest >= bindparam("since"))
        .order_by(
            known.c.worker_name,
            known.c.application,
            known.c.newest.desc(),
            known.c.vacancy,
            known.c.last_day.desc(),
        )
        .limit(MOST)
    )


def _spans(*, one: bool) -> CTE:
    """Every employer of the rights that are concerned, from one change to the next."""
    right, change = authorisations.c, employer_changes.c
    granted = change.outcome == "granted"
    theirs = _concerned(one=one)
    parts = union_all(
        select(
            right.id.label("right"),
            applications.c.vacancy,
            cast(null(), DateTime(timezone=True)).label("since"),
        )
        .join(applications, applications.c.id == right.application)
        .where(right.id.in_(select(theirs.c.right))),
        select(change.authorisation, change.vacancy, change.decided_at).where(
            granted, change.authorisation.in_(select(theirs.c.right))
        ),
    ).subquery()
    until = func.lead(parts.c.since).over(
        partition_by=parts.c.right, order_by=parts.c.since.nulls_first()
    )
    over = func.least(
        right.valid_until, _day(right.ended_at), _day(revocations.c.decided_at), type_=Date
    )
    return (
        select(
            right.application,
            parts.c.vacancy,
            _day(parts.c.since).label("first_day"),
            func.coalesce(_day(until), over).label("last_day"),
            until.is_not(None).label("changed"),
        )
        .join(authorisations, right.id == parts.c.right)
        .outerjoin(revocations, revocations.c.id == right.revocation)
        .cte("spans")
    )


def _concerned(*, one: bool) -> CTE:
    """Rights under which anybody is or was with the employer."""
    right, change = authorisations.c, employer_changes.c
    of = vacancies.c.employer == bindparam("employer")
    first = (
        select(right.id.label("right"))
        .join(applications, applications.c.id == right.application)
        .join(vacancies, vacancies.c.id == applications.c.vacancy)
        .where(of)
    )
    later = (
        select(change.authorisation)
        .join(vacancies, vacancies.c.id == change.vacancy)
        .join(authorisations, right.id == change.authorisation)
        .where(of, change.outcome == "granted")
    )
    if one:
        named = right.application == bindparam("application")
        first, later = first.where(named), later.where(named)
    return union(first, later).cte("concerned")


def _day(instant: Any) -> Any:  # noqa: ANN401  (a column of any query)
    """The legal day of an instant."""
    return cast(func.timezone(LEGAL_ZONE.key, instant), Date)


def _employment(rows: Collection[Row[Any]]) -> Employment:
    row = next(iter(rows))
    return Employment(
        row.application,
        PersonId(row.worker),
        row.worker_name,
        row.worker_number or "",
        row.programme,
        row.vacancy,
        row.employer,
        tuple(Span(one.first_day, one.last_day, one.changed) for one in rows),
    )
