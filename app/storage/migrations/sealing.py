"""What the steps share that seal fields or open them: the vault, and writing in batches."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import context, op
from sqlalchemy.dialects.postgresql import ARRAY, BYTEA
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage.sealed import Vault

BATCH = 500


def vault_of_the_walk() -> Vault:
    """The vault that the walk was given; RuntimeError where it was given none."""
    vault: Vault | None = context.config.attributes.get("vault")
    if vault is None:
        raise RuntimeError("this step seals fields: it needs the keys (vereda db migrate)")
    return vault


def rows_of(query: str, key: str) -> Iterator[sa.Row[Any]]:
    """Every row of a query, some at a time, ordered by a key that does not change."""
    bind = op.get_bind()
    found = bind.execute(sa.text(f"{query} ORDER BY {key}")).all()
    yield from found


def fill(
    table: str, columns: Sequence[str], query: str, make: Callable[[Any], tuple[bytes | None, ...]]
) -> None:
    """Write columns of bytes that are made from each row of a query, in batches by id."""
    bind, last = op.get_bind(), UUID(int=0)
    names = [f"c{place}" for place in range(len(columns))]
    changes = ", ".join(f"{c} = v.{n}" for c, n in zip(columns, names, strict=True))
    update = sa.text(
        f"UPDATE {table} SET {changes}"  # noqa: S608  (names of our own)
        f" FROM unnest(:ids, {', '.join(f':{n}' for n in names)}) AS v(id, {', '.join(names)})"
        f" WHERE {table}.id = v.id"
    ).bindparams(
        sa.bindparam("ids", type_=ARRAY(PG_UUID)),
        *(sa.bindparam(n, type_=ARRAY(BYTEA)) for n in names),
    )
    while rows := bind.execute(
        sa.text(f"{query} AND id > :last ORDER BY id LIMIT {BATCH}"), {"last": last}
    ).all():
        made = [make(row) for row in rows]
        values = {name: [one[place] for one in made] for place, name in enumerate(names)}
        bind.execute(update, {"ids": [row.id for row in rows], **values})
        last = rows[-1].id


def check(table: str, name: str, text: str) -> None:
    """Add a CHECK under the name that the tables give it."""
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, text)
