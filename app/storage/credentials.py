"""Credentials: the number and the exact bytes first, the signed text afterwards.

A permit names a person and their document, so its bytes and its text stand sealed.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Row,
    Table,
    Text,
    UniqueConstraint,
    insert,
    select,
    text,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.authorisations import authorisations, is_reached
from app.storage.database import Base, Session
from app.storage.sealed import Vault, open_bytes, seal_bytes
from permits.audit import AuditEvent
from permits.authorisations import AuthorisationId
from permits.errors import Hidden, NotFound, Stale
from permits.issuing import Credential, CredentialId, CredentialState, RevocationReason
from permits.reach import EVERYTHING, Reach

TO_BE_SIGNED, PAYLOAD = "credentials.to_be_signed", "credentials.payload"
TEXT = "credentials.text"
"""Where each of the three is sealed."""

credentials = Table(
    "credentials",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True),
    Column("authorisation", PG_UUID, ForeignKey("authorisations.id"), nullable=False),
    Column("number", Text, nullable=False, unique=True),
    Column("state", Text, nullable=False),
    Column("kid", LargeBinary, nullable=False),
    Column("status_list", Integer, nullable=False),
    Column("status_index", Integer, nullable=False),
    Column("to_be_signed", LargeBinary),
    Column("payload", LargeBinary),
    Column("text", LargeBinary),
    Column("valid_from", DateTime(timezone=True), nullable=False),
    Column("expires", DateTime(timezone=True), nullable=False),
    Column("version", Integer, nullable=False),
    Column("prepared_at", DateTime(timezone=True), nullable=False),
    Column("issued_at", DateTime(timezone=True)),
    Column("revoked_at", DateTime(timezone=True)),
    Column("revocation_reason", Text),
    # What it said is gone; its number and its place in the status list are never given again.
    Column("erased_at", DateTime(timezone=True)),
    UniqueConstraint("status_list", "status_index"),
    CheckConstraint("state IN ('pending', 'issued', 'replaced', 'revoked')", name="state"),
    CheckConstraint(
        "erased_at IS NOT NULL OR (text IS NULL) = (issued_at IS NULL)", name="issued_together"
    ),
    CheckConstraint("state <> 'pending' OR text IS NULL", name="pending_unsigned"),
    CheckConstraint(
        "state NOT IN ('issued', 'replaced') OR text IS NOT NULL OR erased_at IS NOT NULL",
        name="issued_text",
    ),
    CheckConstraint(
        "(payload IS NULL) = (erased_at IS NOT NULL)"
        " AND (to_be_signed IS NULL) = (erased_at IS NOT NULL)"
        " AND (erased_at IS NULL OR text IS NULL)",
        name="erased",
    ),
    CheckConstraint(
        "(state = 'revoked') = (revoked_at IS NOT NULL)"
        " AND (revoked_at IS NULL) = (revocation_reason IS NULL)",
        name="revoked_together",
    ),
    CheckConstraint("valid_from < expires", name="validity"),
    # One standing credential for each right, whoever asks at the same instant.
    Index(
        "uq_credentials_standing",
        "authorisation",
        unique=True,
        postgresql_where=text("state IN ('pending', 'issued')"),
    ),
    Index("ix_credentials_state", "state"),
)


def add_credential(
    session: Session, vault: Vault, credential: Credential, *, event: AuditEvent
) -> None:
    """Record a credential before it is signed (the intent)."""
    session.execute(
        insert(credentials).values(
            id=credential.id,
            authorisation=credential.authorisation,
            number=credential.number,
            state=credential.state.value,
            kid=credential.kid,
            status_list=credential.status_list,
            status_index=credential.status_index,
            to_be_signed=seal_bytes(vault, TO_BE_SIGNED, credential.id, credential.to_be_signed),
            payload=seal_bytes(vault, PAYLOAD, credential.id, credential.payload),
            valid_from=credential.valid_from,
            expires=credential.expires,
            version=credential.version,
            prepared_at=credential.prepared_at,
        )
    )
    audit.append(session, event)


def save_credential(
    session: Session, vault: Vault, before: Credential, after: Credential, *, event: AuditEvent
) -> Credential:
    """Write a new state over the one that was read; Stale where somebody was faster.

    Only what is new is written: who may revoke has no right to give a text, nor the other way.
    """
    changed: dict[str, object] = {"state": after.state.value, "version": before.version + 1}
    if (after.text, after.issued_at) != (before.text, before.issued_at):
        text = None if after.text is None else vault.seal(TEXT, before.id, after.text)
        changed |= {"text": text, "issued_at": after.issued_at}
    if (reason := after.revocation_reason) is not before.revocation_reason:
        said = reason.value if reason else None
        changed |= {"revoked_at": after.revoked_at, "revocation_reason": said}
    row = session.execute(
        update(credentials)
        .where(credentials.c.id == before.id, credentials.c.version == before.version)
        .values(changed)
        .returning(*credentials.c)
    ).one_or_none()
    if row is None:
        raise Stale("changed-meanwhile")
    audit.append(session, event)
    return _credential(vault, row)


def get_credential(session: Session, vault: Vault, credential: UUID, *, reach: Reach) -> Credential:
    """Read one credential; NotFound where there is none within reach, or where it was erased."""
    return _read(session, vault, credential, reach)


def lock_credential(
    session: Session, vault: Vault, credential: UUID, *, reach: Reach
) -> Credential:
    """Read one credential and hold its row until the transaction ends."""
    return _read(session, vault, credential, reach, hold=True)


def lock_pending(session: Session, limit: int) -> list[UUID]:
    """Credentials that wait for their signature and that no other process holds.

    Their ids alone: one that does not open keeps no other waiting.
    """
    rows = session.execute(
        select(credentials.c.id)
        .where(credentials.c.state == CredentialState.PENDING.value)
        .order_by(credentials.c.prepared_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [row.id for row in rows]


def find_standing(session: Session, vault: Vault, authorisation: UUID) -> Credential | None:
    """The newest credential of a right, whatever its state; None too once it was erased."""
    row = session.execute(
        select(credentials)
        .where(credentials.c.authorisation == authorisation, credentials.c.erased_at.is_(None))
        .order_by(credentials.c.prepared_at.desc(), credentials.c.id)
        .limit(1)
    ).one_or_none()
    return _credential(vault, row) if row else None


def find_by_number(session: Session, vault: Vault, number: str) -> Credential | None:
    """The credential that a permit number names; None too once it was erased."""
    row = session.execute(
        select(credentials).where(credentials.c.number == number, credentials.c.erased_at.is_(None))
    ).one_or_none()
    return _credential(vault, row) if row else None


def find_id(session: Session, number: str) -> UUID | None:
    """The id of the credential that a number names; nothing is opened."""
    query = select(credentials.c.id).where(credentials.c.number == number)
    return session.execute(query).scalar_one_or_none()


def list_revoked_indexes(session: Session, status_list: int) -> list[int]:
    """The indexes of one list that are not valid any more."""
    rows = session.execute(
        select(credentials.c.status_index).where(
            credentials.c.status_list == status_list,
            credentials.c.state.in_(["revoked", "replaced"]),
        )
    )
    return [row.status_index for row in rows]


def is_index_taken(session: Session, status_list: int, index: int) -> bool:
    """Whether an index of one list was ever given out."""
    query = select(credentials.c.id).where(
        credentials.c.status_list == status_list, credentials.c.status_index == index
    )
    return session.execute(query).first() is not None


def _read(
    session: Session, vault: Vault, credential: UUID, reach: Reach, *, hold: bool = False
) -> Credential:
    """The credential; what lies beyond is Hidden, and looks as if there were none."""
    here = credentials.c.id == credential
    query = select(credentials).where(here, credentials.c.erased_at.is_(None), _reached(reach))
    row = session.execute(query.with_for_update() if hold else query).one_or_none()
    if row is not None:
        return _credential(vault, row)
    known = session.execute(select(credentials.c.id).where(here)).first() is not None
    raise (Hidden if known else NotFound)("no-such-credential")


def _reached(reach: Reach) -> ColumnElement[bool]:
    if reach == EVERYTHING:
        return true()
    rights = select(authorisations.c.id).where(is_reached(reach))
    return credentials.c.authorisation.in_(rights)


def _credential(vault: Vault, row: Row[Any]) -> Credential:
    reason = row.revocation_reason
    return Credential(
        CredentialId(row.id),
        AuthorisationId(row.authorisation),
        row.number,
        CredentialState(row.state),
        row.kid,
        row.status_list,
        row.status_index,
        open_bytes(vault, TO_BE_SIGNED, row.id, row.to_be_signed),
        open_bytes(vault, PAYLOAD, row.id, row.payload),
        row.valid_from,
        row.expires,
        row.version,
        row.prepared_at,
        None if row.text is None else vault.open(TEXT, row.id, row.text),
        row.issued_at,
        row.revoked_at,
        RevocationReason(reason) if reason else None,
    )


def note_reading(session: Session, *, event: AuditEvent) -> None:
    """Remember who opened or printed a credential, or had it verified."""
    audit.append(session, event)
