"""What officials note beside a case. The words stand sealed, and go with the file."""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Row,
    Table,
    Text,
    false,
    insert,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PERSONAL, PSEUDONYMOUS, SENSITIVE
from app.storage.database import Base, Session
from app.storage.sealed import Vault
from permits.applications import ApplicationId
from permits.audit import AuditEvent
from permits.case_notes import CaseNote
from permits.people import OF_HONDURAS, Agency, PersonId

WORDS = "case_notes.words"
MOST_LISTED = 200


case_notes = Table(
    "case_notes",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column(
        "application",
        PG_UUID,
        ForeignKey("applications.id"),
        nullable=False,
        info=PSEUDONYMOUS,
    ),
    Column("agency", Text, nullable=False, info=OPERATIONAL),
    Column("author", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("shared", Boolean, nullable=False, info=OPERATIONAL),
    Column("words", LargeBinary, nullable=False, info=SENSITIVE),
    Column("written_at", DateTime(timezone=True), nullable=False, info=PERSONAL),
    ForeignKeyConstraint(["agency"], ["agencies.agency"]),
    Index("ix_case_notes_application", "application", "written_at"),
)


def add_note(session: Session, vault: Vault, note: CaseNote, *, event: AuditEvent) -> None:
    """Keep a note; none is changed afterwards."""
    session.execute(
        insert(case_notes),
        {
            "id": note.id,
            "application": note.application,
            "agency": note.agency.value,
            "author": note.author,
            "shared": note.shared,
            "words": vault.seal(WORDS, note.id, note.words),
            "written_at": note.written_at,
        },
    )
    audit.append(session, event)


def list_notes(
    session: Session, vault: Vault, application: ApplicationId, agency: Agency
) -> list[CaseNote]:
    """What an agency may read, newest first; `MOST_LISTED` at most."""
    shared = case_notes.c.shared if agency in OF_HONDURAS else false()
    rows = session.execute(
        select(case_notes)
        .where(
            case_notes.c.application == application,
            or_(case_notes.c.agency == agency.value, shared),
        )
        .order_by(case_notes.c.written_at.desc(), case_notes.c.id)
        .limit(MOST_LISTED)
    )
    return [_note(vault, row) for row in rows]


def _note(vault: Vault, row: Row[Any]) -> CaseNote:
    return CaseNote(
        row.id,
        ApplicationId(row.application),
        Agency(row.agency),
        PersonId(row.author),
        row.shared,
        vault.open(WORDS, row.id, row.words),
        row.written_at,
    )
