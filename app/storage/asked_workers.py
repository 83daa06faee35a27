"""Who was asked how the job goes: whom to call, and counts that name nobody."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Row, cast, func, select

from app.storage.applications import applications
from app.storage.check_ins import check_ins
from app.storage.database import Session
from app.storage.people import workers
from app.storage.vacancies import employers
from permits.deadlines import LEGAL_ZONE, legal_day
from recruitment.check_ins import Moment


@dataclass(frozen=True)
class Unanswered:
    """Somebody who has not answered while they may: whom a person can call."""

    id: UUID
    moment: Moment
    closes_at: datetime
    receipt: str
    worker_name: str
    phone: str
    language: str
    employer_name: str

    @property
    def last_day(self) -> date:
        """The last day on which the answers are kept."""
        return legal_day(self.closes_at - timedelta(seconds=1))


def list_unanswered(session: Session, now: datetime, limit: int) -> list[Unanswered]:
    """Who was asked and is silent, whose time ends first on top."""
    rows = session.execute(
        _unanswered()
        .where(check_ins.c.answers.is_(None), check_ins.c.closes_at > now)
        .order_by(check_ins.c.closes_at, check_ins.c.id)
        .limit(limit)
    )
    return [_called(row) for row in rows]


def find_called(session: Session, identity: UUID) -> Unanswered | None:
    """How somebody who was asked is called, whether or not they answered."""
    row = session.execute(_unanswered().where(check_ins.c.id == identity)).one_or_none()
    return None if row is None else _called(row)


@dataclass(frozen=True)
class AskedWeek:
    """How many of an employer's people were asked in a week, by its Monday, and how many answered.

    Only those count whose time to answer is over, or who answered.
    """

    employer: UUID
    employer_name: str
    week: date
    asked: int
    answered: int


def list_asked(session: Session, since: datetime, now: datetime, limit: int) -> list[AskedWeek]:
    """Who was asked since, counted by employer and week, the newest week first; nobody is named."""
    own = check_ins.c
    local = func.timezone(str(LEGAL_ZONE), own.checked_at)
    counted = (
        select(
            own.employer,
            cast(func.date_trunc("week", local), Date).label("week"),
            func.count().label("asked"),
            func.count(own.answered_at).label("answered"),
        )
        .where(own.checked_at >= since, own.employer.is_not(None))
        .where(own.answered_at.is_not(None) | (own.closes_at <= now))
        .group_by(own.employer, "week")
        .subquery()
    )
    rows = session.execute(
        select(counted, employers.c.name)
        .join(employers, employers.c.id == counted.c.employer)
        .order_by(counted.c.week.desc(), counted.c.employer)
        .limit(limit)
    )
    return [AskedWeek(row.employer, row.name, row.week, row.asked, row.answered) for row in rows]


def _unanswered() -> Any:  # noqa: ANN401  (a query with columns of three tables)
    return (
        select(
            check_ins,
            applications.c.receipt,
            applications.c.worker_name,
            employers.c.name.label("employer_name"),
            workers.c.phone,
            workers.c.language,
        )
        .join(applications, applications.c.id == check_ins.c.application)
        .join(workers, workers.c.person == check_ins.c.worker)
        .outerjoin(employers, employers.c.id == check_ins.c.employer)
    )


def _called(row: Row[Any]) -> Unanswered:
    return Unanswered(
        row.id,
        Moment(row.moment),
        row.closes_at,
        row.receipt or "",
        row.worker_name,
        row.phone,
        row.language,
        row.employer_name or "",
    )
