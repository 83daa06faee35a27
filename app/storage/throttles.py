"""How often somebody tried: counters in fixed windows, shared by all processes."""

from datetime import datetime

from sqlalchemy import (
    Column,
    DateTime,
    Integer,
    LargeBinary,
    Table,
    bindparam,
    delete,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.storage.database import Base, Session

throttles = Table(
    "throttles",
    Base.metadata,
    # A keyed hash: neither phone nor address stands here.
    Column("bucket", LargeBinary, primary_key=True),
    Column("window_start", DateTime(timezone=True), primary_key=True),
    Column("tries", Integer, nullable=False),
)


_OWN = throttles.c
_COUNTING = (
    pg_insert(throttles)
    .values(
        bucket=bindparam("new_bucket", type_=_OWN.bucket.type),
        window_start=bindparam("new_window", type_=_OWN.window_start.type),
        tries=1,
    )
    .on_conflict_do_update(
        index_elements=["bucket", "window_start"], set_={"tries": _OWN.tries + 1}
    )
    .returning(_OWN.tries)
)


def count_try(session: Session, bucket: bytes, window_start: datetime) -> int:
    """Count one more try in a window and return how many there are now."""
    told = {"new_bucket": bucket, "new_window": window_start}
    tries: int = session.execute(_COUNTING, told).scalar_one()
    return tries


def give_back(session: Session, bucket: bytes, window_start: datetime) -> None:
    """One try of a window less."""
    own = (throttles.c.bucket == bucket, throttles.c.window_start == window_start)
    less = update(throttles).where(*own, throttles.c.tries > 0)
    session.execute(less.values(tries=throttles.c.tries - 1))


def count_tries(session: Session, bucket: bytes, window_start: datetime) -> int:
    """How many tries a window holds."""
    found = session.execute(
        select(throttles.c.tries).where(
            throttles.c.bucket == bucket, throttles.c.window_start == window_start
        )
    ).scalar_one_or_none()
    return found or 0


def remove_windows_before(session: Session, instant: datetime) -> None:
    """Forget windows that are over."""
    session.execute(delete(throttles).where(throttles.c.window_start < instant))
