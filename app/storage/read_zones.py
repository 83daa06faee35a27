"""The machine-readable zone of a document as an official read it; it stands sealed."""

from typing import Any

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, LargeBinary, Table
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PERSONAL, PSEUDONYMOUS, SENSITIVE
from app.storage.database import Base, Session
from app.storage.sealed import Vault
from app.storage.statements import put
from permits.applications import ApplicationId
from permits.audit import AuditEvent
from permits.identity_checks import ReadZone
from permits.people import PersonId

ZONE = "read_zones.text"

read_zones = Table(
    "read_zones",
    Base.metadata,
    Column(
        "application",
        PG_UUID,
        ForeignKey("applications.id"),
        primary_key=True,
        info=PSEUDONYMOUS,
    ),
    # None where the document was compared and has no zone, or nobody read it.
    Column("text", LargeBinary, info=SENSITIVE),
    Column("confirmed", Boolean, nullable=False, info=OPERATIONAL),
    Column("read_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("read_at", DateTime(timezone=True), nullable=False, info=PERSONAL),
)


def save_zone(
    session: Session,
    vault: Vault,
    application: ApplicationId,
    zone: ReadZone,
    *,
    event: AuditEvent,
) -> None:
    """Keep what was read; what was read before is replaced."""
    values = {
        "text": vault.seal(ZONE, application, zone.text) if zone.text else None,
        "confirmed": zone.confirmed,
        "read_by": zone.read_by,
        "read_at": zone.read_at,
    }
    put(session, read_zones, {"application": application}, values)
    audit.append(session, event)


def read_zone(vault: Vault, application: ApplicationId, values: dict[str, Any]) -> ReadZone | None:
    """What was read, of the columns of its row; None where there is none."""
    if values["read_at"] is None:
        return None
    text = vault.open(ZONE, application, values["text"]) if values["text"] else ""
    return ReadZone(text, values["confirmed"], PersonId(values["read_by"]), values["read_at"])
