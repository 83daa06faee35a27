"""Crew lists as a page shows many: each with its work in the same statement, nobody counted."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select, true

from app.storage.agency_sets import list_asking
from app.storage.applications import LISTED, applications
from app.storage.applications import list_reached as list_reached_cases
from app.storage.crews import crew_members, crews, read_crew
from app.storage.database import Session
from app.storage.searched import EVERY, Search, mentions, says
from app.storage.vacancies import employers, vacancies
from permits.crews import Crew
from permits.people import PersonId
from permits.reach import Reach, Whose

SHOWN = 200
FEW = 5_000
"""Of so many the quickest is to gather them all."""
COMMON = frozenset({Whose.SUBMITTED, Whose.ASKED})
"""Reaches in which nearly every list of a programme has somebody."""


@dataclass(frozen=True)
class ListedCrew:
    """A list with the title of its work, and who hires: "" where nobody does yet."""

    crew: Crew
    title: str
    employer_name: str


def list_registered_by(session: Session, person: PersonId, limit: int = SHOWN) -> list[ListedCrew]:
    """Lists that somebody registered, the newest first."""
    return _read(session, crews.c.registered_by == person, limit)


def list_of_employer(session: Session, employer: UUID, limit: int = SHOWN) -> list[ListedCrew]:
    """Lists for an employer's vacancies, whoever registered them, the newest first."""
    return _read(session, vacancies.c.employer == employer, limit)


def list_reached(
    session: Session, reach: Reach, limit: int = SHOWN, *, search: Search = EVERY
) -> list[ListedCrew]:
    """Lists of which at least one application is within reach, the newest first.

    What is searched is the work, its employer, or one of those applications.
    """
    if not search.text:
        return _read(session, _has_one(session, reach), limit)
    of_work = says(search.text, vacancies.c.title, employers.c.name) & _has_one(session, reach)
    return _read(session, _has_found(session, reach, search) | of_work, limit)


def _has_one(session: Session, reach: Reach) -> ColumnElement[bool]:
    """Whether one of its applications is within reach."""
    one = select(crew_members.c.crew).where(_reached(reach))
    if reach.whose in COMMON:
        return _is_any(one) & _can_be_asked(session, reach)
    return crews.c.id.in_(one)


def _has_found(session: Session, reach: Reach, search: Search) -> ColumnElement[bool]:
    """Whether one of its applications within reach is what is searched: gathered where few are."""
    there = applications.c.id == crew_members.c.application
    people = select(crew_members.c.crew).join(applications, there).where(_reached(reach))
    if _are_few(session, search):
        return crews.c.id.in_(people.where(mentions(applications.c, search)))
    return _is_any(people.where(mentions(applications.c, replace(search, common=True))))


def _are_few(session: Session, search: Search) -> bool:
    found = select(applications.c.id).where(LISTED, mentions(applications.c, search))
    counted = select(func.count()).select_from(found.limit(FEW + 1).subquery())
    return session.execute(counted).scalar_one() <= FEW


def _reached(reach: Reach) -> ColumnElement[bool]:
    return crew_members.c.application.in_(list_reached_cases(reach))


def _is_any(people: Select[Any]) -> ColumnElement[bool]:
    """Whether a list has any of these: the first of its people tells, where as a join all would
    be looked at."""
    of_list = people.where(crew_members.c.crew == crews.c.id)
    return of_list.limit(1).scalar_subquery().is_not(None)


def _can_be_asked(session: Session, reach: Reach) -> ColumnElement[bool]:
    """Whether its programme ever asked the agency: of others no application is looked at, but for
    those that were opened to the person. The programmes are told as values, which the database
    looks at before it looks for anybody."""
    if reach.agency is None:
        return true()
    asked = crews.c.programme.in_(list_asking(session, reach.agency))
    if not reach.opened:
        return asked
    opened = select(crew_members.c.crew).where(crew_members.c.application.in_(reach.opened))
    return or_(asked, crews.c.id.in_(opened))


def _read(session: Session, which: ColumnElement[bool], limit: int) -> list[ListedCrew]:
    newest = (crews.c.registered_at.desc(), crews.c.id)
    rows = session.execute(_lists().where(which).order_by(*newest).limit(limit))
    return [ListedCrew(read_crew(row), row.title, row.employer_name or "") for row in rows]


def _lists() -> Select[Any]:
    return (
        select(crews, vacancies.c.title, employers.c.name.label("employer_name"))
        .join(vacancies, vacancies.c.id == crews.c.vacancy)
        .outerjoin(employers, employers.c.id == vacancies.c.employer)
    )
