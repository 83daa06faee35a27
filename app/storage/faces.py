"""Signed faces: the text of a card's second symbol, beside the card and gone with it.

It carries a photo, so its text stands sealed.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, DateTime, ForeignKey, LargeBinary, Table, insert, select
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.database import Base, Session
from app.storage.sealed import Vault
from permits.audit import AuditEvent
from permits.issuing import CredentialId

TEXT = "faces.text"
"""Where it is sealed."""

faces = Table(
    "faces",
    Base.metadata,
    Column("credential", PG_UUID, ForeignKey("credentials.id"), primary_key=True),
    Column("kid", LargeBinary, nullable=False),
    Column("text", LargeBinary, nullable=False),
    Column("signed_at", DateTime(timezone=True), nullable=False),
)


def add_face(
    session: Session,
    vault: Vault,
    credential: CredentialId,
    kid: bytes,
    text: str,
    now: datetime,
    *,
    event: AuditEvent,
) -> None:
    """Keep the face of a card; a card has one, for good."""
    sealed = vault.seal(TEXT, credential, text)
    session.execute(
        insert(faces),
        {
            "credential": credential,
            "kid": kid,
            "text": sealed,
            "signed_at": now,
        },
    )
    audit.append(session, event)


def find_face(session: Session, vault: Vault, credential: UUID) -> str | None:
    """The text of a card's face; None where it has none or was erased."""
    query = select(faces.c.text).where(faces.c.credential == credential)
    sealed = session.execute(query).scalar_one_or_none()
    return None if sealed is None else vault.open(TEXT, credential, sealed)
