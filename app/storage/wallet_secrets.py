"""Codes and tokens by which a wallet takes a permit, each kept by the hash of its secret."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.database import Base, Session
from permits.audit import AuditEvent


class Secret(StrEnum):
    """`CODE` is in the offer and taken once; `TOKEN` is given for it and read while it holds."""

    CODE = "code"
    TOKEN = "token"  # noqa: S105


wallet_secrets = Table(
    "wallet_secrets",
    Base.metadata,
    Column("hash", LargeBinary, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("credential", PG_UUID, ForeignKey("credentials.id"), nullable=False),
    # The thumbprint of the first key that a wallet showed with the token (RFC 7638).
    Column("holder_key", Text),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("kind IN ('code', 'token')", name="kind"),
    CheckConstraint("kind = 'token' OR holder_key IS NULL", name="key_of_token"),
    Index("ix_wallet_secrets_expires_at", "expires_at"),
)


@dataclass(frozen=True)
class HeldToken:
    """What a token may take, and the thumbprint that it is bound to; None before its first use."""

    credential: UUID
    holder_key: str | None


def add_secret(
    session: Session,
    hashed: bytes,
    secret: Secret,
    credential: UUID,
    expires_at: datetime,
    *,
    event: AuditEvent,
) -> None:
    """Let whoever shows the secret take this credential until then."""
    session.execute(
        insert(wallet_secrets),
        {
            "hash": hashed,
            "kind": secret.value,
            "credential": credential,
            "expires_at": expires_at,
        },
    )
    audit.append(session, event)


def take_code(session: Session, hashed: bytes, now: datetime) -> UUID | None:
    """Use a code up: its credential; None where it is unknown, used or over."""
    used = delete(wallet_secrets).where(
        wallet_secrets.c.hash == hashed, wallet_secrets.c.kind == Secret.CODE.value
    )
    row = session.execute(used.returning(wallet_secrets)).first()
    return row.credential if row is not None and row.expires_at > now else None


def lock_token(session: Session, hashed: bytes, now: datetime) -> HeldToken | None:
    """A token that holds, its row held until the transaction ends; None where there is none."""
    row = session.execute(
        select(wallet_secrets)
        .where(
            wallet_secrets.c.hash == hashed,
            wallet_secrets.c.kind == Secret.TOKEN.value,
            wallet_secrets.c.expires_at > now,
        )
        .with_for_update()
    ).first()
    return HeldToken(row.credential, row.holder_key) if row is not None else None


def bind_token(session: Session, hashed: bytes, holder_key: str) -> None:
    """Let a token that is held serve this key alone from now on."""
    changed = update(wallet_secrets).where(wallet_secrets.c.hash == hashed)
    session.execute(changed.values(holder_key=holder_key))


def remove_over(session: Session, now: datetime) -> None:
    """Forget what is over."""
    session.execute(delete(wallet_secrets).where(wallet_secrets.c.expires_at <= now))
