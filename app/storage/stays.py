"""Stays: whose last known crossing is an entry while the right ends, and what they were told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Row,
    Select,
    Table,
    Text,
    exists,
    func,
    insert,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.applications import applications
from app.storage.authorisations import authorisations
from app.storage.credentials import credentials
from app.storage.crossings import crossings
from app.storage.database import Base, Session
from permits.applications import Status
from permits.audit import AuditEvent
from permits.crossings import Direction
from permits.stays import Stay, StayNotice

stay_notices = Table(
    "stay_notices",
    Base.metadata,
    Column("authorisation", PG_UUID, ForeignKey("authorisations.id"), primary_key=True),
    Column("notice", Text, primary_key=True),
    Column("told_on", Date, nullable=False),
    CheckConstraint("notice IN ('renewal-offered', 'asked')", name="notice"),
)


@dataclass(frozen=True)
class StayFilter:
    """Rights whose last day lies between the two (both included); `posts` None means all."""

    posts: Collection[str] | None
    first: date
    last: date
    post: str | None = None


def list_stays(
    session: Session,
    wanted: StayFilter,
    *,
    limit: int,
    after: tuple[date, UUID] | None = None,
) -> list[Stay]:
    """Who is inside as far as is known, the right that ends first on top; `limit` rows."""
    found = _stays(wanted)
    key = (authorisations.c.valid_until, authorisations.c.id)
    if after is not None:
        found = found.where(tuple_(authorisations.c.valid_until, authorisations.c.id) > after)
    return [_stay(row) for row in session.execute(found.order_by(*key).limit(limit))]


def count_stays(session: Session, wanted: StayFilter, most: int) -> int:
    """How many stays the filter finds; one more than `most` stands for any more."""
    found = _stays(wanted).limit(most + 1).subquery()
    return session.execute(select(func.count()).select_from(found)).scalar_one()


def add_notice(
    session: Session, stay: Stay, notice: StayNotice, day: date, *, event: AuditEvent
) -> None:
    """Remember that the person was told; the key refuses a second time."""
    session.execute(
        insert(stay_notices),
        {"authorisation": stay.authorisation, "notice": notice.value, "told_on": day},
    )
    audit.append(session, event)


def _stays(wanted: StayFilter) -> Select[Any]:
    # A renewed stay is a chain of rights: who came in by the first card is inside by the second.
    own, renewal = authorisations.alias("own"), applications.alias("renewal")
    # So is a right that was taken back and given anew: the newer one tells of the person.
    renewed = exists().where(
        or_(renewal.c.renews == authorisations.c.id, renewal.c.restores == authorisations.c.id),
        renewal.c.status == Status.APPROVED.value,
    )
    latest = (
        select(crossings.c.number, crossings.c.post, crossings.c.direction, crossings.c.device_time)
        .join(credentials, credentials.c.number == crossings.c.number)
        .join(own, own.c.id == credentials.c.authorisation)
        .where(own.c.worker == authorisations.c.worker)
        .order_by(crossings.c.device_time.desc(), crossings.c.id.desc())
        .limit(1)
        .lateral("latest")
    )
    query = (
        select(
            authorisations.c.id.label("authorisation"),
            authorisations.c.application,
            latest.c.number,
            latest.c.post,
            latest.c.device_time,
            authorisations.c.valid_until,
            _told(StayNotice.RENEWAL_OFFERED).label("offered_on"),
            _told(StayNotice.ASKED).label("asked_on"),
        )
        .join(latest, true())
        .where(
            authorisations.c.valid_until.between(wanted.first, wanted.last),
            latest.c.direction == Direction.ENTRY.value,
            ~renewed,
        )
    )
    if wanted.posts is not None:
        query = query.where(latest.c.post.in_(sorted(wanted.posts)))
    if wanted.post is not None:
        query = query.where(latest.c.post == wanted.post)
    return query


def _told(notice: StayNotice) -> Any:  # noqa: ANN401  a scalar subquery of a day
    return (
        select(stay_notices.c.told_on)
        .where(
            stay_notices.c.authorisation == authorisations.c.id,
            stay_notices.c.notice == notice.value,
        )
        .scalar_subquery()
    )


def _stay(row: Row[Any]) -> Stay:
    return Stay(
        row.authorisation,
        row.application,
        row.number,
        row.post,
        row.device_time,
        row.valid_until,
        row.offered_on,
        row.asked_on,
    )
