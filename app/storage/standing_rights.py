"""Rights that one person holds under other cases, beside the row that a statement is at."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    ScalarSelect,
    Select,
    and_,
    any_,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.storage.applications import applications
from app.storage.authorisations import authorisations
from app.storage.statements import constant
from app.storage.worker_numbers import number_joins
from permits.authorisations import STANDING
from permits.standing_rights import StandingRight


def get_standing() -> ScalarSelect[Any]:
    """The rights of the same programme that stand, of the person of the row of `applications`.

    By the number for life and those that are joined with it; by the document alone where it says
    so (`certain` is false), but for whom officials parted. `read_standing` reads them.
    """
    other = applications.alias("other")
    by_number = other.c.worker_number == any_(_numbers())
    same_document = other.c.document_index == applications.c.document_index
    by_document = and_(same_document, ~_are_parted(other))
    found = union_all(
        _held(other, by_number, certain=True), _held(other, by_document, certain=False)
    ).subquery("found")
    told = func.jsonb_build_array(found.c.valid_from, found.c.valid_until, found.c.certain)
    return select(
        func.jsonb_agg(aggregate_order_by(told, found.c.valid_from, found.c.valid_until))
    ).scalar_subquery()


def _held(other: FromClause, same: ColumnElement[bool], *, certain: bool) -> Select[Any]:
    right = authorisations.alias("held")
    return (
        select(right.c.valid_from, right.c.valid_until, constant(certain).label("certain"))
        .select_from(other.join(right, right.c.application == other.c.id))
        .where(
            same,
            other.c.id != applications.c.id,
            other.c.round > constant(0),
            right.c.programme == applications.c.programme,
            right.c.status.in_([one.value for one in STANDING]),
        )
        .correlate(applications)
    )


def read_standing(rows: Sequence[Sequence[Any]] | None) -> tuple[StandingRight, ...]:
    """What `get_standing` found, the earliest first."""
    return tuple(
        StandingRight(date.fromisoformat(first), date.fromisoformat(last), certain=bool(certain))
        for first, last, certain in rows or ()
    )


def _numbers() -> ColumnElement[Any]:
    """The number of the row, with those that it leads to, that lead to it, or lead there too."""
    mine = applications.c.worker_number
    up, down, beside, there = (
        number_joins.alias(name) for name in ("up", "down", "beside", "there")
    )
    joined = union_all(
        select(up.c.leads_to).where(_stands(up), up.c.number == mine).correlate(applications),
        select(down.c.number).where(_stands(down), down.c.leads_to == mine).correlate(applications),
        select(beside.c.number)
        .join(there, there.c.leads_to == beside.c.leads_to)
        .where(_stands(beside), _stands(there), there.c.number == mine)
        .correlate(applications),
    )
    return func.array_append(func.array(joined.scalar_subquery()), mine)


def _are_parted(other: FromClause) -> ColumnElement[bool]:
    mine, number, parted = (
        applications.c.worker_number,
        other.c.worker_number,
        number_joins.alias("parted"),
    )
    between = or_(
        and_(parted.c.number == mine, parted.c.leads_to == number),
        and_(parted.c.number == number, parted.c.leads_to == mine),
    )
    found = select(parted.c.id).where(parted.c.undone_at.is_not(None), between)
    return found.correlate(applications, other).exists()


def _stands(join: FromClause) -> ColumnElement[bool]:
    return join.c.undone_at.is_(None)
