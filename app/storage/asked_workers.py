"""Who was asked how the job goes: whom to call, and counts that name nobody."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, select

from app.storage.applications import applications
from app.storage.check_ins import check_ins
from app.storage.database import Session
from app.storage.people import workers
from app.storage.vacancies import employers
from permits.deadlines import legal_day
from recruitment.check_ins import Moment


@dataclass(frozen=True)
class Unanswered:
    """Somebody who has not answered, or by the link alone, while they may: whom to call."""

    id: UUID
    moment: Moment
    closes_at: datetime
    receipt: str
    worker_name: str
    phone: str
    language: str
    employer_name: str
    by_link: bool = False

    @property
    def last_day(self) -> date:
        """The last day on which the answers are kept."""
        return legal_day(self.closes_at - timedelta(seconds=1))


def list_unanswered(session: Session, now: datetime, limit: int) -> list[Unanswered]:
    """Whom to call: who is silent, whose time ends first on top, then who answered by the link.

    Nobody knows who had the phone then; who told more since is called no more.
    """
    by_link = and_(check_ins.c.answer_way == "link", check_ins.c.added.is_(None))
    rows = session.execute(
        _unanswered()
        .where(check_ins.c.answers.is_(None) | by_link, check_ins.c.closes_at > now)
        .order_by(check_ins.c.answers.is_not(None), check_ins.c.closes_at, check_ins.c.id)
        .limit(limit)
    )
    return [_called(row) for row in rows]


def find_called(session: Session, identity: UUID) -> Unanswered | None:
    """How somebody who was asked is called, whether or not they answered."""
    row = session.execute(_unanswered().where(check_ins.c.id == identity)).one_or_none()
    return None if row is None else _called(row)


@dataclass(frozen=True)
class AskedRow:
    """One who was asked, for counts: at which employer, when, and whether they answered.

    `over`: the time to answer is over, or they answered.
    """

    employer: UUID
    employer_name: str
    asked_at: datetime
    answered: bool
    over: bool


def list_asked(session: Session, since: datetime, now: datetime, limit: int) -> list[AskedRow]:
    """Who was asked since, without a name, the newest first; nothing is opened."""
    rows = session.execute(
        select(
            check_ins.c.employer,
            employers.c.name,
            check_ins.c.checked_at,
            check_ins.c.answered_at,
            check_ins.c.closes_at,
        )
        .join(employers, employers.c.id == check_ins.c.employer)
        .where(check_ins.c.checked_at >= since)
        .order_by(check_ins.c.checked_at.desc(), check_ins.c.id)
        .limit(limit)
    )
    return [
        AskedRow(
            row.employer,
            row.name,
            row.checked_at,
            row.answered_at is not None,
            row.answered_at is not None or row.closes_at <= now,
        )
        for row in rows
    ]


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
        row.answer_way is not None,
    )
