"""The roster: one row for each person who waits for work abroad, beside their draft."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    Row,
    Select,
    Table,
    exists,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.applications import applications
from app.storage.candidacies import candidacies
from app.storage.columns import INSTANT, OPERATIONAL, PERSONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from app.storage.statements import put
from permits.applications import Status
from permits.audit import AuditEvent
from permits.people import PersonId
from recruitment.candidacies import CandidacyStatus
from recruitment.roster import Education, Licence, Profile, Proof, RosterEntry, Trade

MOST_ENTRIES = 5_000
"""So many people are compared with one vacancy, those who joined first; a programme sends some
hundreds a month."""

roster_entries = Table(
    "roster_entries",
    Base.metadata,
    Column("application", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("worker", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("profile", JSONB, nullable=False, info=PERSONAL),
    Column("joined_at", INSTANT, nullable=False, info=PERSONAL),
    Column("renewed_at", INSTANT, nullable=False, info=PERSONAL),
    Column("valid_until", Date, nullable=False, info=PERSONAL),
    Column("version", Integer, nullable=False, info=OPERATIONAL),
    Column("left_at", INSTANT, info=PERSONAL),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    CheckConstraint("joined_at <= renewed_at", name="joined_first"),
    Index(
        "uq_roster_entries_worker", "worker", unique=True, postgresql_where=text("left_at IS NULL")
    ),
    Index("ix_roster_entries_joined_at", "joined_at", postgresql_where=text("left_at IS NULL")),
)


@dataclass(frozen=True)
class Waiting:
    """Somebody of the roster who has no work yet, and their name."""

    entry: RosterEntry
    worker_name: str = field(repr=False)


def find_entry(session: Session, application: UUID, *, hold: bool = False) -> RosterEntry | None:
    """The entry beside an application, also one that ended; with `hold` its row until the end."""
    query = select(roster_entries).where(roster_entries.c.application == application)
    row = session.execute(query.with_for_update() if hold else query).one_or_none()
    return None if row is None else _entry(row)


def save_entry(session: Session, entry: RosterEntry, *, event: AuditEvent) -> None:
    """Write an entry, new or renewed; an entry beside another application of theirs ends."""
    own = roster_entries.c
    session.execute(
        update(roster_entries)
        .where(
            own.worker == entry.worker, own.application != entry.application, own.left_at.is_(None)
        )
        .values(left_at=entry.renewed_at)
    )
    values = {
        "profile": _plain(entry.profile),
        "joined_at": entry.joined_at,
        "renewed_at": entry.renewed_at,
        "valid_until": entry.valid_until,
        "version": entry.version,
        "left_at": entry.left_at,
    }
    key, first = {"application": entry.application}, {"worker": entry.worker}
    put(session, roster_entries, key, values, first)
    audit.append(session, event)


def list_waiting(session: Session, programme: str, day: date) -> list[Waiting]:
    """Who is on the roster for a programme and has no work yet, those who joined first on top."""
    own = roster_entries.c
    rows = session.execute(
        _standing(day)
        .where(own.profile["destinations"].contains([programme]))
        .order_by(own.joined_at, own.application)
        .limit(MOST_ENTRIES)
    )
    return [Waiting(_entry(row), row.worker_name) for row in rows]


def list_ending(
    session: Session,
    today: date,
    until: date,
    limit: int,
    after: tuple[date, UUID] | None = None,
) -> list[RosterEntry]:
    """Whose place ends on one of these days, who has no work yet; the first to end on top.

    From the one behind `after` (last day and application) on.
    """
    own = roster_entries.c
    query = _standing(today).where(own.valid_until <= until)
    if after is not None:
        query = query.where(tuple_(own.valid_until, own.application) > after)
    rows = session.execute(query.order_by(own.valid_until, own.application).limit(limit))
    return [_entry(row) for row in rows]


def list_entries(session: Session, some: Collection[UUID]) -> dict[UUID, RosterEntry]:
    """The entries beside these applications, also those that ended."""
    query = select(roster_entries).where(roster_entries.c.application.in_(some))
    return {row.application: _entry(row) for row in session.execute(query)}


def _standing(day: date) -> Select[Any]:
    own, files = roster_entries.c, applications.c
    placed = exists().where(
        candidacies.c.application == own.application,
        candidacies.c.status == CandidacyStatus.ACCEPTED.value,
    )
    return (
        select(roster_entries, files.worker_name)
        .join(applications, files.id == own.application)
        .where(
            own.left_at.is_(None),
            own.valid_until >= day,
            files.status == Status.DRAFT.value,
            ~placed,
        )
    )


def _plain(profile: Profile) -> dict[str, object]:
    return {
        "trades": [
            {"occupation": one.occupation, "years": one.years, "proof": one.proof.value}
            for one in profile.trades
        ],
        "languages": sorted(profile.languages),
        "education": profile.education.value if profile.education else None,
        "licences": sorted(one.value for one in profile.licences),
        "free_from": profile.free_from.isoformat(),
        "free_until": profile.free_until.isoformat() if profile.free_until else None,
        "destinations": sorted(profile.destinations),
    }


def _profile(told: Mapping[str, Any]) -> Profile:
    until = told["free_until"]
    return Profile(
        tuple(
            Trade(one["occupation"], one["years"], Proof(one["proof"])) for one in told["trades"]
        ),
        frozenset(told["languages"]),
        Education(told["education"]) if told["education"] else None,
        frozenset(Licence(one) for one in told["licences"]),
        date.fromisoformat(told["free_from"]),
        date.fromisoformat(until) if until else None,
        frozenset(told["destinations"]),
    )


def _entry(row: Row[Any]) -> RosterEntry:
    return RosterEntry(
        row.application,
        PersonId(row.worker),
        _profile(row.profile),
        row.joined_at,
        row.renewed_at,
        row.valid_until,
        row.version,
        row.left_at,
    )
