"""Crew lists as a page shows many: each with its work in the same statement, nobody counted."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from app.storage.applications import applications
from app.storage.applications import list_reached as list_reached_cases
from app.storage.crews import crew_members, crews, read_crew
from app.storage.database import Session
from app.storage.searched import EVERY, Search, mentions, says
from app.storage.vacancies import employers, vacancies
from permits.crews import Crew
from permits.people import PersonId
from permits.reach import Reach, Whose

LISTED = 200


@dataclass(frozen=True)
class ListedCrew:
    """A list with the title of its work, and who hires: "" where nobody does yet."""

    crew: Crew
    title: str
    employer_name: str


def list_registered_by(session: Session, person: PersonId, limit: int = LISTED) -> list[ListedCrew]:
    """Lists that somebody registered, the newest first."""
    return _read(session, crews.c.registered_by == person, limit)


def list_of_employer(session: Session, employer: UUID, limit: int = LISTED) -> list[ListedCrew]:
    """Lists for an employer's vacancies, whoever registered them, the newest first."""
    return _read(session, vacancies.c.employer == employer, limit)


def list_reached(
    session: Session, reach: Reach, limit: int = LISTED, *, search: Search = EVERY
) -> list[ListedCrew]:
    """Lists of which at least one application is within reach, the newest first.

    What is searched is the work, its employer, or one of those applications.
    """
    mine = crew_members.c.crew == crews.c.id
    reached = crew_members.c.application.in_(list_reached_cases(reach))
    one = select(crew_members.c.crew).where(reached)
    if reach.whose is Whose.SUBMITTED:
        # Of nearly every list, so the first of its people tells: as a join all would be looked at.
        has_one = one.where(mine).limit(1).scalar_subquery().is_not(None)
    else:
        has_one = crews.c.id.in_(one)
    if not search.text:
        return _read(session, has_one, limit)
    there = applications.c.id == crew_members.c.application
    people = select(crew_members.c.crew).join(applications, there)
    of_people = crews.c.id.in_(people.where(reached, mentions(applications.c, search)))
    of_work = says(search.text, vacancies.c.title, employers.c.name) & has_one
    return _read(session, of_people | of_work, limit)


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
