"""Workers' numbers for life, and the joins by which several of them are one person's.

A number is never given twice. It leads to a person by the files that have it, and by nothing else:
where the last of them is erased, digits are left.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Row,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    exists,
    false,
    func,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.applications import applications
from app.storage.columns import OPERATIONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from app.storage.read_zones import read_zones
from app.storage.rounds import application_rounds
from app.storage.statements import constant
from permits.applications import ApplicationId, Status
from permits.audit import AuditEvent
from permits.people import PersonId
from permits.worker_numbers import Join, JoinId, NumberGround

worker_numbers = Table(
    "worker_numbers",
    Base.metadata,
    Column("number", Text, primary_key=True, info=PSEUDONYMOUS),
    Column("given_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
    CheckConstraint("number ~ '^[1-9][0-9]{9}$'", name="ten_digits"),
)

number_joins = Table(
    "number_joins",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=OPERATIONAL),
    Column("number", Text, ForeignKey("worker_numbers.number"), nullable=False, info=PSEUDONYMOUS),
    Column(
        "leads_to", Text, ForeignKey("worker_numbers.number"), nullable=False, info=PSEUDONYMOUS
    ),
    Column("ground", Text, nullable=False, info=OPERATIONAL),
    Column("made_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("made_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
    Column("undone_ground", Text, info=OPERATIONAL),
    Column("undone_by", PG_UUID, info=PSEUDONYMOUS),
    Column("undone_at", DateTime(timezone=True), info=OPERATIONAL),
    CheckConstraint("number <> leads_to", name="two_numbers"),
    CheckConstraint(
        "(undone_at IS NULL) = (undone_by IS NULL)"
        " AND (undone_at IS NULL) = (undone_ground IS NULL)",
        name="undone_together",
    ),
    # A number leads to one other at most.
    Index(
        "uq_number_joins_standing",
        "number",
        unique=True,
        postgresql_where=text("undone_at IS NULL"),
    ),
    Index("ix_number_joins_leads_to", "leads_to"),
)

_AS_HANDED_IN = [Status.UNDER_REVIEW.value, Status.ASKED.value, Status.REFUSED.value]
"""Of cases that stand so the answers are those of their last round."""

MOST = 50
"""Numbers of one life that are read; a person has one or two."""


_KNOWN: BindParameter[Any] = bindparam("known", expanding=True)
_JOINS = (
    select(number_joins)
    .where(
        number_joins.c.undone_at.is_(None),
        or_(number_joins.c.number.in_(_KNOWN), number_joins.c.leads_to.in_(_KNOWN)),
    )
    .order_by(number_joins.c.made_at, number_joins.c.id)
    .limit(MOST)
)


@dataclass(frozen=True)
class Lives:
    """The numbers of one person, or of a few, and how they stand together."""

    numbers: frozenset[str]
    joins: tuple[Join, ...]


@dataclass(frozen=True)
class Undone:
    """Who undid a join, when and why."""

    ground: NumberGround
    by: PersonId
    at: datetime


def list_of_worker(session: Session, application: ApplicationId) -> list[tuple[str, bool]]:
    """The numbers of the other cases of a case's worker, the newest case first.

    Those of cases that name the same identity document stand on top, and say so.
    """
    rows = session.execute(_listing_of_worker(), {"about": application})
    return [(row.worker_number, row.same) for row in rows]


@cache
def _listing_of_worker() -> Select[Any]:
    own, other = applications.alias("own"), applications
    same = func.coalesce(other.c.document_index == own.c.document_index, false())
    return (
        select(other.c.worker_number, same.label("same"))
        .select_from(own)
        .join(other, other.c.worker == own.c.worker)
        .where(own.c.id == bindparam("about"), other.c.worker_number.is_not(None))
        .order_by(same.desc(), other.c.submitted_at.desc(), other.c.id)
        .limit(MOST)
    )


def give_number(session: Session, number: str, now: datetime, *, event: AuditEvent) -> bool:
    """Take a number for somebody; False, and nothing logged, where it was given before."""
    return audit.add_once(session, worker_numbers, {"number": number, "given_at": now}, event=event)


def set_number(
    session: Session, application: ApplicationId, number: str, *, event: AuditEvent
) -> None:
    """Give a case another number; what it says, and how it stands, does not change."""
    here = applications.c.id == application
    session.execute(update(applications).where(here).values(worker_number=number))
    audit.append(session, event)


def read_lives(session: Session, numbers: Collection[str]) -> Lives:
    """All numbers that are one person's with any of these, and the joins between them."""
    known, joins = set(numbers), list[Join]()
    while True:
        joins = [_join(row) for row in session.execute(_JOINS, {"known": sorted(known)})]
        found = {number for join in joins for number in (join.number, join.leads_to)}
        if found <= known:
            return Lives(frozenset(known), tuple(joins))
        known |= found


def lock_numbers(session: Session, numbers: Collection[str]) -> dict[str, datetime]:
    """Hold numbers until the transaction ends; since when each is given."""
    rows = session.execute(
        select(worker_numbers)
        .where(worker_numbers.c.number.in_(numbers))
        .order_by(worker_numbers.c.number)
        .with_for_update()
    )
    return {row.number: row.given_at for row in rows}


def find_verified(session: Session, application: ApplicationId) -> str | None:
    """Another number of the same document, where an official verified it; the oldest case's.

    A comparison is of what was handed in by then: with a later round, or once the worker could
    correct what came back, the document may be another.
    """
    found: str | None = session.scalar(_finding_verified(), {"about": application})
    return found


@cache
def _finding_verified() -> Select[Any]:
    own, other, rounds = applications.alias("own"), applications, application_rounds
    compared = and_(
        other.c.status.in_(_AS_HANDED_IN),
        exists().where(
            read_zones.c.application == other.c.id,
            read_zones.c.confirmed.is_(True),
            rounds.c.application == other.c.id,
            rounds.c.round == other.c.round,
            read_zones.c.read_at >= rounds.c.submitted_at,
        ),
    )
    return (
        select(other.c.worker_number)
        .select_from(own)
        .join(other, other.c.document_index == own.c.document_index)
        .where(
            own.c.id == bindparam("about"),
            other.c.round > constant(0),
            other.c.worker_number != own.c.worker_number,
            or_(other.c.status == Status.APPROVED.value, compared),
        )
        .order_by(other.c.submitted_at, other.c.id)
        .limit(1)
    )


def count_other_documents(
    session: Session, application: ApplicationId, numbers: Collection[str]
) -> int:
    """How many cases with one of these numbers name another identity document than this case."""
    told = {"about": application, "known": sorted(numbers)}
    return int(session.execute(_counting_others(), told).scalar_one())


@cache
def _counting_others() -> Select[Any]:
    own, other = applications.alias("own"), applications
    return (
        select(func.count())
        .select_from(own)
        .join(other, other.c.document_index != own.c.document_index)
        .where(own.c.id == bindparam("about"), other.c.worker_number.in_(_KNOWN))
    )


def add_join(session: Session, join: Join, *, event: AuditEvent) -> None:
    """Record that one number leads to another."""
    session.execute(insert(number_joins), _columns(join))
    audit.append(session, event)


def undo_join(session: Session, join: Join, undone: Undone, *, event: AuditEvent) -> None:
    """End a join that stands; the row of it stays."""
    standing = and_(number_joins.c.id == join.id, number_joins.c.undone_at.is_(None))
    session.execute(update(number_joins).where(standing).values(_ended(undone)))
    audit.append(session, event)


def add_parting(session: Session, join: Join, undone: Undone, *, event: AuditEvent) -> None:
    """Record that a new number was parted from one, so that nothing joins the two by itself."""
    session.execute(insert(number_joins), _columns(join) | _ended(undone))
    audit.append(session, event)


def has_parted(session: Session, numbers: Collection[str]) -> bool:
    """Whether a join between two of these numbers was ever undone."""
    query = select(
        exists().where(
            number_joins.c.undone_at.is_not(None),
            number_joins.c.number.in_(numbers),
            number_joins.c.leads_to.in_(numbers),
        )
    )
    return bool(session.execute(query).scalar_one())


def _columns(join: Join) -> dict[str, object]:
    return {
        "id": join.id,
        "number": join.number,
        "leads_to": join.leads_to,
        "ground": join.ground.value,
        "made_by": join.made_by,
        "made_at": join.made_at,
    }


def _ended(undone: Undone) -> dict[str, object]:
    return {
        "undone_ground": undone.ground.value,
        "undone_by": undone.by,
        "undone_at": undone.at,
    }


def _join(row: Row[Any]) -> Join:
    return Join(
        JoinId(row.id),
        row.number,
        row.leads_to,
        NumberGround(row.ground),
        PersonId(row.made_by),
        row.made_at,
    )
