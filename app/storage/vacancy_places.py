"""How many people a vacancy has work for, and who holds one of its places."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ScalarSelect,
    Select,
    and_,
    bindparam,
    distinct,
    func,
    literal,
    or_,
    select,
    true,
    union,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage.agency_sets import agency_sets
from app.storage.applications import applications
from app.storage.approvals import decisions
from app.storage.authorisations import authorisations
from app.storage.barred_cases import STORED
from app.storage.database import Session
from app.storage.employer_changes import employer_changes
from app.storage.quotas import Found, find_places_free, get_heap_lock, get_values
from app.storage.vacancies import vacancies
from permits.applications import Status
from permits.approvals import Opinion
from permits.quotas import Count

RESERVING = (Status.UNDER_REVIEW.value, Status.ASKED.value)
VACANCY = bindparam("of_vacancy", type_=PG_UUID())


@dataclass(frozen=True)
class Room:
    """A free place of each count, and how many others hold a place of the vacancy."""

    found: list[Found]
    others: int


def lock_places(session: Session, programme: str, vacancy: UUID) -> int:
    """The number of a vacancy's places; nobody else takes one, nor one of the programme's quotas,
    until the transaction ends.

    Workers who name it meanwhile do not wait: their rows only ask that it stays.
    """
    row = session.execute(_locking(), {"of_programme": programme, "of_vacancy": vacancy}).one()
    return int(row.places)


@cache
def _locking() -> Select[Any]:
    held = select(vacancies.c.places, get_heap_lock()).where(vacancies.c.id == VACANCY)
    return held.with_for_update(key_share=True)


def find_room(session: Session, counts: Sequence[Count], vacancy: UUID, worker: UUID) -> Room:
    """What is free for this worker in the quotas and the vacancy, to whoever holds both locks.

    The others are counted each once whatever they renewed: by an approval of the round that takes
    places, or by a right that is for this work now and was neither taken back nor ended.
    """
    asked = get_values(counts) | {"of_vacancy": vacancy, "but_worker": worker}
    rows = session.execute(_finding_room(), asked).all()
    free = {row.position: row.free for row in rows}
    found = [Found(count, free[position]) for position, count in enumerate(counts)]
    return Room(found, rows[0].others)


@cache
def _finding_room() -> Select[Any]:
    """One row at least, for the others, where no quota is asked for."""
    free = find_places_free().subquery("free")
    one = select(literal(1).label("one")).subquery("one")
    return select(free.c.position, free.c.free, _others().label("others")).select_from(
        one.outerjoin(free, true())
    )


def _others() -> ScalarSelect[int]:
    holders = union(_reserved(), _working()).subquery()
    worker = bindparam("but_worker", type_=PG_UUID())
    query = select(func.count(distinct(holders.c.worker))).where(holders.c.worker != worker)
    return query.scalar_subquery()


def _reserved() -> Select[Any]:
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
            applications.c.vacancy == VACANCY,
            applications.c.status.in_(RESERVING),
            decisions.c.opinion == Opinion.APPROVE.value,
        )
    )


def _working() -> Select[Any]:
    """The workers whose right is for this work, as it was last changed."""
    granted = employer_changes.c.outcome == "granted"
    moved = select(employer_changes.c.authorisation).where(
        granted, employer_changes.c.vacancy == VACANCY
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
            or_(applications.c.vacancy == VACANCY, authorisations.c.id.in_(moved)),
            authorisations.c.status.in_(STORED),
            func.coalesce(newest, applications.c.vacancy) == VACANCY,
        )
    )
