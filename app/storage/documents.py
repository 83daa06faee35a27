"""Files of an application: where each lies in the object store; a newer one stands before it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Select,
    Table,
    Text,
    bindparam,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.database import Base, Session
from permits.applications import ApplicationId
from permits.audit import AuditEvent
from permits.errors import NotFound
from permits.later_papers import LaterPaper
from permits.submissions import DocumentKind

PAPERS = ", ".join(f"'{paper.value}'" for paper in LaterPaper)

SEVERAL = frozenset({DocumentKind.ANSWER, DocumentKind.EVIDENCE, DocumentKind.LATE})
"""Kinds of which more than one stands."""

documents = Table(
    "documents",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True),
    Column("application", PG_UUID, ForeignKey("applications.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("object_key", Text, nullable=False, unique=True),
    Column("media_type", Text, nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("attached_at", DateTime(timezone=True), nullable=False),
    # A replaced file stays: an earlier round was decided on it.
    Column("replaced_at", DateTime(timezone=True)),
    # Of which paper a later photo is; of no other kind.
    Column("paper", Text),
    CheckConstraint(
        "kind IN ('identity-front', 'identity-back', 'photo', 'answer', 'evidence', 'late')",
        name="kind",
    ),
    CheckConstraint("(kind = 'late') = (paper IS NOT NULL)", name="paper_of_late"),
    CheckConstraint(f"paper IN ({PAPERS})", name="paper"),
    CheckConstraint("size_bytes > 0", name="size"),
    Index(
        "uq_documents_current",
        "application",
        "kind",
        unique=True,
        postgresql_where=text("replaced_at IS NULL AND kind NOT IN ('answer', 'evidence', 'late')"),
    ),
)


@dataclass(frozen=True)
class Document:
    """One stored file, re-encoded and without metadata; `paper` tells what a late one is."""

    id: UUID
    application: ApplicationId
    kind: DocumentKind
    object_key: str
    media_type: str
    size_bytes: int
    sha256: str
    attached_at: datetime
    paper: LaterPaper | None = None


def add_document(
    session: Session,
    document: Document,
    *,
    instead_of: UUID | None = None,
    event: AuditEvent,
) -> None:
    """Attach a file; one of the same kind that stood before is marked as replaced.

    An answer, a proof or a late paper replaces the one that it stands `instead_of` alone: each has
    its own question, or none.
    """
    same = documents.c.kind == document.kind.value
    if document.kind in SEVERAL:
        same = documents.c.id == instead_of
    session.execute(
        update(documents)
        .where(
            documents.c.application == document.application,
            same,
            documents.c.replaced_at.is_(None),
        )
        .values(replaced_at=document.attached_at)
    )
    session.execute(
        insert(documents),
        {
            "id": document.id,
            "application": document.application,
            "kind": document.kind.value,
            "object_key": document.object_key,
            "media_type": document.media_type,
            "size_bytes": document.size_bytes,
            "sha256": document.sha256,
            "attached_at": document.attached_at,
            "paper": document.paper.value if document.paper else None,
        },
    )
    audit.append(session, event)


def get_document(session: Session, application: ApplicationId, document: UUID) -> Document:
    """A file of this application; NotFound where it is another's or does not exist."""
    row = session.execute(
        select(documents).where(documents.c.id == document, documents.c.application == application)
    ).one_or_none()
    if row is None:
        raise NotFound("no-such-document")
    return read_document(row._mapping)


def list_documents(session: Session, application: ApplicationId) -> list[Document]:
    """The files that stand now, by kind."""
    rows = session.execute(_standing(), {"of_application": application})
    return [read_document(row._mapping) for row in rows]


@cache
def _standing() -> Select[Any]:
    here = documents.c.application == bindparam("of_application")
    stands = documents.c.replaced_at.is_(None)
    return select(documents).where(here, stands).order_by(documents.c.kind)


def read_document(values: Mapping[Any, Any]) -> Document:
    """A file, of the columns of its row."""
    return Document(
        values["id"],
        ApplicationId(values["application"]),
        DocumentKind(values["kind"]),
        values["object_key"],
        values["media_type"],
        values["size_bytes"],
        values["sha256"],
        values["attached_at"],
        LaterPaper(values["paper"]) if values["paper"] else None,
    )


def note_reading(session: Session, *, event: AuditEvent) -> None:
    """Remember who looked at a file."""
    audit.append(session, event)
