"""Rights under which somebody is at work today: since when, for whom, and what was asked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Text, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import aggregate_order_by as in_order

from app.storage.applications import applications
from app.storage.authorisations import authorisations
from app.storage.check_ins import check_ins
from app.storage.credentials import credentials
from app.storage.crossings import crossings
from app.storage.database import Session
from app.storage.employer_changes import employer_changes
from app.storage.journeys import journey_notes
from app.storage.vacancies import vacancies
from permits.applications import ApplicationId
from permits.crossings import Direction
from permits.journeys import JourneyStep
from permits.pathway import Passages
from permits.people import PersonId
from recruitment.check_ins import Moment


@dataclass(frozen=True)
class WorkingRight:
    """A right that is valid today; `employer` is today's, None in the pool of a department.

    `noted` is the day of the arrival, else of the departure, that the worker or an official noted.
    """

    id: UUID
    application: ApplicationId
    worker: PersonId
    programme: str
    valid_from: date
    valid_until: date
    employer: UUID | None
    passages: Passages
    asked: Collection[Moment]
    noted: date | None


def list_working(
    session: Session, today: date, limit: int, after: UUID | None = None
) -> Sequence[WorkingRight]:
    """Rights that are valid today, in the order of their ids, from `after` on.

    None whose file was erased, and none that was taken back or ended.
    """
    query = _working(today)
    if after is not None:
        query = query.where(authorisations.c.id > after)
    rows = session.execute(query.order_by(authorisations.c.id).limit(limit))
    return [_right(row) for row in rows]


def _working(today: date) -> Any:  # noqa: ANN401  (a query with columns of several tables)
    named = vacancies.alias("named")
    return (
        select(
            authorisations.c.id,
            authorisations.c.application,
            authorisations.c.worker,
            authorisations.c.programme,
            authorisations.c.valid_from,
            authorisations.c.valid_until,
            named.c.employer,
            _asked().label("asked"),
            func.coalesce(_noted(JourneyStep.ARRIVED), _noted(JourneyStep.DEPARTED)).label("noted"),
            *(_passed(way, func.min).label(f"first_{way.value}") for way in Direction),
            *(_passed(way, func.max).label(f"last_{way.value}") for way in Direction),
        )
        .join(applications, applications.c.id == authorisations.c.application)
        .outerjoin(
            named,
            named.c.id
            == func.coalesce(find_changed_vacancy(authorisations.c.id), applications.c.vacancy),
        )
        .where(
            authorisations.c.valid_from <= today,
            authorisations.c.valid_until >= today,
            authorisations.c.status.in_(["granted", "suspended"]),
            applications.c.erased_at.is_(None),
        )
    )


def find_changed_vacancy(right: ColumnElement[Any]) -> ColumnElement[Any]:
    """The vacancy of the last change of employer that was granted under a right."""
    return (
        select(employer_changes.c.vacancy)
        .where(
            employer_changes.c.authorisation == right,
            employer_changes.c.outcome == "granted",
        )
        .order_by(employer_changes.c.decided_at.desc(), employer_changes.c.id)
        .limit(1)
        .scalar_subquery()
    )


def _asked() -> ColumnElement[Any]:
    told = func.array_agg(in_order(check_ins.c.moment, check_ins.c.moment), type_=ARRAY(Text))
    return select(told).where(check_ins.c.authorisation == authorisations.c.id).scalar_subquery()


def _noted(step: JourneyStep) -> ColumnElement[Any]:
    own = journey_notes.c
    return (
        select(func.min(own.happened_on))
        .where(own.application == authorisations.c.application, own.step == step.value)
        .scalar_subquery()
    )


def _passed(way: Direction, which: Any) -> ColumnElement[Any]:  # noqa: ANN401  (min or max)
    return (
        select(which(crossings.c.device_time))
        .join(credentials, credentials.c.number == crossings.c.number)
        .where(
            credentials.c.authorisation == authorisations.c.id,
            crossings.c.direction == way.value,
        )
        .scalar_subquery()
    )


def _right(row: Row[Any]) -> WorkingRight:
    def known(which: str) -> dict[Direction, datetime]:
        found = {way: row._mapping[f"{which}_{way.value}"] for way in Direction}
        return {way: at for way, at in found.items() if at is not None}

    return WorkingRight(
        row.id,
        ApplicationId(row.application),
        PersonId(row.worker),
        row.programme,
        row.valid_from,
        row.valid_until,
        row.employer,
        Passages(known("first"), known("last")),
        [Moment(one) for one in row.asked or ()],
        row.noted,
    )
