"""How far a person reaches, as one condition that every query over files is composed with."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, column, false, or_, select, table, true

from permits.reach import DECIDED, Reach, Whose

# By name only: the room of vacancies asks the room of applications, which asks here.
_SETS = table("set_agencies", column("agency_set"), column("agency"))
_VACANCIES = table("vacancies", column("id"), column("employer"), column("department"))


def within(reach: Reach, files: FromClause) -> ColumnElement[bool]:
    """Whether a row of `files` (the applications) lies within; `permits.reach.covers` in SQL."""
    if reach.whose is Whose.EVERYTHING:
        return true()
    stands = files.c.erased_at.is_(None)
    if reach.whose is Whose.OWN:
        return and_(stands, files.c.worker == reach.person)
    if reach.whose is Whose.ASSISTED:
        return and_(stands, files.c.assisted_by == reach.person, files.c.status == "draft")
    bounds = _bounds(reach, files)
    if reach.opened:
        bounds = or_(bounds, files.c.id.in_(reach.opened))
    return and_(stands, files.c.round > 0, bounds)


def _bounds(reach: Reach, files: FromClause) -> ColumnElement[bool]:
    match reach.whose:
        case Whose.SUBMITTED:
            return true()
        case Whose.DEPARTMENT:
            return _vacancy_of(files, _VACANCIES.c.department, reach.department)
        case Whose.EMPLOYER:
            return _vacancy_of(files, _VACANCIES.c.employer, reach.employer)
        case Whose.COUNTRY:
            decided = files.c.status.in_([status.value for status in sorted(DECIDED)])
            return and_(files.c.answers["nationality"].astext == reach.country, decided)
        case Whose.ASKED:
            asked = select(_SETS.c.agency_set).where(_SETS.c.agency == reach.agency)
            national = files.c.answers["nationality"].astext == reach.country
            return and_(files.c.agency_set.in_(asked), national)
        case _:
            return false()


def _vacancy_of(files: FromClause, named: ColumnElement[Any], value: object) -> ColumnElement[bool]:
    return files.c.vacancy.in_(select(_VACANCIES.c.id).where(named == value))
