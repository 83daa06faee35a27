"""Who was asked how the job goes: whom to call, and counts that name nobody."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Row, and_, cast, func, or_, select, true
from sqlalchemy.sql.selectable import LateralFromClause

from app.storage.applications import applications
from app.storage.check_ins import check_ins
from app.storage.database import Session
from app.storage.farm_movements import farm_movements
from app.storage.farms import farms
from app.storage.people import workers
from app.storage.registrations import employer_registrations
from app.storage.vacancies import employers
from permits.deadlines import LEGAL_ZONE, legal_day
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
class Asked:
    """How many were asked on a day at one place and how many answered, nobody named.

    `farm` is None, and its name "", where no register of the employer had them inside. Who may
    still answer is not counted.
    """

    employer: UUID
    employer_name: str
    farm: UUID | None
    farm_name: str
    day: date
    asked: int
    answered: int


def count_asked(session: Session, since: datetime, now: datetime) -> list[Asked]:
    """By employer, farm and day, who was asked since and answered or can no more."""
    registered = _registered()
    farm = func.coalesce(check_ins.c.farm, registered.c.farm).label("farm")
    day = cast(func.timezone(LEGAL_ZONE.key, check_ins.c.checked_at), Date).label("day")
    where = (employers.c.id, employers.c.name, farm, farms.c.name.label("farm_name"), day)
    answered = check_ins.c.answered_at.is_not(None)
    rows = session.execute(
        select(*where, func.count(), func.count().filter(answered))
        .select_from(check_ins)
        .outerjoin(registered, true())
        .join(
            employers,
            employers.c.id == func.coalesce(check_ins.c.employer, registered.c.employer),
        )
        .outerjoin(farms, farms.c.id == farm.element)
        .where(check_ins.c.checked_at >= since, or_(answered, check_ins.c.closes_at <= now))
        .group_by(*where)
        .order_by(*where)
    )
    return [
        Asked(employer, name, farm, farm_name or "", *counted)
        for employer, name, farm, farm_name, *counted in rows
    ]


def _registered() -> LateralFromClause:
    """Where a register had somebody while they were asked, of whom the check-in tells no farm.

    An answer notes its farm, and who is silent never does: without this those who answer would be
    counted on the farm, and those who do not with the employer.
    """
    own = farm_movements.c
    last = (
        select(own.farm, own.direction, own.happened_at)
        .where(
            check_ins.c.farm.is_(None),
            own.application == check_ins.c.application,
            own.happened_at < check_ins.c.closes_at,
        )
        .order_by(own.happened_at.desc(), own.recorded_at.desc(), own.id.desc())
        .limit(1)
        .correlate(check_ins)
        .lateral("last")
    )
    whose = employer_registrations.c.employer
    return (
        select(last.c.farm, whose)
        .join(farms, farms.c.id == last.c.farm)
        .join(employer_registrations, employer_registrations.c.id == farms.c.registration)
        .where(
            or_(last.c.direction == "entry", last.c.happened_at > check_ins.c.checked_at),
            or_(check_ins.c.employer.is_(None), whose == check_ins.c.employer),
        )
        .correlate(check_ins)
        .lateral("registered")
    )


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
