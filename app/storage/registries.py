"""Lists of other registries as they were last brought here: one list each, the newest alone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Row,
    Table,
    Text,
    delete,
    insert,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import distinct_on

from app.storage import audit
from app.storage.columns import OPERATIONAL, PERSONAL, PSEUDONYMOUS, PUBLIC
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from recruitment.registries import Entry, EntryState, Registry, name_key

registry_imports = Table(
    "registry_imports",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=OPERATIONAL),
    Column("registry", Text, nullable=False, info=PUBLIC),
    Column("source", Text, nullable=False, info=OPERATIONAL),
    Column("as_of", Date, nullable=False, info=PUBLIC),
    Column("signer", Text, nullable=False, info=PERSONAL),
    Column("sha256", Text, nullable=False, info=PUBLIC),
    Column("rows", Integer, nullable=False, info=PUBLIC),
    Column("imported_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("imported_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
    CheckConstraint("source IN ('file', 'service')", name="source"),
    CheckConstraint("rows > 0", name="rows"),
    Index("ix_registry_imports_registry", "registry", "imported_at"),
)

registry_entries = Table(
    "registry_entries",
    Base.metadata,
    Column("registry", Text, primary_key=True, info=PUBLIC),
    Column("number", Text, primary_key=True, info=PERSONAL),
    Column("import_id", PG_UUID, ForeignKey("registry_imports.id"), nullable=False, info=PUBLIC),
    Column("name", Text, nullable=False, info=PERSONAL),
    Column("name_key", Text, nullable=False, info=PERSONAL),
    Column("state", Text, nullable=False, info=PUBLIC),
    Column("starts_on", Date, info=PUBLIC),
    Column("ends_on", Date, info=PUBLIC),
    Column("phone", Text, info=PERSONAL),
    CheckConstraint("state IN ('active', 'suspended', 'ended')", name="state"),
    Index("ix_registry_entries_phone", "phone"),
    Index("ix_registry_entries_name_key", "name_key"),
    Index("ix_registry_entries_import_id", "import_id"),
)


@dataclass(frozen=True)
class Import:
    """A list as it came: how, of which day, who signed it, its SHA-256, and who brought it."""

    id: UUID
    registry: Registry
    source: str
    as_of: date
    signer: str
    sha256: str
    rows: int
    imported_by: UUID
    imported_at: datetime


@dataclass(frozen=True)
class Listed:
    """A line together with its registry."""

    registry: Registry
    entry: Entry


def replace_entries(
    session: Session, brought: Import, entries: Sequence[Entry], *, event: AuditEvent
) -> None:
    """Put a whole list in the place of the one before; how each came stays written down."""
    session.execute(insert(registry_imports), _import_values(brought))
    gone = delete(registry_entries).where(registry_entries.c.registry == brought.registry.value)
    session.execute(gone)
    session.execute(insert(registry_entries), [_values(brought, one) for one in entries])
    audit.append(session, event)


def list_newest(session: Session) -> dict[Registry, Import]:
    """The list that stands of each registry; none where none was ever brought."""
    table = registry_imports.c
    newest = select(registry_imports).ext(distinct_on(table.registry))
    newest = newest.order_by(table.registry, table.as_of.desc(), table.imported_at.desc(), table.id)
    return {Registry(row.registry): _import(row) for row in session.execute(newest)}


def find_entry(session: Session, registry: Registry, number: str) -> Entry | None:
    """The line of a number, in the form of `normal_number`."""
    query = select(registry_entries).where(
        registry_entries.c.registry == registry.value, registry_entries.c.number == number
    )
    row = session.execute(query).one_or_none()
    return _entry(row) if row else None


def list_matching(
    session: Session,
    registries: Collection[Registry],
    *,
    phones: Collection[str] = (),
    numbers: Collection[str] = (),
    names: Collection[str] = (),
    limit: int = 50,
) -> list[Listed]:
    """Lines with one of these phones (E.164), numbers or names (`name_key`), each once."""
    table = registry_entries.c
    query = (
        select(registry_entries)
        .where(table.registry.in_([one.value for one in registries]))
        .where(or_(table.phone.in_(phones), table.number.in_(numbers), table.name_key.in_(names)))
        .order_by(table.registry, table.name, table.number)
    )
    rows = session.execute(query.limit(limit))
    return [Listed(Registry(row.registry), _entry(row)) for row in rows]


def list_named(
    session: Session, registries: Collection[Registry], words: Collection[str], limit: int
) -> list[Listed]:
    """Lines whose name has each of these words, folded, at its beginning or inside; by name."""
    table = registry_entries.c
    query = select(registry_entries).where(table.registry.in_([one.value for one in registries]))
    for word in words:
        query = query.where(table.name_key.contains(word, autoescape=True))
    query = query.order_by(table.name_key, table.registry, table.number).limit(limit)
    return [Listed(Registry(row.registry), _entry(row)) for row in session.execute(query)]


def _import_values(brought: Import) -> dict[str, Any]:
    return {
        "id": brought.id,
        "registry": brought.registry.value,
        "source": brought.source,
        "as_of": brought.as_of,
        "signer": brought.signer,
        "sha256": brought.sha256,
        "rows": brought.rows,
        "imported_by": brought.imported_by,
        "imported_at": brought.imported_at,
    }


def _values(brought: Import, entry: Entry) -> dict[str, Any]:
    return {
        "registry": brought.registry.value,
        "number": entry.number,
        "import_id": brought.id,
        "name": entry.name,
        "name_key": name_key(entry.name),
        "state": entry.state.value,
        "starts_on": entry.starts_on,
        "ends_on": entry.ends_on,
        "phone": entry.phone,
    }


def _import(row: Row[Any]) -> Import:
    return Import(
        row.id,
        Registry(row.registry),
        row.source,
        row.as_of,
        row.signer,
        row.sha256,
        row.rows,
        row.imported_by,
        row.imported_at,
    )


def _entry(row: Row[Any]) -> Entry:
    return Entry(row.number, row.name, EntryState(row.state), row.starts_on, row.ends_on, row.phone)
