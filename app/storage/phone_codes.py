"""One-time codes that were asked for: one for each purpose and phone, the newest alone."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    Select,
    Table,
    Text,
    delete,
    select,
    update,
)

from app.storage import audit
from app.storage.database import Base, Session
from app.storage.statements import put
from permits.audit import AuditEvent
from permits.phone_codes import PhoneCode, Purpose

phone_codes = Table(
    "phone_codes",
    Base.metadata,
    # The newest code of a phone is the only one: asking again overwrites the row.
    Column("purpose", Text, primary_key=True),
    Column("phone", Text, primary_key=True),
    # Hash of what the asking browser, person or case holds; the code works for nobody else.
    Column("holder", LargeBinary, nullable=False),
    # A keyed hash; the code itself stands in its SMS alone.
    Column("code_hash", LargeBinary),
    Column("tries", Integer, nullable=False),
    Column("proved_at", DateTime(timezone=True)),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    CheckConstraint(
        "purpose IN ('sign-in', 'new-phone', 'recovery', 'consent', 'registration')",
        name="purpose",
    ),
    CheckConstraint("tries BETWEEN 0 AND 5", name="tries"),
    CheckConstraint("proved_at IS NULL OR code_hash IS NOT NULL", name="proved_was_sent"),
    Index("ix_phone_codes_holder", "holder"),
    Index("ix_phone_codes_expires_at", "expires_at"),
)


def put_code(session: Session, code: PhoneCode, *, event: AuditEvent) -> None:
    """Keep what was asked for; what the phone or this holder asked for before is dead."""
    values = {
        "holder": code.holder,
        "code_hash": code.code_hash,
        "tries": code.tries,
        "proved_at": code.proved_at,
        "expires_at": code.expires_at,
    }
    session.execute(
        delete(phone_codes).where(
            phone_codes.c.purpose == code.purpose.value,
            phone_codes.c.holder == code.holder,
            phone_codes.c.phone != code.phone,
        )
    )
    put(session, phone_codes, {"purpose": code.purpose.value, "phone": code.phone}, values)
    audit.append(session, event)


def find_code(session: Session, purpose: Purpose, holder: bytes) -> PhoneCode | None:
    """The code that this holder asked for."""
    return _code(session, _of(purpose, holder))


def lock_code(session: Session, purpose: Purpose, holder: bytes) -> PhoneCode | None:
    """The same, its row held until the transaction ends."""
    return _code(session, _of(purpose, holder).with_for_update())


def _of(purpose: Purpose, holder: bytes) -> Select[Any]:
    return select(phone_codes).where(
        phone_codes.c.purpose == purpose.value, phone_codes.c.holder == holder
    )


def _code(session: Session, query: Select[Any]) -> PhoneCode | None:
    row = session.execute(query).first()
    if row is None:
        return None
    return PhoneCode(
        Purpose(row.purpose),
        row.phone,
        row.holder,
        row.expires_at,
        row.code_hash,
        row.tries,
        row.proved_at,
    )


def set_sent(session: Session, code: PhoneCode, code_hash: bytes) -> None:
    """The code goes out now; only its keyed hash stays."""
    session.execute(update(phone_codes).where(*_is(code)).values(code_hash=code_hash))


def count_guess(session: Session, code: PhoneCode) -> None:
    """One more wrong guess."""
    session.execute(update(phone_codes).where(*_is(code)).values(tries=phone_codes.c.tries + 1))


def set_proved(session: Session, code: PhoneCode, now: datetime) -> None:
    """The right code was typed, and something else is still to be chosen."""
    session.execute(update(phone_codes).where(*_is(code)).values(proved_at=now))


def remove_code(session: Session, code: PhoneCode) -> None:
    """The code was used."""
    session.execute(delete(phone_codes).where(*_is(code)))


def remove_codes_before(session: Session, instant: datetime) -> None:
    """Forget codes that were over at an instant."""
    session.execute(delete(phone_codes).where(phone_codes.c.expires_at < instant))


def _is(code: PhoneCode) -> tuple[ColumnElement[bool], ...]:
    return (
        phone_codes.c.purpose == code.purpose.value,
        phone_codes.c.phone == code.phone,
        phone_codes.c.holder == code.holder,
    )
