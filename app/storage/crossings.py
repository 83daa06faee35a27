"""Entries and exits as they arrived from the posts; each id once, however often it is sent."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    DateTime,
    Index,
    Row,
    Table,
    Text,
    cast,
    func,
    literal,
    select,
    text,
    true,
    tuple_,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, array
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.storage import audit
from app.storage.credentials import credentials
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.crossings import Anomaly, Crossing, CrossingId, Direction, Passage
from permits.minors import Minor
from permits.pathway import Passages
from permits.people import PersonId

crossings = Table(
    "crossings",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True),
    Column("number", Text, nullable=False),
    Column("direction", Text, nullable=False),
    Column("post", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("agent", PG_UUID, nullable=False),
    Column("device_time", DateTime(timezone=True), nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("verdict", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("offline", Boolean, nullable=False),
    Column("list_issued_at", DateTime(timezone=True)),
    Column("anomalies", ARRAY(Text), nullable=False),
    Column("minors", JSONB, nullable=False, server_default=text("'[]'")),
    CheckConstraint("direction IN ('entry', 'exit')", name="direction"),
    CheckConstraint("verdict IN ('green', 'amber', 'red', 'grey')", name="verdict"),
    Index("ix_crossings_number_device_time", "number", "device_time"),
    Index("ix_crossings_device_time_id", "device_time", "id"),
)


@dataclass(frozen=True)
class RecordedCrossing:
    """A crossing with when it arrived and what a person should look at."""

    crossing: Crossing
    received_at: datetime
    anomalies: tuple[Anomaly, ...]


def add_crossing(session: Session, recorded: RecordedCrossing, *, event: AuditEvent) -> bool:
    """Keep one crossing; False, and nothing written, where its id is known already."""
    crossing = recorded.crossing
    row = session.execute(
        pg_insert(crossings)
        .on_conflict_do_nothing(index_elements=["id"])
        .returning(crossings.c.id),
        {
            "id": crossing.id,
            "number": crossing.number,
            "direction": crossing.direction.value,
            "post": crossing.post,
            "device": crossing.device,
            "agent": crossing.agent,
            "device_time": crossing.device_time,
            "received_at": recorded.received_at,
            "verdict": crossing.verdict,
            "reason": crossing.reason,
            "offline": crossing.offline,
            "list_issued_at": crossing.list_issued_at,
            "anomalies": [anomaly.value for anomaly in recorded.anomalies],
            "minors": [asdict(minor) for minor in crossing.minors],
        },
    ).one_or_none()
    if row is not None:
        audit.append(session, event)
    return row is not None


def find_crossing(session: Session, crossing: UUID) -> RecordedCrossing | None:
    """One crossing by the id that its device gave it."""
    row = session.execute(select(crossings).where(crossings.c.id == crossing)).one_or_none()
    return _recorded(row) if row else None


@dataclass(frozen=True)
class Surroundings:
    """Around one crossing of a permit: the one before, the one after, the permit's own end."""

    last: Passage | None
    next: RecordedCrossing | None
    ended_at: datetime | None


def lock_permits(session: Session, numbers: Collection[str]) -> None:
    """Let nobody else record a crossing with these permits until the transaction ends.

    Else two posts at the same instant would each not see the other's. Always in one order.
    """
    listed = cast(sorted(numbers), ARRAY(Text))
    held = select(func.unnest(listed, type_=Text).label("number")).subquery()
    key = func.hashtextextended(held.c.number, _LOCK_SPACE)
    session.execute(select(func.pg_advisory_xact_lock(key)).select_from(held))


_LOCK_SPACE = 7_341
"""Any number that no other lock of this service uses."""


def read_surroundings(session: Session, crossing: Crossing) -> Surroundings:
    """What stands around a crossing, whether it is recorded yet or not; one statement."""
    key = tuple_(crossings.c.device_time, crossings.c.id)
    here = tuple_(
        literal(crossing.device_time, DateTime(timezone=True)), literal(crossing.id, PG_UUID)
    )
    same = crossings.c.number == crossing.number
    before = select(crossings).where(same, key < here).order_by(key.desc()).limit(1)
    after = select(crossings).where(same, key > here).order_by(key).limit(1)
    end = select(credentials.c.revoked_at).where(credentials.c.number == crossing.number)
    around = union_all(before.subquery().select(), after.subquery().select()).subquery()
    one = select(end.scalar_subquery().label("ended_at")).subquery()
    rows = session.execute(select(one, around).select_from(one.outerjoin(around, true()))).all()
    found = {row.id: _recorded(row) for row in rows if row.id is not None}
    last = next(
        (each.crossing for each in found.values() if _key(each.crossing) < _key(crossing)), None
    )
    following = next(
        (each for each in found.values() if _key(each.crossing) > _key(crossing)), None
    )
    passage = Passage(last.direction, last.post, last.device_time) if last else None
    return Surroundings(passage, following, rows[0].ended_at)


def _key(crossing: Crossing) -> tuple[datetime, UUID]:
    return crossing.device_time, crossing.id


def read_passages(session: Session, authorisation: UUID) -> Passages:
    """When the holder of a right first and last crossed, by direction, with any of its cards."""
    rows = session.execute(
        select(
            crossings.c.direction,
            func.min(crossings.c.device_time).label("first"),
            func.max(crossings.c.device_time).label("last"),
        )
        .join(credentials, credentials.c.number == crossings.c.number)
        .where(credentials.c.authorisation == authorisation)
        .group_by(crossings.c.direction)
    ).all()
    return Passages(
        {Direction(row.direction): row.first for row in rows},
        {Direction(row.direction): row.last for row in rows},
    )


def save_anomalies(
    session: Session, crossing: UUID, anomalies: Sequence[Anomaly], *, event: AuditEvent
) -> None:
    """Keep what a later look found: an earlier crossing of the same permit arrived late."""
    found = [anomaly.value for anomaly in anomalies]
    session.execute(update(crossings).where(crossings.c.id == crossing).values(anomalies=found))
    audit.append(session, event)


@dataclass(frozen=True)
class CrossingFilter:
    """Which crossings; `posts` None means all. `since` is included, `until` is not."""

    posts: Collection[str] | None
    post: str | None = None
    number: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    with_anomalies: bool = False


def list_crossings(
    session: Session,
    wanted: CrossingFilter,
    *,
    limit: int,
    after: tuple[datetime, UUID] | None = None,
) -> list[RecordedCrossing]:
    """Newest first, `limit` rows; `after` is the key of the last row of the page before."""
    query = select(crossings).order_by(crossings.c.device_time.desc(), crossings.c.id.desc())
    query = query.where(*_conditions(wanted))
    if after is not None:
        query = query.where(tuple_(crossings.c.device_time, crossings.c.id) < after)
    return [_recorded(row) for row in session.execute(query.limit(limit))]


@dataclass(frozen=True)
class Tally:
    """How many crossings of one direction and verdict; `offline` without a network."""

    direction: Direction
    verdict: str
    crossings: int
    with_anomalies: int
    offline: int


def count_crossings(session: Session, wanted: CrossingFilter) -> list[Tally]:
    """The crossings of a filter by direction and verdict; one statement."""
    rows = session.execute(
        select(
            crossings.c.direction,
            crossings.c.verdict,
            func.count().label("all"),
            func.count().filter(_marked()).label("marked"),
            func.count().filter(crossings.c.offline).label("offline"),
        )
        .where(*_conditions(wanted))
        .group_by(crossings.c.direction, crossings.c.verdict)
        .order_by(crossings.c.direction, crossings.c.verdict)
    )
    return [
        Tally(Direction(row.direction), row.verdict, row.all, row.marked, row.offline)
        for row in rows
    ]


def _conditions(wanted: CrossingFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.posts is not None:
        conditions.append(crossings.c.post.in_(sorted(wanted.posts)))
    if wanted.post is not None:
        conditions.append(crossings.c.post == wanted.post)
    if wanted.number is not None:
        conditions.append(crossings.c.number == wanted.number)
    if wanted.since is not None:
        conditions.append(crossings.c.device_time >= wanted.since)
    if wanted.until is not None:
        conditions.append(crossings.c.device_time < wanted.until)
    if wanted.with_anomalies:
        conditions.append(_marked())
    return conditions


def _marked() -> ColumnElement[bool]:
    return crossings.c.anomalies != array([], type_=Text)


def _recorded(row: Row[Any]) -> RecordedCrossing:
    crossing = Crossing(
        CrossingId(row.id),
        row.number,
        Direction(row.direction),
        row.post,
        row.device,
        PersonId(row.agent),
        row.device_time,
        row.verdict,
        row.reason,
        row.offline,
        row.list_issued_at,
        tuple(Minor(**one) for one in row.minors),
    )
    return RecordedCrossing(crossing, row.received_at, tuple(Anomaly(a) for a in row.anomalies))
