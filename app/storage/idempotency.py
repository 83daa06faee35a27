"""Answers to requests that were made under an Idempotency-Key, for those who ask again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Column,
    DateTime,
    Integer,
    LargeBinary,
    Table,
    Text,
    bindparam,
    delete,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.storage.database import Base, Session
from app.storage.statements import given, later
from permits.people import PersonId

idempotency_keys = Table(
    "idempotency_keys",
    Base.metadata,
    Column("person", PG_UUID, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("status", Integer),
    Column("body", LargeBinary),
    Column("etag", Text),
    Column("created_at", DateTime(timezone=True), nullable=False),
)


_OWN = idempotency_keys.c
_CLAIMING = (
    pg_insert(idempotency_keys)
    .values(later(idempotency_keys, ("person", "key", "fingerprint", "created_at")))
    .on_conflict_do_nothing(index_elements=["person", "key"])
    .returning(_OWN.key)
)
_KEEPING = (
    update(idempotency_keys)
    .where(_OWN.person == bindparam("of_person"), _OWN.key == bindparam("of_key"))
    .values({name: bindparam(name, type_=_OWN[name].type) for name in ("status", "body", "etag")})
)


@dataclass(frozen=True)
class KeptAnswer:
    """What was answered the first time; `status` is None while that request still runs."""

    fingerprint: bytes
    status: int | None
    body: bytes | None
    etag: str | None


def claim(session: Session, person: PersonId, key: str, fingerprint: bytes, now: datetime) -> bool:
    """Be the first to use a key; False where somebody was. Waits for a first one under way."""
    values = {"person": person, "key": key, "fingerprint": fingerprint, "created_at": now}
    return session.execute(_CLAIMING, given(values)).one_or_none() is not None


def find_answer(session: Session, person: PersonId, key: str) -> KeptAnswer | None:
    """The answer kept under a key."""
    row = session.execute(
        select(idempotency_keys).where(
            idempotency_keys.c.person == person, idempotency_keys.c.key == key
        )
    ).one_or_none()
    return KeptAnswer(row.fingerprint, row.status, row.body, row.etag) if row else None


def keep(
    session: Session, person: PersonId, key: str, status: int, body: bytes, etag: str | None
) -> None:
    """Keep the answer in the same transaction as its effects."""
    told = {"of_person": person, "of_key": key}
    session.execute(_KEEPING, told | {"status": status, "body": body, "etag": etag})


def remove_before(session: Session, day: datetime) -> None:
    """Forget keys older than `day`; they are kept for 24 hours at least."""
    session.execute(delete(idempotency_keys).where(idempotency_keys.c.created_at < day))
