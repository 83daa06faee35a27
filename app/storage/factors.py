"""What somebody proves who they are with beside a password: code apps, passkeys, paper codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Index,
    LargeBinary,
    Row,
    SmallInteger,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.people import PersonId


class FactorKind(StrEnum):
    """An app that shows six digits, or a passkey."""

    TOTP = "totp"
    PASSKEY = "passkey"


factors = Table(
    "factors",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True),
    # Of account holders and of workers, who have no account: so without a foreign key.
    Column("person", PG_UUID, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("secret_sealed", LargeBinary),
    # The last step whose code was used: it and all before it count no more (RFC 6238 5.2).
    Column("last_step", BigInteger),
    Column("credential", LargeBinary, unique=True),
    Column("public_key", LargeBinary),
    Column("sign_count", BigInteger),
    Column("added_at", DateTime(timezone=True), nullable=False),
    Column("used_at", DateTime(timezone=True)),
    CheckConstraint("kind IN ('totp', 'passkey')", name="kind"),
    CheckConstraint(
        "(kind = 'totp') = (secret_sealed IS NOT NULL AND last_step IS NOT NULL)", name="totp"
    ),
    CheckConstraint(
        "(kind = 'passkey') ="
        " (credential IS NOT NULL AND public_key IS NOT NULL AND sign_count IS NOT NULL)",
        name="passkey",
    ),
    Index("ix_factors_person", "person"),
)

paper_codes = Table(
    "paper_codes",
    Base.metadata,
    Column("person", PG_UUID, primary_key=True),
    Column("place", SmallInteger, primary_key=True),
    Column("code_hash", Text, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("used_at", DateTime(timezone=True)),
    CheckConstraint("place BETWEEN 0 AND 9", name="place"),
)


@dataclass(frozen=True)
class Factor:
    """A second factor; the fields of the other kind are empty.

    `secret_sealed` is sealed to `factors.secret_sealed` and the row's id. `credential` and
    `public_key` (COSE) are a passkey's, `sign_count` what its authenticator counted last.
    """

    id: UUID
    person: PersonId
    kind: FactorKind
    name: str
    added_at: datetime
    used_at: datetime | None = None
    secret_sealed: bytes | None = None
    last_step: int | None = None
    credential: bytes | None = None
    public_key: bytes | None = None
    sign_count: int | None = None


def add_factor(session: Session, factor: Factor, *, event: AuditEvent) -> None:
    """Add a factor that was shown to work."""
    session.execute(
        insert(factors),
        {
            "id": factor.id,
            "person": factor.person,
            "kind": factor.kind.value,
            "name": factor.name,
            "secret_sealed": factor.secret_sealed,
            "last_step": factor.last_step,
            "credential": factor.credential,
            "public_key": factor.public_key,
            "sign_count": factor.sign_count,
            "added_at": factor.added_at,
            "used_at": factor.used_at,
        },
    )
    audit.append(session, event)


def list_factors(session: Session, person: PersonId) -> list[Factor]:
    """The factors of a person, oldest first."""
    rows = session.execute(
        select(factors).where(factors.c.person == person).order_by(factors.c.added_at, factors.c.id)
    )
    return [_factor(row) for row in rows]


def list_people_with_factors(session: Session) -> set[UUID]:
    """Everybody who has a second factor."""
    return set(session.execute(select(factors.c.person).distinct()).scalars())


def find_passkey(session: Session, credential: bytes) -> Factor | None:
    """The passkey of a credential id."""
    row = session.execute(select(factors).where(factors.c.credential == credential)).first()
    return _factor(row) if row else None


def lock_factors(session: Session, person: PersonId) -> list[Factor]:
    """The factors of a person, their rows held until the transaction ends."""
    held = select(factors).where(factors.c.person == person).order_by(factors.c.id)
    return [_factor(row) for row in session.execute(held.with_for_update())]


def use_step(session: Session, factor: UUID, step: int, now: datetime) -> bool:
    """Note that the code of a step was used; False where it or a later one was used before."""
    noted = (
        update(factors)
        .where(factors.c.id == factor, factors.c.last_step < step)
        .values(last_step=step, used_at=now)
        .returning(factors.c.id)
    )
    return session.execute(noted).first() is not None


def use_passkey(session: Session, factor: UUID, seen: int, count: int, now: datetime) -> bool:
    """Note an authenticator's count; False where somebody noted another since it was `seen`."""
    noted = (
        update(factors)
        .where(factors.c.id == factor, factors.c.sign_count == seen)
        .values(sign_count=count, used_at=now)
        .returning(factors.c.id)
    )
    return session.execute(noted).first() is not None


def rename_factor(
    session: Session, person: PersonId, factor: UUID, name: str, *, event: AuditEvent
) -> bool:
    """Give a factor another name; False where the person has no such factor."""
    own = (factors.c.id == factor, factors.c.person == person)
    renamed = update(factors).where(*own).values(name=name).returning(factors.c.id)
    audit.append(session, event)
    return session.execute(renamed).first() is not None


def remove_factor(session: Session, person: PersonId, factor: UUID, *, event: AuditEvent) -> None:
    """Forget one factor of a person."""
    own = (factors.c.id == factor, factors.c.person == person)
    session.execute(delete(factors).where(*own))
    audit.append(session, event)


def remove_all(session: Session, person: PersonId, *, event: AuditEvent) -> None:
    """Forget every factor and paper code of a person, who must enrol anew."""
    session.execute(delete(factors).where(factors.c.person == person))
    session.execute(delete(paper_codes).where(paper_codes.c.person == person))
    audit.append(session, event)


def replace_paper_codes(
    session: Session, person: PersonId, hashes: Sequence[str], now: datetime, *, event: AuditEvent
) -> None:
    """Ten new codes by their places; those of before count no more."""
    session.execute(delete(paper_codes).where(paper_codes.c.person == person))
    rows = [
        {"person": person, "place": place, "code_hash": hashed, "made_at": now}
        for place, hashed in enumerate(hashes)
    ]
    session.execute(insert(paper_codes), rows)
    audit.append(session, event)


def find_paper_code(session: Session, person: PersonId, place: int) -> str | None:
    """The hash of an unused code of a person by its place."""
    return session.execute(
        select(paper_codes.c.code_hash).where(
            paper_codes.c.person == person,
            paper_codes.c.place == place,
            paper_codes.c.used_at.is_(None),
        )
    ).scalar_one_or_none()


def use_paper_code(session: Session, person: PersonId, place: int, now: datetime) -> bool:
    """Note that a code was used; False where it was used before."""
    unused = (
        paper_codes.c.person == person,
        paper_codes.c.place == place,
        paper_codes.c.used_at.is_(None),
    )
    used = update(paper_codes).where(*unused).values(used_at=now).returning(paper_codes.c.place)
    return session.execute(used).first() is not None


def count_paper_codes(session: Session, person: PersonId) -> int:
    """How many unused codes a person has."""
    counted = select(func.count()).where(
        paper_codes.c.person == person, paper_codes.c.used_at.is_(None)
    )
    return session.execute(counted).scalar_one()


def _factor(row: Row[Any]) -> Factor:
    return Factor(
        row.id,
        PersonId(row.person),
        FactorKind(row.kind),
        row.name,
        row.added_at,
        row.used_at,
        row.secret_sealed,
        row.last_step,
        row.credential,
        row.public_key,
        row.sign_count,
    )
