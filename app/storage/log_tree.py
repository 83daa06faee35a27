"""The tree over the log: its leaves and kept nodes, which are only added to.

Nothing here has a foreign key, so that whatever is taken away from the log is missed here.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

import cbor2
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ColumnElement,
    LargeBinary,
    Select,
    SmallInteger,
    Table,
    Text,
    cast,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY

from app.storage.audit import audit_events
from app.storage.database import Base, Session
from permits import cose
from permits.leaves import LoggedEvent

audit_leaves = Table(
    "audit_leaves",
    Base.metadata,
    Column("leaf", BigInteger, primary_key=True, autoincrement=False),
    Column("event", BigInteger, nullable=False, unique=True),
    Column("hash", LargeBinary, nullable=False),
    CheckConstraint("octet_length(hash) = 32", name="hash"),
)
audit_nodes = Table(
    "audit_nodes",
    Base.metadata,
    Column("level", SmallInteger, primary_key=True, autoincrement=False),
    Column("node", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
    CheckConstraint("level > 0", name="level"),
    CheckConstraint("octet_length(hash) = 32", name="hash"),
)
FIRST = -(2**63)
"""No leaf can have a lower number."""
_LOCK = 6962
"""Our key among the advisory locks of the database (after the RFC)."""
_FROM_2000 = 946_684_800_000_000
"""Microseconds from 1970 to 2000, where PostgreSQL begins to count."""


class Horizon(NamedTuple):
    """Transactions below `lowest` have ended; from `next` on none has begun."""

    lowest: int
    next: int


class Leaf(NamedTuple):
    """A leaf as it is kept, and the event that it names; None where that is gone."""

    leaf: int
    event: int
    hash: bytes
    logged: LoggedEvent | None


def lock_log(session: Session) -> bool:
    """Be the only one who seals until the transaction ends; False where somebody else does."""
    return bool(session.scalar(select(func.pg_try_advisory_xact_lock(_LOCK))))


def read_horizon(session: Session) -> Horizon:
    """Which transactions have ended for certain, as this statement sees it."""
    now = func.pg_current_snapshot()
    lowest, following = func.pg_snapshot_xmin(now), func.pg_snapshot_xmax(now)
    as_numbers = (cast(cast(number, Text), BigInteger) for number in (lowest, following))
    row = session.execute(select(*as_numbers)).one()
    return Horizon(row[0], row[1])


def list_unsealed(
    session: Session, since: int, below: int, limit: int
) -> list[tuple[int, LoggedEvent]]:
    """Events of the transactions from `since` up to, not including, `below` that have no leaf.

    In the order of their transactions and then of their ids, each with its transaction.
    """
    within = (audit_events.c.xid >= since, audit_events.c.xid < below)
    return _list_unsealed(session, within, limit)


def list_unsealed_after_move(
    session: Session, horizon: Horizon, limit: int
) -> list[tuple[int, LoggedEvent]]:
    """Events without a leaf that are certain, where the database came from another server.

    A copy keeps the transaction numbers of the server that it was taken from; those that this
    server has not reached are from there, and ended before the copy.
    """
    ended = (audit_events.c.xid < horizon.lowest, audit_events.c.xid >= horizon.next)
    return _list_unsealed(session, (or_(*ended),), limit)


def read_tile(session: Session, level: int, first: int, width: int) -> list[bytes]:
    """Hashes of a kept level (0: leaves) from `first` on, `width` of them or as many as follow.

    They end before the first that is missing.
    """
    if level == 0:
        index, columns = audit_leaves.c.leaf, select(audit_leaves.c.leaf, audit_leaves.c.hash)
    else:
        index = audit_nodes.c.node
        columns = select(index, audit_nodes.c.hash).where(audit_nodes.c.level == level)
    rows = session.execute(columns.where(index >= first, index < first + width).order_by(index))
    hashes = list[bytes]()
    for place, hashed in rows:
        if place != first + len(hashes):
            break
        hashes.append(hashed)
    return hashes


def list_nodes(session: Session, level: int, first: int, end: int) -> dict[int, bytes]:
    """Kept nodes of one level from `first` up to, not including, `end`, by their index."""
    columns = select(audit_nodes.c.node, audit_nodes.c.hash).where(
        audit_nodes.c.level == level, audit_nodes.c.node >= first, audit_nodes.c.node < end
    )
    return {row[0]: row[1] for row in session.execute(columns)}


def list_leaves(session: Session, first: int, limit: int) -> list[Leaf]:
    """Leaves from `first` on, each with its event."""
    within = select(audit_leaves, *_FIELDS).outerjoin(
        audit_events, audit_events.c.id == audit_leaves.c.event
    )
    rows = session.execute(
        within.where(audit_leaves.c.leaf >= first).order_by(audit_leaves.c.leaf).limit(limit)
    )
    return [
        Leaf(row[0], row[1], row[2], _logged(row[3:]) if row[3] else None) for row in rows.all()
    ]


def list_without_leaf(session: Session) -> Iterator[tuple[int, int]]:
    """Every event that has no leaf, as its id and transaction, the lowest id first."""
    bare = select(audit_events.c.id, audit_events.c.xid).where(_HAS_NO_LEAF)
    rows = session.execute(bare.order_by(audit_events.c.id), execution_options={"yield_per": 1000})
    return ((row[0], row[1]) for row in rows)


def read_size(session: Session) -> int:
    """One more than the greatest leaf; 0 where there is none."""
    greatest = session.scalar(select(func.max(audit_leaves.c.leaf)))
    return 0 if greatest is None else int(greatest) + 1


def find_oldest_waiting(session: Session, since: int) -> datetime | None:
    """The instant of the oldest event that is not sealed, of the transactions from `since` on."""
    waiting = select(func.min(audit_events.c.at)).where(audit_events.c.xid >= since, _HAS_NO_LEAF)
    found: datetime | None = session.scalar(waiting)
    return found


def add_leaves(
    session: Session, first: int, events: Sequence[int], hashes: Sequence[bytes]
) -> None:
    """Add leaves from `first` on; another leaf in that place, or of that event, is an error."""
    places = range(first, first + len(events))
    values = _values({"leaf": places, "event": events}, hashes)
    session.execute(insert(audit_leaves).from_select(["leaf", "event", "hash"], values))


def add_nodes(session: Session, level: int, first: int, hashes: Sequence[bytes]) -> None:
    """Add complete nodes of a kept level from `first` on."""
    places = range(first, first + len(hashes))
    values = _values({"level": [level] * len(hashes), "node": places}, hashes)
    session.execute(insert(audit_nodes).from_select(["level", "node", "hash"], values))


def _list_unsealed(
    session: Session, within: Sequence[ColumnElement[bool]], limit: int
) -> list[tuple[int, LoggedEvent]]:
    rows = session.execute(
        select(audit_events.c.xid, *_FIELDS)
        .where(*within, _HAS_NO_LEAF)
        .order_by(audit_events.c.xid, audit_events.c.id)
        .limit(limit)
    )
    return [(row[0], _logged(row[1:])) for row in rows]


def _values(columns: Mapping[str, Sequence[int]], hashes: Sequence[bytes]) -> Select[Any]:
    """Rows from arrays: one statement for any number of them."""
    arrays = [literal(list(numbers), ARRAY(BigInteger)) for numbers in columns.values()]
    rows = func.unnest(*arrays, literal(list(hashes), ARRAY(LargeBinary)))
    return select(rows.table_valued(*columns, "hash").render_derived())


def _logged(row: Sequence[Any]) -> LoggedEvent:
    number, act, subject, person, role, at, request, facts = row
    instant = _FROM_2000 + int.from_bytes(at, "big", signed=True)
    return LoggedEvent(number, act, subject, person, role, instant, request, _facts(facts))


@lru_cache(maxsize=4096)
def _facts(text: str) -> bytes:
    """Facts in deterministic CBOR; those that cannot be read as null, which no event ever had."""
    try:
        return cose.dump(json.loads(text))
    except (ValueError, RecursionError, cbor2.CBOREncodeError):
        return cose.dump(None)


# The fields as PostgreSQL keeps them: an instant that Python cannot hold is hashed all the same.
_FIELDS = (
    audit_events.c.id,
    audit_events.c.act,
    func.uuid_send(audit_events.c.subject),
    func.uuid_send(audit_events.c.person),
    audit_events.c.role,
    func.timestamptz_send(audit_events.c.at),
    audit_events.c.request,
    cast(audit_events.c.facts, Text),
)
_HAS_NO_LEAF = ~exists().where(audit_leaves.c.event == audit_events.c.id)
