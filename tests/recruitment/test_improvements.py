"""A point of a plan: its months, its moves, and words that may tell who spoke."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from uuid import UUID

import pytest

from permits.errors import Conflict, Invalid, Stale
from recruitment.complaints.words import Category
from recruitment.ethics.words import HousingItem
from recruitment.housing import HousingInspection, Shortcoming
from recruitment.improvements import (
    MOVES,
    CheckedBy,
    Point,
    PointAction,
    PointStatus,
    due_days,
    explains,
    find_faults,
    first_of_next,
    may_tell_who,
    move_point,
)

pytestmark = pytest.mark.feature("N4")

TOLD = date(2026, 12, 1)
POINT = Point(
    UUID(int=1),
    UUID(int=2),
    None,
    Category.HOURS,
    "respetar la jornada",
    CheckedBy.VISIT,
    TOLD,
    date(2026, 12, 31),
)


def test_a_point_is_told_and_due_by_whole_months() -> None:
    assert first_of_next(date(2026, 12, 31)) == date(2027, 1, 1)
    assert first_of_next(date(2026, 12, 1)) == date(2027, 1, 1)
    assert due_days(TOLD)[:3] == (date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28))
    late = replace(POINT, due_by=date(2026, 12, 30), topic=Category.VIOLENCE, change=" ")
    faults = {(one.field, one.code) for one in find_faults(late, sure=True)}
    assert faults == {
        ("due_by", "not-an-option"),
        ("topic", "not-an-option"),
        ("change", "missing"),
    }


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Pagar completo cada sábado, con comprobante. Dar copia a cada persona.", False),
        ("Seguir la ley de SETRASS en 2026", False),
        ("devolver el pasaporte a María", True),
        ("Juan Pérez no paga", True),
        ("Llamar al 9988-7766", True),
        ("por la queja que hubo", True),
        ("Según la Denuncia recibida", True),
    ],
)
def test_words_that_may_tell_who_spoke_are_warned_of(words: str, told: bool) -> None:
    assert may_tell_who(words) is told
    faults = find_faults(replace(POINT, change=words), sure=False)
    assert [one.code for one in faults] == (["may-tell-who"] if told else [])
    assert find_faults(replace(POINT, change=words), sure=True) == []


@pytest.mark.parametrize(("status", "action"), list(product(PointStatus, PointAction)))
def test_every_move(status: PointStatus, action: PointAction) -> None:
    before = replace(POINT, status=status, step=3)
    after = MOVES.get((status, action))
    if after is None:
        with pytest.raises(Conflict, match="point-closed"):
            move_point(before, action, "ya está", 3)
        return
    assert move_point(before, action, "ya está", 3).status is after
    with pytest.raises(Stale):
        move_point(before, action, "ya está", 2)
    if action in (PointAction.SAY, PointAction.REOPEN):
        with pytest.raises(Invalid):
            move_point(before, action, " ", 3)


def test_a_visit_explains_a_point_while_it_is_recent_and_found_something() -> None:
    seen = HousingInspection(UUID(int=1), UUID(int=2), TOLD, 20, 2, 2)
    found = replace(seen, shortcomings=(Shortcoming(HousingItem.COOKING),))
    assert [explains(one, TOLD) for one in (None, seen, found)] == [False, False, True]
    assert not explains(found, TOLD + timedelta(days=91))
