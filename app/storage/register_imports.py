"""Older registers that were taken in, by whom and when, and whether they were taken out again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    Integer,
    Row,
    Table,
    Text,
    delete,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.storage import audit
from app.storage.columns import INSTANT, OPERATIONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from app.storage.past_permits import KeptPermit, get_columns, past_permits
from app.storage.sealed import Vault
from permits.audit import AuditEvent
from permits.errors import NotFound
from permits.past_permits import Import
from permits.people import PersonId

register_imports = Table(
    "register_imports",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=OPERATIONAL),
    Column("programme", Text, nullable=False, info=OPERATIONAL),
    Column("source", Text, nullable=False, info=OPERATIONAL),
    Column("rows", Integer, nullable=False, info=OPERATIONAL),
    Column("imported_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("imported_at", INSTANT, nullable=False, info=OPERATIONAL),
    Column("undone_by", PG_UUID, info=PSEUDONYMOUS),
    Column("undone_at", INSTANT, info=OPERATIONAL),
    CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name="undone_together"),
    Index("ix_register_imports_imported_at", "imported_at"),
)


def add_import(
    session: Session,
    vault: Vault,
    found: Import,
    permits: Mapping[str, KeptPermit],
    *,
    event: AuditEvent,
) -> bool:
    """Keep a register with its permits, each by what makes it this one (`past_rows.name_of`).

    False, and nothing is kept, where this very import was before.
    """
    if not audit.add_once(
        session,
        register_imports,
        {
            "id": found.id,
            "programme": found.programme,
            "source": found.source,
            "rows": found.rows,
            "imported_by": found.imported_by,
            "imported_at": found.imported_at,
        },
        event=event,
    ):
        return False
    rows = [get_columns(vault, kept, name) for name, kept in permits.items()]
    if rows:
        # Who takes in the same permit at this moment is as good: it is in once.
        session.execute(pg_insert(past_permits).on_conflict_do_nothing(), rows)
    return True


def get_import(session: Session, import_: UUID, *, hold: bool = False) -> Import:
    """One of them; with `hold` its row until the end. NotFound."""
    query = select(register_imports).where(register_imports.c.id == import_)
    row = session.execute(query.with_for_update() if hold else query).one_or_none()
    if row is None:
        raise NotFound("no-such-import")
    return _import(row)


def list_imports(session: Session, limit: int) -> list[Import]:
    """The newest first."""
    query = select(register_imports).order_by(
        register_imports.c.imported_at.desc(), register_imports.c.id
    )
    return [_import(row) for row in session.execute(query.limit(limit))]


def undo_import(
    session: Session, import_: UUID, official: PersonId, now: datetime, *, event: AuditEvent
) -> None:
    """Take all of it out again; that it was here stands."""
    session.execute(delete(past_permits).where(past_permits.c["import"] == import_))
    session.execute(
        update(register_imports)
        .where(register_imports.c.id == import_, register_imports.c.undone_at.is_(None))
        .values(undone_at=now, undone_by=official)
    )
    audit.append(session, event)


def _import(row: Row[Any]) -> Import:
    return Import(
        row.id,
        row.programme,
        row.source,
        row.rows,
        PersonId(row.imported_by),
        row.imported_at,
        row.undone_at,
    )
