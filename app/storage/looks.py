"""Which version of a case an official saw last: what changed since is new to them."""

from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    Select,
    Table,
    exists,
    not_,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.storage import audit
from app.storage.applications import applications
from app.storage.columns import OPERATIONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from app.storage.statements import given, later
from permits.applications import Application
from permits.audit import AuditEvent
from permits.people import PersonId

looks = Table(
    "looks",
    Base.metadata,
    Column("official", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column(
        "application",
        PG_UUID,
        ForeignKey("applications.id"),
        primary_key=True,
        info=PSEUDONYMOUS,
    ),
    Column("version", Integer, nullable=False, info=OPERATIONAL),
    Index("ix_looks_application", "application"),
)


def note_look(
    session: Session, official: PersonId, application: Application, *, event: AuditEvent
) -> None:
    """Remember that an official opened the file, and in which version; one statement."""
    look = {"official": official, "application": application.id, "version": application.version}
    session.execute(_noting(), given(look) | audit.told_by(event))


@cache
def _noting() -> Select[Any]:
    looked = pg_insert(looks).values(later(looks, ("official", "application", "version")))
    again = looked.on_conflict_do_update(
        index_elements=[looks.c.official, looks.c.application],
        set_={"version": looked.excluded.version},
    )
    return audit.telling(again.returning(looks.c.version), None)


def is_unseen(official: PersonId) -> ColumnElement[bool]:
    """Whether the official never opened the case, or not since it changed last."""
    return not_(
        exists().where(
            looks.c.official == official,
            looks.c.application == applications.c.id,
            looks.c.version >= applications.c.version,
        )
    )
