"""Codes and tokens by which a wallet takes a permit: one row each, kept by the hash of its secret.

They stand among the other short-lived secrets, whose nightly forgetting they share.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from app.storage import audit
from app.storage.database import Session
from app.storage.sign_in_steps import challenges
from permits.audit import AuditEvent


class Secret(StrEnum):
    """`CODE` is in the offer and taken once; `TOKEN` is given for it and read while it holds."""

    CODE = "wallet-code"
    TOKEN = "wallet-token"  # noqa: S105


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
        insert(challenges).values(
            hash=hashed, purpose=secret.value, subject=credential, expires_at=expires_at
        )
    )
    audit.append(session, event)


def take_code(session: Session, hashed: bytes, now: datetime) -> UUID | None:
    """Use a code up: its credential; None where it is unknown, used or over."""
    used = delete(challenges).where(
        challenges.c.hash == hashed, challenges.c.purpose == Secret.CODE.value
    )
    row = session.execute(used.returning(challenges)).first()
    return row.subject if row is not None and row.expires_at > now else None


@dataclass(frozen=True)
class HeldToken:
    """What a token may take; `key` names the wallet's key that showed it first, "" before that."""

    credential: UUID
    key: str


def lock_token(session: Session, hashed: bytes, now: datetime) -> HeldToken | None:
    """A token that holds, its row held until the transaction ends; None where there is none."""
    row = session.execute(
        select(challenges)
        .where(
            challenges.c.hash == hashed,
            challenges.c.purpose.startswith(Secret.TOKEN.value, autoescape=True),
            challenges.c.expires_at > now,
        )
        .with_for_update()
    ).first()
    return HeldToken(row.subject, row.purpose.partition(" ")[2]) if row is not None else None


def bind_token(session: Session, hashed: bytes, key: str) -> None:
    """Let a token that is held serve this key alone from now on."""
    changed = update(challenges).where(challenges.c.hash == hashed)
    session.execute(changed.values(purpose=f"{Secret.TOKEN.value} {key}"))
