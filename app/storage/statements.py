"""Statements that are made once: what they write is named now and given at each execution.

To make a statement costs more than to run one that is kept, and the cache of SQLAlchemy saves the
compiling alone.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import BindParameter, Table, bindparam

__all__ = ["given", "later"]


def later(table: Table, names: Iterable[str]) -> dict[str, BindParameter[Any]]:
    """Columns of a table as the values of a statement; `given` says what they are."""
    return {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in names}


def given(row: Mapping[str, Any]) -> dict[str, Any]:
    """The values of columns that a statement named `later`, as its parameters."""
    return {f"new_{name}": value for name, value in row.items()}
