"""Views of the queue that officials gave a name: a filter in words of the address, and no row."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Row,
    Table,
    Text,
    delete,
    func,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage.columns import OPERATIONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from app.storage.statements import put
from permits.people import Agency, PersonId

MOST_LISTED = 100


saved_views = Table(
    "saved_views",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("official", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("agency", Text, nullable=False, info=OPERATIONAL),
    Column("name", Text, nullable=False, info=OPERATIONAL),
    Column("words", Text, nullable=False, info=OPERATIONAL),
    # For every official of the agency, not for its author alone.
    Column("shared", Boolean, nullable=False, info=OPERATIONAL),
    Column("saved_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
    ForeignKeyConstraint(["agency"], ["agencies.agency"]),
    Index("uq_saved_views_name", "official", "name", unique=True),
    Index("ix_saved_views_shared", "agency", postgresql_where=text("shared")),
)


@dataclass(frozen=True)
class SavedView:
    """A filter with a name; `words` are those of the address, `official` is its author."""

    id: UUID
    official: PersonId
    agency: Agency
    name: str
    words: str
    shared: bool
    saved_at: datetime


def save_view(session: Session, view: SavedView) -> None:
    """Keep a view; one of the same author and name is replaced."""
    values = {
        "agency": view.agency.value,
        "words": view.words,
        "shared": view.shared,
        "saved_at": view.saved_at,
    }
    key = {"official": view.official, "name": view.name}
    put(session, saved_views, key, values, {"id": view.id})


def count_own(session: Session, official: PersonId) -> int:
    """How many views this official has."""
    query = select(func.count()).where(saved_views.c.official == official)
    return session.execute(query).scalar_one()


def list_views(session: Session, official: PersonId, agency: Agency) -> list[SavedView]:
    """The official's own and those that colleagues share, by name; `MOST_LISTED` at most."""
    rows = session.execute(
        select(saved_views)
        .where(
            saved_views.c.agency == agency.value,
            or_(saved_views.c.official == official, saved_views.c.shared),
        )
        .order_by(saved_views.c.name, saved_views.c.id)
        .limit(MOST_LISTED)
    )
    return [_view(row) for row in rows]


def remove_view(session: Session, view: UUID, official: PersonId) -> bool:
    """Delete a view of this official; False where they have none with this id."""
    gone = delete(saved_views).where(saved_views.c.id == view, saved_views.c.official == official)
    return session.execute(gone.returning(saved_views.c.id)).first() is not None


def _view(row: Row[Any]) -> SavedView:
    return SavedView(
        row.id,
        PersonId(row.official),
        Agency(row.agency),
        row.name,
        row.words,
        row.shared,
        row.saved_at,
    )
