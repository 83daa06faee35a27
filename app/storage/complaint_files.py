"""Evidence of complaints: where each file lies, and who did what with it; what it is, is sealed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    insert,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PSEUDONYMOUS, SENSITIVE
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.people import PersonId
from recruitment.complaints.custody import Reason
from recruitment.complaints.filed import ComplaintId


class Step(StrEnum):
    """What was done with a piece of evidence."""

    TAKEN_IN = "taken-in"
    OPENED = "opened"
    COPIED = "copied"
    """A copy without metadata was made of it."""
    HANDED_OVER = "handed-over"


STEPS = ", ".join(f"'{one.value}'" for one in Step)
REASONS = ", ".join(f"'{one.value}'" for one in Reason)

complaint_files = Table(
    "complaint_files",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("complaint", PG_UUID, ForeignKey("complaints.id"), nullable=False, info=PSEUDONYMOUS),
    # With which message of the conversation it came.
    Column("place", Integer, nullable=False, info=OPERATIONAL),
    Column("object_key", Text, nullable=False, unique=True, info=SENSITIVE),
    # SHA-256 of the sealed bytes, as they lie in the store; that of the file itself is sealed.
    Column("sha256", Text, nullable=False, info=PSEUDONYMOUS),
    Column("about", LargeBinary, nullable=False, info=SENSITIVE),
    Column("added_on", Date, nullable=False, info=OPERATIONAL),
    Column("noted", Boolean, nullable=False, info=OPERATIONAL),
    CheckConstraint("place >= 1", name="place"),
    Index("ix_complaint_files_complaint", "complaint", "place"),
    Index("ix_complaint_files_noted", "added_on", postgresql_where=text("NOT noted")),
)

complaint_custody = Table(
    "complaint_custody",
    Base.metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True, info=OPERATIONAL),
    Column("file", PG_UUID, ForeignKey("complaint_files.id"), nullable=False, info=PSEUDONYMOUS),
    Column("step", Text, nullable=False, info=OPERATIONAL),
    # Who and when: an official to the second; of a complainant nobody, and the file's day.
    Column("person", PG_UUID, info=PSEUDONYMOUS),
    Column("at", DateTime(timezone=True), info=OPERATIONAL),
    Column("why", Text, nullable=False, info=OPERATIONAL),
    CheckConstraint(f"step IN ({STEPS})", name="step"),
    CheckConstraint("(person IS NULL) = (step = 'taken-in')", name="person"),
    CheckConstraint("(person IS NULL) = (at IS NULL)", name="at"),
    CheckConstraint(f"why IN ('', {REASONS})", name="why"),
    CheckConstraint("(why = '') = (step = 'taken-in')", name="reason"),
    Index("ix_complaint_custody_file", "file", "id"),
)


@dataclass(frozen=True)
class SealedFile:
    """A piece of evidence as it is kept; `about` tells, sealed, its kind, size and SHA-256."""

    id: UUID
    complaint: ComplaintId
    place: int
    object_key: str
    sha256: str
    about: bytes
    added_on: date


@dataclass(frozen=True)
class Custody:
    """One step of a file's way; who, when and why are None where a complainant gave it."""

    file: UUID
    step: Step
    person: PersonId | None
    at: datetime | None
    why: Reason | None


def add_file(session: Session, file: SealedFile) -> None:
    """Keep a piece of evidence and the first step of its way; the nightly batch tells the log."""
    session.execute(
        insert(complaint_files),
        {
            "id": file.id,
            "complaint": file.complaint,
            "place": file.place,
            "object_key": file.object_key,
            "sha256": file.sha256,
            "about": file.about,
            "added_on": file.added_on,
            "noted": False,
        },
    )
    session.execute(
        insert(complaint_custody), {"file": file.id, "step": Step.TAKEN_IN.value, "why": ""}
    )


def note_step(session: Session, file: UUID, step: Step, why: Reason, *, event: AuditEvent) -> None:
    """Write down what an official did with a file, and why."""
    session.execute(
        insert(complaint_custody),
        {
            "file": file,
            "step": step.value,
            "person": event.person,
            "at": event.at,
            "why": why.value,
        },
    )
    audit.append(session, event)


def list_files(session: Session, complaint: ComplaintId) -> list[SealedFile]:
    """Every file of a case, as they came."""
    rows = session.execute(
        select(complaint_files)
        .where(complaint_files.c.complaint == complaint)
        .order_by(complaint_files.c.place, complaint_files.c.id)
    )
    return [
        SealedFile(
            row.id,
            ComplaintId(row.complaint),
            row.place,
            row.object_key,
            row.sha256,
            row.about,
            row.added_on,
        )
        for row in rows
    ]


def list_custody(session: Session, complaint: ComplaintId) -> list[Custody]:
    """The way of every file of a case from the first step."""
    rows = session.execute(
        select(complaint_custody)
        .join(complaint_files, complaint_files.c.id == complaint_custody.c.file)
        .where(complaint_files.c.complaint == complaint)
        .order_by(complaint_custody.c.id)
    )
    return [
        Custody(
            row.file,
            Step(row.step),
            PersonId(row.person) if row.person else None,
            row.at,
            Reason(row.why) if row.why else None,
        )
        for row in rows
    ]


def list_object_keys(session: Session, complaints: Collection[ComplaintId]) -> list[str]:
    """Where the files of these cases lie."""
    return list(
        session.execute(
            select(complaint_files.c.object_key)
            .where(complaint_files.c.complaint.in_(complaints))
            .order_by(complaint_files.c.object_key)
        ).scalars()
    )


def list_strays(session: Session, object_keys: Collection[str]) -> list[str]:
    """Which of these belong to no complaint."""
    known = set(
        session.execute(
            select(complaint_files.c.object_key).where(
                complaint_files.c.object_key.in_(object_keys)
            )
        ).scalars()
    )
    return sorted(set(object_keys) - known)
