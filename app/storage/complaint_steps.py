"""What handlers did in a case, step by step, and what they noted beside it; words are sealed."""

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
    Index,
    Integer,
    LargeBinary,
    Row,
    Table,
    Text,
    UniqueConstraint,
    func,
    insert,
    select,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PSEUDONYMOUS, SENSITIVE
from app.storage.complaints import complaints
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.people import PersonId
from recruitment.complaints.filed import ComplaintId
from recruitment.complaints.handling import Deed

complaint_steps = Table(
    "complaint_steps",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("complaint", PG_UUID, ForeignKey("complaints.id"), nullable=False, info=PSEUDONYMOUS),
    Column("place", Integer, nullable=False, info=OPERATIONAL),
    Column("deed", Text, nullable=False, info=OPERATIONAL),
    Column("person", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("taken_on", Date, nullable=False, info=OPERATIONAL),
    Column("sealed", LargeBinary, info=SENSITIVE),
    # Whom a case was given to, or who was kept from it.
    Column("about", PG_UUID, info=PSEUDONYMOUS),
    UniqueConstraint("complaint", "place"),
    CheckConstraint("place >= 1", name="place"),
)

complaint_notes = Table(
    "complaint_notes",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("complaint", PG_UUID, ForeignKey("complaints.id"), nullable=False, info=PSEUDONYMOUS),
    Column("kind", Text, nullable=False, info=OPERATIONAL),
    Column("author", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("written_on", Date, nullable=False, info=OPERATIONAL),
    Column("sealed", LargeBinary, nullable=False, info=SENSITIVE),
    CheckConstraint("kind IN ('internal', 'personal', 'shield')", name="kind"),
    Index("ix_complaint_notes_complaint", "complaint", "written_on"),
)


@dataclass(frozen=True)
class Step:
    """One step of a case: what was done, by whom, on which day; its words are sealed.

    `about` is whom the case was given to, or who was kept from it.
    """

    id: UUID
    complaint: ComplaintId
    place: int
    deed: str
    person: PersonId
    taken_on: date
    sealed: bytes | None = None
    about: PersonId | None = None


@dataclass(frozen=True)
class SealedNote:
    """A note: for the whole office, for its author alone, or the id of a shield."""

    id: UUID
    complaint: ComplaintId
    kind: str
    author: PersonId
    written_on: date
    sealed: bytes


def add_step(session: Session, step: Step) -> None:
    """Keep a step; the case is saved in the same transaction, and that is logged."""
    session.execute(
        insert(complaint_steps),
        {
            "id": step.id,
            "complaint": step.complaint,
            "place": step.place,
            "deed": step.deed,
            "person": step.person,
            "taken_on": step.taken_on,
            "sealed": step.sealed,
            "about": step.about,
        },
    )


def count_steps(session: Session, complaint: ComplaintId) -> int:
    """How many a case has; who adds one holds the complaint's row."""
    query = select(func.count()).where(complaint_steps.c.complaint == complaint)
    return session.execute(query).scalar_one()


def list_steps(session: Session, complaint: ComplaintId) -> list[Step]:
    """Every step, from the first."""
    rows = session.execute(
        select(complaint_steps)
        .where(complaint_steps.c.complaint == complaint)
        .order_by(complaint_steps.c.place)
    )
    return [
        Step(
            row.id,
            ComplaintId(row.complaint),
            row.place,
            row.deed,
            PersonId(row.person),
            row.taken_on,
            row.sealed,
            PersonId(row.about) if row.about else None,
        )
        for row in rows
    ]


def list_out(session: Session, cases: Collection[UUID]) -> dict[UUID, frozenset[PersonId]]:
    """Who has a part in each of these cases: said it themselves, or was kept from it."""
    kept = complaint_steps.c
    gone = func.coalesce(kept.about, kept.person)
    rows = session.execute(
        select(kept.complaint, gone)
        .where(
            kept.complaint.in_(cases),
            kept.deed.in_([Deed.RECUSE.value, Deed.EXCLUDE.value]),
        )
        .order_by(kept.complaint, kept.place)
    )
    found: dict[UUID, frozenset[PersonId]] = dict.fromkeys(cases, frozenset())
    for complaint, person in rows:
        found[complaint] |= {PersonId(person)}
    return found


def list_employers_kept_from(session: Session, person: PersonId) -> frozenset[UUID]:
    """Employers named by a case in which this person has a part, however it ended."""
    kept = complaint_steps.c
    found = session.scalars(
        select(complaints.c.employer)
        .join(complaint_steps, kept.complaint == complaints.c.id)
        .where(
            complaints.c.employer.is_not(None),
            kept.deed.in_([Deed.RECUSE.value, Deed.EXCLUDE.value]),
            func.coalesce(kept.about, kept.person) == person,
        )
        .distinct()
    )
    return frozenset(found)


def add_note(session: Session, note: SealedNote, *, event: AuditEvent) -> None:
    """Keep a note; none is changed afterwards."""
    session.execute(
        insert(complaint_notes),
        {
            "id": note.id,
            "complaint": note.complaint,
            "kind": note.kind,
            "author": note.author,
            "written_on": note.written_on,
            "sealed": note.sealed,
        },
    )
    audit.append(session, event)


def list_notes(session: Session, complaint: ComplaintId) -> list[SealedNote]:
    """Every note of a case, the oldest first."""
    rows = session.execute(
        select(complaint_notes)
        .where(complaint_notes.c.complaint == complaint)
        .order_by(complaint_notes.c.written_on, complaint_notes.c.id)
    )
    return [_note(row) for row in rows]


def _note(row: Row[Any]) -> SealedNote:
    return SealedNote(
        row.id,
        ComplaintId(row.complaint),
        row.kind,
        PersonId(row.author),
        row.written_on,
        row.sealed,
    )
