"""Which agencies a programme asks, and in which order: sets that are written once and never again.

A set is whole, or it is not there: its agencies are a chain from the first place to the last, which
the set itself closes at the commit. The owner of the tables alone writes sets (decision 45).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    DateTime,
    ForeignKeyConstraint,
    Integer,
    Row,
    Select,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    func,
    insert,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.storage import audit
from app.storage.columns import PUBLIC
from app.storage.database import Base, Session
from permits.approvals import takes_places
from permits.audit import AuditEvent
from permits.people import Agency

agencies = Table(
    "agencies",
    Base.metadata,
    # Each one that `permits.people.Agency` knows; a migration adds the row of another.
    Column("agency", Text, primary_key=True, info=PUBLIC),
)

agency_sets = Table(
    "agency_sets",
    Base.metadata,
    Column("id", Integer, primary_key=True, autoincrement=False, info=PUBLIC),
    Column("programme", Text, nullable=False, info=PUBLIC),
    Column("size", Integer, nullable=False, info=PUBLIC),
    # Whose approval takes the places of the quotas.
    Column("places_by", Text, nullable=False, info=PUBLIC),
    Column("since", DateTime(timezone=True), nullable=False, info=PUBLIC),
    UniqueConstraint("id", "size"),
    UniqueConstraint("id", "places_by"),
    UniqueConstraint("programme", "id"),
    UniqueConstraint("programme", "id", "size"),
    # The last agency closes the chain; a trigger (agency_sets_never_change) refuses every UPDATE.
    ForeignKeyConstraint(
        ["id", "size"],
        ["set_agencies.agency_set", "set_agencies.place"],
        name="fk_agency_sets_whole",
        deferrable=True,
        initially="DEFERRED",
        use_alter=True,
    ),
    ForeignKeyConstraint(
        ["id", "places_by"],
        ["set_agencies.agency_set", "set_agencies.agency"],
        name="fk_agency_sets_places_by",
        deferrable=True,
        initially="DEFERRED",
        use_alter=True,
    ),
)

set_agencies = Table(
    "set_agencies",
    Base.metadata,
    Column("agency_set", Integer, primary_key=True, autoincrement=False, info=PUBLIC),
    Column("place", Integer, primary_key=True, autoincrement=False, info=PUBLIC),
    Column("agency", Text, nullable=False, info=PUBLIC),
    # The place before; the first has none.
    Column("before", Integer, info=PUBLIC),
    Column("size", Integer, nullable=False, info=PUBLIC),
    UniqueConstraint("agency_set", "agency"),
    UniqueConstraint("agency_set", "place", "agency"),
    CheckConstraint("place BETWEEN 1 AND size", name="place_within_size"),
    CheckConstraint("coalesce(before, 0) = place - 1", name="one_after_the_other"),
    ForeignKeyConstraint(["agency"], ["agencies.agency"]),
    ForeignKeyConstraint(["agency_set", "size"], ["agency_sets.id", "agency_sets.size"]),
    ForeignKeyConstraint(
        ["agency_set", "before"],
        ["set_agencies.agency_set", "set_agencies.place"],
        name="fk_set_agencies_before",
    ),
)


@dataclass(frozen=True)
class AgencySet:
    """The agencies that a programme asks from a moment on, in their order."""

    id: int
    programme: str
    agencies: tuple[Agency, ...]
    since: datetime


def add_set(
    session: Session,
    programme: str,
    agencies: Sequence[Agency],
    now: datetime,
    *,
    event: AuditEvent,
) -> AgencySet:
    """Let a programme ask these agencies in what is handed in from now on.

    As the owner of the tables; two at once break the primary key. ValueError for no agency.
    """
    if not agencies:
        raise ValueError("a programme asks one agency at least")
    last = select(func.coalesce(func.max(agency_sets.c.id), 0) + 1).scalar_subquery()
    size, by = len(agencies), takes_places(agencies)
    adding = insert(agency_sets).values(
        id=last, programme=programme, size=size, places_by=by.value, since=now
    )
    number = session.execute(adding.returning(agency_sets.c.id)).scalar_one()
    rows = [
        {
            "agency_set": number,
            "place": place,
            "agency": agency.value,
            "before": place - 1 or None,
            "size": size,
        }
        for place, agency in enumerate(agencies, start=1)
    ]
    session.execute(insert(set_agencies), rows)
    audit.append(session, event)
    return AgencySet(number, programme, tuple(agencies), now)


def is_writable(session: Session) -> bool:
    """Whether this user of the database may add a set."""
    asked = select(func.has_table_privilege(agency_sets.name, "INSERT"))
    return bool(session.execute(asked).scalar_one())


def find_newest(session: Session, programme: str) -> AgencySet | None:
    """The set of what is handed in under a programme now; None where none was loaded."""
    row = session.execute(_finding_newest(), {"of_programme": programme}).one_or_none()
    return _read(row) if row else None


@cache
def _finding_newest() -> Select[Any]:
    own = agency_sets.c
    newest = select(func.max(own.id)).where(own.programme == bindparam("of_programme"))
    return _whole().where(own.id == newest.scalar_subquery())


def list_asking(session: Session, agency: Agency) -> list[str]:
    """The programmes that ask the agency, or ever did."""
    sets = set_agencies.c.agency_set == agency_sets.c.id
    asking = select(agency_sets.c.programme).join(set_agencies, sets).distinct()
    return list(session.scalars(asking.where(set_agencies.c.agency == agency.value)))


def list_sets(session: Session, programme: str | None = None) -> list[AgencySet]:
    """Every set, the oldest first: few of a programme, and few programmes."""
    query = _whole().order_by(agency_sets.c.id)
    if programme is not None:
        query = query.where(agency_sets.c.programme == programme)
    return [_read(row) for row in session.execute(query)]


def get_agencies(agency_set: ColumnElement[int]) -> ColumnElement[list[str]]:
    """The agencies of the set that a column names, in their order; NULL for none."""
    ordered = aggregate_order_by(set_agencies.c.agency, set_agencies.c.place)
    return (
        select(func.array_agg(ordered)).where(set_agencies.c.agency_set == agency_set)
    ).scalar_subquery()


def read_agencies(values: Sequence[str]) -> tuple[Agency, ...]:
    """The agencies of a column made by `get_agencies`."""
    return tuple(Agency(value) for value in values)


def _whole() -> Select[Any]:
    return select(agency_sets, get_agencies(agency_sets.c.id).label("agencies"))


def _read(row: Row[Any]) -> AgencySet:
    return AgencySet(row.id, row.programme, read_agencies(row.agencies), row.since)
