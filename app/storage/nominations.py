"""Workers whom an employer named for a vacancy; the document number only as a keyed hash."""

from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from uuid import UUID

from sqlalchemy import Column, ForeignKey, LargeBinary, Table, delete, func, select
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert

from app.storage import audit
from app.storage.database import Base, Session
from app.storage.sealed import Vault
from permits.audit import AuditEvent

_NAMES = 5_783_371
"""Our first key among the advisory locks of the database."""

nominations = Table(
    "nominations",
    Base.metadata,
    Column("vacancy", PG_UUID, ForeignKey("vacancies.id"), primary_key=True),
    Column("document_hash", LargeBinary, primary_key=True),
)


def lock_names(session: Session, vacancy: UUID) -> None:
    """Let nobody else name workers for this vacancy until the transaction ends."""
    session.execute(select(func.pg_advisory_xact_lock(_NAMES, func.hashtext(str(vacancy)))))


def name_workers(
    session: Session, vault: Vault, vacancy: UUID, numbers: Sequence[str], *, event: AuditEvent
) -> int:
    """Remember whom the employer named, by document number; returns how many are new."""
    rows = [{"vacancy": vacancy, "document_hash": _hash(vault, number)} for number in numbers]
    audit.append(session, event)
    if not rows:
        return 0
    new = insert(nominations).values(rows).on_conflict_do_nothing()
    return len(session.execute(new.returning(nominations.c.vacancy)).all())


def take_back(
    session: Session, vault: Vault, vacancy: UUID, number: str, *, event: AuditEvent
) -> bool:
    """Forget that the employer named this person; False where it never did."""
    audit.append(session, event)
    gone = delete(nominations).where(
        nominations.c.vacancy == vacancy, nominations.c.document_hash == _hash(vault, number)
    )
    return bool(session.execute(gone.returning(nominations.c.vacancy)).all())


def count_names(session: Session, vacancies: Collection[UUID]) -> Mapping[UUID, int]:
    """How many workers were named for each of these vacancies; none where nobody was."""
    query = select(nominations.c.vacancy, func.count()).where(nominations.c.vacancy.in_(vacancies))
    return {row[0]: row[1] for row in session.execute(query.group_by(nominations.c.vacancy))}


def is_named(session: Session, vault: Vault, vacancy: UUID, number: str) -> bool:
    """Whether the employer named the holder of this document for the vacancy."""
    query = select(nominations.c.vacancy).where(
        nominations.c.vacancy == vacancy, nominations.c.document_hash == _hash(vault, number)
    )
    return session.execute(query).first() is not None


def list_naming(session: Session, vault: Vault, number: str) -> set[UUID]:
    """The vacancies whose employers named the holder of this document."""
    query = select(nominations.c.vacancy).where(nominations.c.document_hash == _hash(vault, number))
    return {row.vacancy for row in session.execute(query)}


def list_named(session: Session, vault: Vault, vacancy: UUID, numbers: Collection[str]) -> set[str]:
    """Of these document numbers, those whose holders the employer named for the vacancy."""
    by_hash = {_hash(vault, number): number for number in numbers}
    query = select(nominations.c.document_hash).where(
        nominations.c.vacancy == vacancy, nominations.c.document_hash.in_(by_hash)
    )
    return {by_hash[row.document_hash] for row in session.execute(query)}


def _hash(vault: Vault, number: str) -> bytes:
    """A keyed hash over a hash, so that those of the time before the key could be taken along."""
    plain = sha256(number.encode()).hexdigest()
    return vault.index("nominations.document_hash", plain)
