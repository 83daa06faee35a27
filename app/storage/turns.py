"""Whose turn it is, told from the rows of the present round; nothing of it is stored."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Exists,
    Table,
    and_,
    exists,
    false,
    func,
    not_,
    or_,
    select,
    true,
)

from app.storage.answer_terms import ASKED_AT, is_with_worker
from app.storage.applications import applications
from app.storage.approvals import decisions
from app.storage.recommendations import recommendations
from permits.applications import Status
from permits.people import Agency
from permits.recommendations import Step


@dataclass(frozen=True)
class Order:
    """The agencies of one set, in their order, and those that want a recommendation first.

    `agency_set` is its number, by which a round names it. `hidden` are those whose word in an open
    round is sealed from who asks.
    """

    agency_set: int
    agencies: tuple[Agency, ...]
    sequential: bool
    recommended: tuple[Agency, ...] = ()
    hidden: frozenset[Agency] = frozenset()


def is_advised(orders: Sequence[Order]) -> Exists:
    """Whether an agency was recommended what to decide in the present round, as far as is told."""
    sealed = [
        and_(
            applications.c.agency_set == order.agency_set,
            recommendations.c.agency.in_([agency.value for agency in sorted(order.hidden)]),
        )
        for order in orders
        if order.hidden & frozenset(order.recommended)
    ]
    return exists().where(
        recommendations.c.application == applications.c.id,
        recommendations.c.round == applications.c.round,
        *(not_(one) for one in sealed),
    )


def is_running(with_worker: ColumnElement[bool] | None) -> ColumnElement[bool]:
    """Whether the statutory clock runs: under review, and of these with their worker too.

    What was asked or returned after the end undoes nothing: the term of such a case is over.
    """
    under_review = applications.c.status == Status.UNDER_REVIEW.value
    over = applications.c.due_at <= ASKED_AT
    theirs = over if with_worker is None else or_(with_worker, over)
    return or_(under_review, and_(is_with_worker(), theirs))


def is_turn_of(
    agency: Agency, orders: Sequence[Order], with_worker: ColumnElement[bool] | None = None
) -> ColumnElement[bool]:
    """Whose turn it is, from the decisions of the present round; nothing is stored.

    Of an agency whose word is sealed nobody is told that it gave it: it is waited for as long as
    the case is under review. `with_worker`: of these, what the worker is asked hangs on the same
    agency, and what came back on whoever decides first in the next round.
    """
    sets: dict[tuple[Agency, ...], list[int]] = {}
    hidden = [order.agency_set for order in orders if agency in order.hidden]
    for order in orders:
        if agency in order.agencies and agency not in order.hidden:
            before = order.agencies[: order.agencies.index(agency)] if order.sequential else ()
            sets.setdefault(before, []).append(order.agency_set)
    alone = len(sets) == 1 and not hidden and with_worker is None
    turns = [
        and_(applications.c.agency_set.in_(numbers), _all_decided(before, alone=alone))
        for before, numbers in sets.items()
    ]
    at_desk = applications.c.status == Status.UNDER_REVIEW.value
    turn = and_(not_(exists().where(_of_round(agency))), or_(false(), *turns))
    if hidden:
        turn = or_(turn, applications.c.agency_set.in_(hidden))
    if with_worker is None:
        return and_(at_desk, turn)
    asked = and_(applications.c.status == Status.ASKED.value, with_worker)
    return or_(and_(or_(at_desk, asked), turn), and_(_begins_with(agency, orders), with_worker))


def _begins_with(agency: Agency, orders: Sequence[Order]) -> ColumnElement[bool]:
    """Whether a case that came back goes to this agency when it is handed in again."""
    first = [
        order.agency_set
        for order in orders
        if agency in (order.agencies[:1] if order.sequential else order.agencies)
    ]
    back = applications.c.status == Status.RETURNED.value
    return and_(back, applications.c.agency_set.in_(first))


def has_next(step: Step, agency: Agency, orders: Sequence[Order]) -> ColumnElement[bool]:
    """Whether the agency recommends next, or decides.

    Of an agency whose word is sealed nobody is told that it was advised: it decides.
    """
    open_ = [one for one in orders if agency not in one.hidden]
    advised = [one.agency_set for one in open_ if agency in one.recommended]
    missing = and_(
        applications.c.agency_set.in_(advised),
        not_(exists().where(_of_round(agency, table=recommendations))),
    )
    return missing if step is Step.RECOMMEND else not_(missing)


def _all_decided(agencies: tuple[Agency, ...], *, alone: bool) -> ColumnElement[bool]:
    """Whether each of them decided; where it stands not `alone` it is counted, for an EXISTS below
    an OR would be looked up in a copy of the whole table, and a count is guessed to find nobody."""
    if alone:
        return and_(true(), *(exists().where(_of_round(agency)) for agency in agencies))
    if not agencies:
        return true()
    decided = select(func.count()).select_from(decisions).where(_of_round(*agencies))
    return decided.scalar_subquery() == len(agencies)


def _of_round(*agencies: Agency, table: Table = decisions) -> ColumnElement[bool]:
    return and_(
        table.c.application == applications.c.id,
        table.c.round == applications.c.round,
        table.c.agency.in_([agency.value for agency in agencies]),
    )
