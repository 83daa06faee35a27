"""Which status lists there are, and on which of them new permits stand."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    Integer,
    Select,
    Table,
    bindparam,
    func,
    insert,
    select,
)

from app.storage import audit
from app.storage.database import Base, Session
from app.storage.restorations import restorations
from permits.audit import AuditEvent
from permits.generations import FIRST_LIST

opened_status_lists = Table(
    "opened_status_lists",
    Base.metadata,
    Column("list", Integer, primary_key=True, autoincrement=False),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    # Published before it is used, so that readers know it by then.
    Column("used_from", DateTime(timezone=True), nullable=False),
    CheckConstraint("used_from >= opened_at", name="used_from"),
)

_OPENING = 170
"""Our second key among the advisory locks of the database."""


@dataclass(frozen=True)
class Opening:
    """A list that followed one that was half full; new permits stand on it from `used_from` on."""

    list: int
    opened_at: datetime
    used_from: datetime


def open_list(session: Session, opening: Opening, *, event: AuditEvent) -> None:
    """Open a list; IntegrityError where its number was taken meanwhile (see `lock_opening`)."""
    session.execute(insert(opened_status_lists), vars(opening))
    audit.append(session, event)


def lock_opening(session: Session) -> None:
    """Be the only one to open a list until the transaction ends; waits for the one before."""
    session.execute(select(func.pg_advisory_xact_lock(_OPENING, 0)))


def read_current_list(session: Session, now: datetime) -> int:
    """The list that new permits stand on: the newest that is in use, and that of a restore is."""
    return int(session.execute(_newest(), {"now": now}).scalar_one())


@cache
def _newest() -> Select[Any]:
    opened = select(func.max(opened_status_lists.c.list)).where(
        opened_status_lists.c.used_from <= bindparam("now")
    )
    restored = select(func.max(restorations.c.list))
    return select(func.greatest(opened.scalar_subquery(), restored.scalar_subquery(), FIRST_LIST))


def list_known(session: Session) -> list[int]:
    """Every list there is, used already or not, in order."""
    opened = select(opened_status_lists.c.list)
    numbers = session.execute(opened.union(select(restorations.c.list))).scalars()
    return sorted({FIRST_LIST, *numbers})
