"""Cases with children along: how many, of whose vacancies, and whether SENAF was told of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Subquery, and_, distinct, func, or_, select

from app.storage.applications import applications
from app.storage.child_care import senaf_handovers
from app.storage.companions import companions
from app.storage.database import Session
from app.storage.vacancies import employers, vacancies
from permits.applications import Status

WITH_CHILDREN = (
    Status.UNDER_REVIEW.value,
    Status.ASKED.value,
    Status.RETURNED.value,
    Status.APPROVED.value,
)
"""Cases that are under way or led to a permit; a draft is nobody's business yet."""


@dataclass(frozen=True)
class Family:
    """A case with children along; `told_at` since SENAF was told, `received_on` it was taken."""

    application: UUID
    vacancy: UUID
    receipt: str
    employer: UUID
    employer_name: str
    municipality: str
    first_day: date
    minors: int
    told_at: datetime | None
    received_on: date | None


def count_minors(session: Session, some: Collection[UUID], born_after: date) -> dict[UUID, int]:
    """How many children there are where each of these vacancies is, if any comes along with it.

    Those of the same employer's other vacancies in its municipality are counted too, at a time when
    the named one goes on: a place is for one child.
    """
    own, here = vacancies.alias("own"), vacancies.c
    beside = and_(
        here.employer == own.c.employer,
        here.municipality == own.c.municipality,
        here.starts_on <= own.c.ends_on,
        here.ends_on >= own.c.starts_on,
    )
    query = (
        _minors(born_after)
        .add_columns(own.c.id, func.count().label("minors"))
        .join(vacancies, here.id == applications.c.vacancy)
        .join(own, or_(own.c.id == here.id, beside))
        .where(own.c.id.in_(some))
        .group_by(own.c.id)
        .having(func.count().filter(own.c.id == here.id) > 0)
    )
    return {row.id: row.minors for row in session.execute(query)}


def count_of_employer(session: Session, employer: UUID, born_after: date, today: date) -> int:
    """How many children come along with the cases of an employer's vacancies that are not over."""
    query = (
        _minors(born_after)
        .add_columns(func.count())
        .join(vacancies, vacancies.c.id == applications.c.vacancy)
        .where(vacancies.c.employer == employer, vacancies.c.ends_on >= today)
    )
    return int(session.execute(query).scalar_one())


def list_families(session: Session, born_after: date, today: date, limit: int) -> list[Family]:
    """The cases with children along at home that are not over: who waits for SENAF on top."""
    last = _last()
    query = (
        _minors(born_after)
        .add_columns(
            applications.c.id,
            vacancies.c.id,
            applications.c.receipt,
            vacancies.c.employer,
            employers.c.name,
            vacancies.c.municipality,
            vacancies.c.starts_on,
            func.count(distinct(companions.c.id)).label("minors"),
            last.c.made_at,
            senaf_handovers.c.received_on,
        )
        .join(vacancies, vacancies.c.id == applications.c.vacancy)
        .join(employers, employers.c.id == vacancies.c.employer)
        .outerjoin(last, last.c.application == applications.c.id)
        .outerjoin(
            senaf_handovers,
            (senaf_handovers.c.application == applications.c.id)
            & (senaf_handovers.c.made_at == last.c.made_at),
        )
        .where(vacancies.c.ends_on >= today, vacancies.c.department.like("HN-%"))
        .group_by(
            applications.c.id,
            vacancies.c.id,
            employers.c.id,
            last.c.made_at,
            senaf_handovers.c.received_on,
        )
        .order_by(last.c.made_at.is_not(None), senaf_handovers.c.received_on.is_not(None))
        .order_by(vacancies.c.starts_on, applications.c.id)
    )
    return [Family(*row) for row in session.execute(query.limit(limit))]


def _last() -> Subquery:
    """When SENAF was told of each case last."""
    told = senaf_handovers.c
    query = select(told.application, func.max(told.made_at).label("made_at"))
    return query.group_by(told.application).subquery()


def _minors(born_after: date) -> Select[Any]:
    """Children of cases that are under way or were approved; columns are added by the caller."""
    return (
        select()
        .select_from(companions)
        .join(applications, applications.c.id == companions.c.application)
        .where(
            companions.c.date_of_birth > born_after,
            applications.c.status.in_(WITH_CHILDREN),
            applications.c.erased_at.is_(None),
        )
    )
