"""Crossings of long ago as counts alone: by month, post, direction and verdict."""

from datetime import datetime

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Integer,
    Table,
    Text,
    cast,
    delete,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.storage.crossings import crossings
from app.storage.database import Base, Session

crossing_counts = Table(
    "crossing_counts",
    Base.metadata,
    Column("month", Date, primary_key=True),
    Column("post", Text, primary_key=True),
    Column("direction", Text, primary_key=True),
    Column("verdict", Text, primary_key=True),
    Column("offline", Boolean, primary_key=True),
    Column("crossings", Integer, nullable=False),
)


def count_crossings_before(session: Session, instant: datetime) -> int:
    """How many crossings are older than an instant."""
    older = select(func.count()).select_from(crossings).where(crossings.c.device_time < instant)
    return session.execute(older).scalar_one()


def fold_crossings_before(session: Session, instant: datetime, limit: int) -> int:
    """Count the oldest crossings into their month and forget them; returns how many."""
    oldest = (
        select(crossings.c.id)
        .where(crossings.c.device_time < instant)
        .order_by(crossings.c.device_time, crossings.c.id)
        .limit(limit)
    )
    gone = (
        delete(crossings)
        .where(crossings.c.id.in_(oldest))
        .returning(
            cast(func.date_trunc("month", crossings.c.device_time), Date).label("month"),
            crossings.c.post,
            crossings.c.direction,
            crossings.c.verdict,
            crossings.c.offline,
        )
    )
    counts: dict[tuple[object, ...], int] = {}
    for row in session.execute(gone):
        counts[tuple(row)] = counts.get(tuple(row), 0) + 1
    for key, number in counts.items():
        names = ("month", "post", "direction", "verdict", "offline")
        adding = pg_insert(crossing_counts).values(
            **dict(zip(names, key, strict=True)), crossings=number
        )
        session.execute(
            adding.on_conflict_do_update(
                index_elements=list(names),
                set_={"crossings": crossing_counts.c.crossings + number},
            )
        )
    return sum(counts.values())
