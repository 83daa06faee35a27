"""What is counted over many vacancies: places that are held, and what others pay."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, distinct, func, select

from app.storage.applications import applications
from app.storage.database import Session
from app.storage.quotas import quota_places
from app.storage.vacancies import vacancies


def count_holders(session: Session, some: Collection[UUID]) -> dict[UUID, int]:
    """How many applications that name each vacancy hold a place of a quota, each once."""
    holders = (
        select(
            applications.c.vacancy,
            func.count(distinct(quota_places.c.application)).label("holding"),
        )
        .join(applications, applications.c.id == quota_places.c.application)
        .where(applications.c.vacancy.in_(some))
        .group_by(applications.c.vacancy)
    )
    return {row.vacancy: row.holding for row in session.execute(holders)}


def list_wages(session: Session, programme: str, currency: str, since: date) -> list[Row[Any]]:
    """What published vacancies of a programme pay that end after a day; 5,000 at most."""
    columns = (vacancies.c.wage, vacancies.c.unit, vacancies.c.unit_kg, vacancies.c.hours_per_day)
    query = select(*columns).where(
        vacancies.c.programme == programme,
        vacancies.c.currency == currency,
        vacancies.c.status.in_(("open", "filled", "closed")),
        vacancies.c.employer.is_not(None),
        vacancies.c.ends_on >= since,
    )
    return list(session.execute(query.order_by(vacancies.c.id).limit(5000)))
