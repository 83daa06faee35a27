"""The numbered places of the quotas: who holds which, and that nobody holds one too many.

A place is a row. Its number lies within the total of the rule that it was taken under, and no two
rows have one number: the database itself has room for no more. A place belongs to an approval by
labour, or else by the first agency asked, of the round that stands, and to an application under
review or approved: who refuses, returns or withdraws a case without giving its places back is
refused by a constraint.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Insert,
    Integer,
    Select,
    Subquery,
    Table,
    Text,
    UniqueConstraint,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.types import TypeEngine

from app.storage.approvals import BOUND, Beside
from app.storage.columns import OPERATIONAL
from app.storage.database import Base, Session
from permits.applications import Application
from permits.approvals import Decision
from permits.quotas import Count, Scope

__all__ = [
    "Beside",
    "Found",
    "count_taken",
    "find_free",
    "find_places_free",
    "get_heap_lock",
    "get_values",
    "give_back",
    "list_held",
    "lock_places",
    "quota_places",
    "take_places",
    "taking",
]

_PLACES = 7_319_204
"""Our first key among the advisory locks of the database."""

quota_places = Table(
    "quota_places",
    Base.metadata,
    Column("programme", Text, primary_key=True),
    Column("season", Date, primary_key=True),
    Column("scope", Text, primary_key=True),
    Column("thing", Text, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("total", Integer, nullable=False),
    Column("application", PG_UUID, nullable=False),
    Column("application_status", Text, nullable=False, server_default="under-review"),
    Column("round", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    Column("agency_set", Integer, nullable=False, info=OPERATIONAL),
    Column("labour_agency", Text, nullable=False),
    Column("labour_official", PG_UUID, nullable=False),
    Column("labour_opinion", Text, nullable=False, server_default="approve"),
    Column("taken_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("application", "scope"),
    CheckConstraint("place BETWEEN 1 AND total", name="place_within_total"),
    CheckConstraint(
        "application_status IN ('under-review', 'asked', 'approved')", name="holder_stands"
    ),
    CheckConstraint("labour_opinion = 'approve'", name="labour_opinion"),
    # The status goes along with the application's, and into no other than those above.
    ForeignKeyConstraint(
        ["application", "application_status", "round", "digest"],
        ["applications.id", "applications.status", "applications.round", "applications.digest"],
        name="fk_quota_places_application",
        onupdate="CASCADE",
    ),
    ForeignKeyConstraint(
        ["application", "round", "digest", "labour_agency", "labour_official", "labour_opinion"],
        [f"decisions.{name}" for name in BOUND],
        name="fk_quota_places_labour_approval",
    ),
    ForeignKeyConstraint(
        ["application", "round", "agency_set"],
        [f"application_rounds.{name}" for name in ("application", "round", "agency_set")],
        name="fk_quota_places_set_of_round",
    ),
    # By labour; where the programme does not ask it, by the first agency.
    ForeignKeyConstraint(
        ["agency_set", "labour_agency"],
        ["agency_sets.id", "agency_sets.places_by"],
        name="fk_quota_places_labour_agency",
    ),
)


KEYS = ("programme", "season", "scope", "thing")
"""What names a count."""


@dataclass(frozen=True)
class Found:
    """A count with the place that was found free in it; None where there is none."""

    count: Count
    place: int | None


def lock_places(session: Session, programme: str) -> None:
    """Let nobody else take a place of this programme until the transaction ends.

    One lock for all its quotas: who waits for it holds no other of them, so nobody waits in a ring.
    """
    session.execute(_locking(), {"of_programme": programme})


@cache
def _locking() -> Select[Any]:
    return select(get_heap_lock())


def get_heap_lock() -> ColumnElement[Any]:
    """The lock of all quotas of `of_programme`, for a statement that holds more than it."""
    return func.pg_advisory_xact_lock(_PLACES, func.hashtext(bindparam("of_programme", type_=Text)))


def find_free(session: Session, counts: Sequence[Count]) -> list[Found]:
    """A free place of each count, the one after the highest, else the lowest that was given back.

    It stays free for whoever holds the lock.
    """
    rows = session.execute(find_places_free(), get_values(counts))
    found = {row.position: row.free for row in rows}
    return [Found(count, found[position]) for position, count in enumerate(counts)]


@cache
def find_places_free() -> Select[Any]:
    """Position and free place of each count that `get_values` gives; NULL where none is left."""
    wanted = _wanted()
    last = select(func.max(quota_places.c.place)).where(_is_of(wanted)).scalar_subquery()
    numbers = func.generate_series(1, wanted.c.total).column_valued("number")
    taken = exists().where(_is_of(wanted), quota_places.c.place == numbers)
    gap = select(func.min(numbers)).where(~taken).correlate(wanted).scalar_subquery()
    after = func.coalesce(last, 0) + 1
    free = case((after <= wanted.c.total, after), else_=gap)
    return select(wanted.c.position, free.label("free"))


def taking(found: Sequence[Found], decision: Decision, about: Application) -> Beside | None:
    """The statement that takes the places found for an approval; none for no place.

    `about` is the application as it stands now.
    """
    if not found:
        return None
    places = {"wanted_place": [one.place for one in found]}
    same = {
        "application": decision.application,
        "application_status": about.status.value,
        "round": decision.round,
        "digest": decision.digest,
        "agency_set": about.agency_set,
        "labour_agency": decision.agency.value,
        "labour_official": decision.official,
        "taken_at": decision.decided_at,
    }
    taken = {f"taken_{name}": value for name, value in same.items()}
    return _taking(tuple(same)), get_values([one.count for one in found]) | places | taken


@cache
def _taking(same: Sequence[str]) -> Insert:
    named = (*KEYS, "total", "place")
    wanted = _wanted(place=Integer())
    said = [bindparam(f"taken_{name}", type_=quota_places.c[name].type) for name in same]
    rows = select(*(wanted.c[name] for name in named), *said)
    return insert(quota_places).from_select([*named, *same], rows)


def take_places(
    session: Session, found: Sequence[Found], decision: Decision, about: Application
) -> None:
    """Take them for an approval that stands already."""
    if (beside := taking(found, decision, about)) is not None:
        session.execute(*beside)


def give_back(
    session: Session, application: UUID, scopes: Collection[Scope] = tuple(Scope)
) -> None:
    """Give back the places that an application holds in these scopes; none is not an error."""
    session.execute(
        delete(quota_places).where(
            quota_places.c.application == application,
            quota_places.c.scope.in_([scope.value for scope in scopes]),
        )
    )


def list_held(session: Session, applications: Collection[UUID]) -> set[tuple[str, date, str, str]]:
    """The heaps in which these applications hold a place: programme, season, scope, thing."""
    keys = [quota_places.c[name] for name in KEYS]
    rows = session.execute(select(*keys).where(quota_places.c.application.in_(applications)))
    return {(row[0], row[1], row[2], row[3]) for row in rows}


def count_taken(session: Session, counts: Sequence[Count]) -> list[int]:
    """How many places of each count are taken, in their order."""
    if not counts:
        return []
    wanted = _wanted()
    used = select(func.count()).select_from(quota_places).where(_is_of(wanted)).scalar_subquery()
    rows = session.execute(select(wanted.c.position, used.label("used")), get_values(counts))
    taken = {row.position: row.used for row in rows}
    return [taken[position] for position in range(len(counts))]


def _wanted(**more: TypeEngine[Any]) -> Subquery:
    """The counts as rows, from one array a column; `get_values` gives the arrays."""
    kinds: dict[str, TypeEngine[Any]] = {
        "position": Integer(),
        "programme": Text(),
        "season": Date(),
        "scope": Text(),
        "thing": Text(),
        "total": Integer(),
        **more,
    }
    columns = (
        func.unnest(bindparam(f"wanted_{name}", type_=ARRAY(kind))).label(name)
        for name, kind in kinds.items()
    )
    return select(*columns).subquery("wanted")


def get_values(counts: Sequence[Count]) -> dict[str, Any]:
    """The counts as the parameters of a statement about them."""
    return {
        "wanted_position": list(range(len(counts))),
        "wanted_programme": [one.programme for one in counts],
        "wanted_season": [one.season for one in counts],
        "wanted_scope": [one.scope.value for one in counts],
        "wanted_thing": [one.of for one in counts],
        "wanted_total": [one.total for one in counts],
    }


def _is_of(wanted: Subquery) -> ColumnElement[bool]:
    return and_(*(quota_places.c[key] == wanted.c[key] for key in KEYS))
