"""Why nobody is approved for a work today, as one value beside a case."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, case, literal, select, update

from app.storage.database import Session
from app.storage.employer_bars import is_barred
from app.storage.employer_standings import is_stopped
from app.storage.vacancies import vacancies
from permits.employer_bars import Hindrance


def get_hindrance(
    vacancy: ColumnElement[UUID], day: ColumnElement[date]
) -> ScalarSelect[str | None]:
    """The gravest `Hindrance` of the vacancy in this column; NULL where there is none."""
    why = case(
        (is_barred(vacancies.c.employer), Hindrance.BARRED.value),
        (is_stopped(day), Hindrance.STOPPED.value),
        (vacancies.c.blocked_since.is_not(None), Hindrance.BLOCKED.value),
    )
    return select(why).where(vacancies.c.id == vacancy).scalar_subquery()


def find_hindrance(session: Session, vacancy: UUID, day: date) -> Hindrance | None:
    """The same of one vacancy."""
    found = session.scalar(select(get_hindrance(literal(vacancy), literal(day))))
    return Hindrance(found) if found else None


def block_vacancies(
    session: Session, blocked: Collection[UUID], free: Collection[UUID], now: datetime
) -> None:
    """Since when a rule stands against each of the first; against the others none does."""
    fresh = vacancies.c.blocked_since.is_(None)
    if blocked:
        these = update(vacancies).where(vacancies.c.id.in_(blocked), fresh)
        session.execute(these.values(blocked_since=now))
    if free:
        these = update(vacancies).where(vacancies.c.id.in_(free), ~fresh)
        session.execute(these.values(blocked_since=None))
