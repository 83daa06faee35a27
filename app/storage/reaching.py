"""How far a person reaches, as one condition that every query over files is composed with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    FromClause,
    Text,
    and_,
    bindparam,
    column,
    false,
    or_,
    select,
    table,
    true,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.types import TypeEngine

from permits.reach import DECIDED, Reach, Whose

# By name only: the room of vacancies asks the room of applications, which asks here.
_SETS = table("set_agencies", column("agency_set"), column("agency"))
_VACANCIES = table("vacancies", column("id"), column("employer"), column("department"))


_Value = Callable[[str], Any]
"""What a field of a reach says: its value, or a parameter that stands for it."""
_TYPES: Mapping[str, TypeEngine[Any]] = {
    "person": PG_UUID(),
    "department": Text(),
    "employer": PG_UUID(),
    "country": Text(),
    "agency": Text(),
    "opened": PG_UUID(),
}


@dataclass(frozen=True)
class Shape:
    """A reach without its values, to make a statement by that serves everybody of its kind.

    Each execution tells the values (`told_by`).
    """

    whose: Whose
    opens: bool


def shape_of(reach: Reach) -> Shape:
    """The shape of a reach."""
    return Shape(reach.whose, opens=bool(reach.opened))


def told_by(reach: Reach) -> dict[str, Any]:
    """The values of a reach, as parameters of a statement that was made by its shape."""
    told = {f"reach_{name}": getattr(reach, name) for name in _TYPES}
    return told | {"reach_opened": list(reach.opened)}


def within(reach: Reach | Shape, files: FromClause) -> ColumnElement[bool]:
    """Whether a row of `files` (the applications) lies within; `permits.reach.covers` in SQL."""
    if isinstance(reach, Shape):
        return _within(reach, files, _told_later)
    return _within(shape_of(reach), files, partial(getattr, reach))


def _told_later(name: str) -> BindParameter[Any]:
    return bindparam(f"reach_{name}", type_=_TYPES[name], expanding=name == "opened")


def _within(shape: Shape, files: FromClause, value: _Value) -> ColumnElement[bool]:
    if shape.whose is Whose.EVERYTHING:
        return true()
    stands = files.c.erased_at.is_(None)
    if shape.whose is Whose.OWN:
        return and_(stands, files.c.worker == value("person"))
    if shape.whose is Whose.ASSISTED:
        return and_(stands, files.c.assisted_by == value("person"), files.c.status == "draft")
    bounds = _bounds(shape.whose, files, value)
    if shape.opens:
        bounds = or_(bounds, files.c.id.in_(value("opened")))
    return and_(stands, files.c.round > 0, bounds)


def _bounds(whose: Whose, files: FromClause, value: _Value) -> ColumnElement[bool]:
    match whose:
        case Whose.SUBMITTED:
            return true()
        case Whose.DEPARTMENT:
            return _vacancy_of(files, _VACANCIES.c.department, value("department"))
        case Whose.EMPLOYER:
            return _vacancy_of(files, _VACANCIES.c.employer, value("employer"))
        case Whose.COUNTRY:
            decided = files.c.status.in_([status.value for status in sorted(DECIDED)])
            return and_(files.c.answers["nationality"].astext == value("country"), decided)
        case Whose.ASKED:
            asked = select(_SETS.c.agency_set).where(_SETS.c.agency == value("agency"))
            national = files.c.answers["nationality"].astext == value("country")
            return and_(files.c.agency_set.in_(asked), national)
        case _:
            return false()


def _vacancy_of(files: FromClause, named: ColumnElement[Any], value: object) -> ColumnElement[bool]:
    return files.c.vacancy.in_(select(_VACANCIES.c.id).where(named == value))
