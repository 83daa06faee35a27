"""Statements that are made once: what they write is named now and given at each execution.

To make a statement costs more than to run one that is kept, and the cache of SQLAlchemy saves the
compiling alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Integer, Table, bindparam, literal_column
from sqlalchemy.dialects.postgresql import Insert, insert

from app.storage.database import Session

Row = Mapping[str, Any]
"""Values by the names of their columns."""


def later(table: Table, names: Iterable[str]) -> dict[str, BindParameter[Any]]:
    """Columns of a table as the values of a statement; `given` says what they are."""
    return {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in names}


def given(row: Row) -> dict[str, Any]:
    """The values of columns that a statement named `later`, as its parameters."""
    return {f"new_{name}": value for name, value in row.items()}


def constant(number: int) -> ColumnElement[int]:
    """A number that stands in the statement itself and is no value given to it.

    The server keeps the plan of a prepared statement only where it needs no value to see that a
    partial index serves; else it plans anew each time, which costs more than a large join.
    """
    return literal_column(str(int(number)), type_=Integer())


def put(session: Session, table: Table, key: Row, values: Row, first: Row | None = None) -> None:
    """Write a row by its key: a new one, or these values over those that stand.

    What is named `first` is written with a new row alone.
    """
    row = {**key, **values, **(first or {})}
    session.execute(_putting(table, tuple(row), tuple(key), tuple(values)), given(row))


@cache
def _putting(
    table: Table, names: Sequence[str], key: Sequence[str], again: Sequence[str]
) -> Insert:
    adding = insert(table).values(later(table, names))
    over = {name: adding.excluded[name] for name in again}
    return adding.on_conflict_do_update(index_elements=key, set_=over)
