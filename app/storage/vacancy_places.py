"""How many people a vacancy has work for, and who holds one of its places."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, distinct, func, or_, select, union

from app.storage.agency_sets import agency_sets
from app.storage.applications import applications
from app.storage.approvals import decisions
from app.storage.authorisations import authorisations
from app.storage.barred_cases import STORED
from app.storage.database import Session
from app.storage.employer_changes import employer_changes
from app.storage.vacancies import vacancies
from permits.applications import Status
from permits.approvals import Opinion

RESERVING = (Status.UNDER_REVIEW.value, Status.ASKED.value)


def lock_places(session: Session, vacancy: UUID) -> int:
    """The number of its places; nobody else takes one until the transaction ends.

    Workers who name it meanwhile do not wait: their rows only ask that it stays.
    """
    query = select(vacancies.c.places).where(vacancies.c.id == vacancy)
    return int(session.execute(query.with_for_update(key_share=True)).scalar_one())


def count_others(session: Session, vacancy: UUID, worker: UUID) -> int:
    """How many people beside this worker hold a place, each once whatever they renewed.

    By an approval of the round that takes places, or by a right that is for this work now and was
    neither taken back nor ended.
    """
    holders = union(_reserved(vacancy), _working(vacancy)).subquery()
    query = select(func.count(distinct(holders.c.worker))).where(holders.c.worker != worker)
    return session.execute(query).scalar_one()


def _reserved(vacancy: UUID) -> Select[Any]:
    """The workers of cases under way that are approved by whoever takes places."""
    return (
        select(applications.c.worker)
        .join(agency_sets, agency_sets.c.id == applications.c.agency_set)
        .join(
            decisions,
            and_(
                decisions.c.application == applications.c.id,
                decisions.c.round == applications.c.round,
                decisions.c.agency == agency_sets.c.places_by,
            ),
        )
        .where(
            applications.c.vacancy == vacancy,
            applications.c.status.in_(RESERVING),
            decisions.c.opinion == Opinion.APPROVE.value,
        )
    )


def _working(vacancy: UUID) -> Select[Any]:
    """The workers whose right is for this work, as it was last changed."""
    granted = employer_changes.c.outcome == "granted"
    moved = select(employer_changes.c.authorisation).where(
        granted, employer_changes.c.vacancy == vacancy
    )
    newest = (
        select(employer_changes.c.vacancy)
        .where(granted, employer_changes.c.authorisation == authorisations.c.id)
        .order_by(employer_changes.c.decided_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(applications.c.worker)
        .join(authorisations, authorisations.c.application == applications.c.id)
        .where(
            or_(applications.c.vacancy == vacancy, authorisations.c.id.in_(moved)),
            authorisations.c.status.in_(STORED),
            func.coalesce(newest, applications.c.vacancy) == vacancy,
        )
    )
