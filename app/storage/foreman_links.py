"""The links of foremen: by one somebody at a gate records movements of one farm, until a day."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    Row,
    Table,
    false,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import INSTANT, OPERATIONAL, PSEUDONYMOUS, SECRET
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.deadlines import start_of
from recruitment.farm_register import ForemanLink

foreman_links = Table(
    "foreman_links",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("farm", PG_UUID, ForeignKey("farms.id"), nullable=False, info=PSEUDONYMOUS),
    Column("token_hash", LargeBinary, nullable=False, unique=True, info=SECRET),
    Column("ends_on", Date, nullable=False, info=OPERATIONAL),
    Column("made_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("made_at", INSTANT, nullable=False, info=OPERATIONAL),
    Column("ended_at", INSTANT, info=OPERATIONAL),
    Column("lost", Boolean, nullable=False, server_default=false(), info=OPERATIONAL),
    CheckConstraint("NOT lost OR ended_at IS NOT NULL", name="lost_is_ended"),
    Index("ix_foreman_links_farm", "farm"),
)


def add_link(
    session: Session, link: ForemanLink, token_hash: bytes, made_by: UUID, *, event: AuditEvent
) -> None:
    """Keep a foreman's link by the hash of its token."""
    audit.add_row(
        session,
        foreman_links,
        {
            "id": link.id,
            "farm": link.farm,
            "token_hash": token_hash,
            "ends_on": link.ends_on,
            "made_by": made_by,
            "made_at": link.made_at,
        },
        event=event,
    )


def end_link(
    session: Session, link: UUID, now: datetime, *, lost: bool = False, event: AuditEvent
) -> bool:
    """End a link; False, and nothing logged, where it has ended already.

    That its phone is lost may be said later; the end stays where it was.
    """
    own = foreman_links.c
    news = own.lost.is_(False) if lost else own.ended_at.is_(None)
    ending = (
        update(foreman_links)
        .where(own.id == link, news)
        .values(ended_at=func.coalesce(own.ended_at, now), lost=lost)
        .returning(own.id)
    )
    return session.execute(audit.telling(ending, event)).first() is not None


def list_links(session: Session, farm: UUID, day: date, limit: int = 100) -> list[ForemanLink]:
    """The links of a farm that were open on this day or later, the newest on top."""
    own = foreman_links.c
    open_ = (own.ends_on >= day, func.coalesce(own.ended_at, start_of(day)) >= start_of(day))
    query = select(foreman_links).where(own.farm == farm, *open_)
    rows = session.execute(query.order_by(own.made_at.desc(), own.id).limit(limit))
    return [_link(row) for row in rows]


def find_link(session: Session, token_hash: bytes) -> ForemanLink | None:
    """The link that a token opens, whether or not it still stands."""
    query = select(foreman_links).where(foreman_links.c.token_hash == token_hash)
    row = session.execute(query).one_or_none()
    return None if row is None else _link(row)


def _link(row: Row[Any]) -> ForemanLink:
    return ForemanLink(row.id, row.farm, row.ends_on, row.made_at, row.ended_at, row.lost)
