"""The signed status lists as they are served to everybody who verifies."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, DateTime, Integer, LargeBinary, Row, Table, Text, func, select
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.storage import audit
from app.storage.database import Base, Session
from permits.audit import AuditEvent

published_status_lists = Table(
    "published_status_lists",
    Base.metadata,
    Column("list", Integer, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("cwt", LargeBinary, nullable=False),
    Column("jwt", Text, nullable=False),
    Column("issued_at", DateTime(timezone=True), nullable=False),
    Column("expires", DateTime(timezone=True), nullable=False),
)


_LISTS = 169
"""Our first key among the advisory locks of the database."""


@dataclass(frozen=True)
class PublishedStatusList:
    """One signed status list as it is served; `version` counts publications."""

    list: int
    version: int
    cwt: bytes
    jwt: str
    issued_at: datetime
    expires: datetime


def publish_list(session: Session, published: PublishedStatusList, *, event: AuditEvent) -> None:
    """Put a newer signed list in place of the one that stands; an older one changes nothing."""
    values = {
        "list": published.list,
        "version": published.version,
        "cwt": published.cwt,
        "jwt": published.jwt,
        "issued_at": published.issued_at,
        "expires": published.expires,
    }
    session.execute(
        pg_insert(published_status_lists)
        .values(values)
        .on_conflict_do_update(
            index_elements=["list"],
            set_=values,
            where=published_status_lists.c.version < published.version,
        )
    )
    audit.append(session, event)


def lock_list(session: Session, status_list: int) -> None:
    """Be the only one to publish this list until the transaction ends; waits for the one before.

    Who reads the revocations under this lock has seen all that the publication before knew of.
    """
    session.execute(select(func.pg_advisory_xact_lock(_LISTS, status_list)))


def list_published(session: Session) -> list[PublishedStatusList]:
    """Every list as it is served."""
    rows = session.execute(select(published_status_lists).order_by(published_status_lists.c.list))
    return [_published(row) for row in rows]


def find_published(session: Session, status_list: int) -> PublishedStatusList | None:
    """One list as it is served; None before its first publication."""
    row = session.execute(
        select(published_status_lists).where(published_status_lists.c.list == status_list)
    ).one_or_none()
    return _published(row) if row else None


def _published(row: Row[Any]) -> PublishedStatusList:
    return PublishedStatusList(row.list, row.version, row.cwt, row.jwt, row.issued_at, row.expires)
