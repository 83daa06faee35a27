"""Accounts by which an employer comes in: whether there is one, and the telephone of one."""

from uuid import UUID

from sqlalchemy import select, update

from app.storage import audit
from app.storage.account_tables import accounts, grants
from app.storage.database import Session
from app.storage.factors import factors
from app.storage.sign_in_steps import known_browsers
from permits.audit import AuditEvent
from permits.people import PersonId


def has_open_account(session: Session, employer: UUID) -> bool:
    """Whether anybody acts for this employer with an account that is not locked."""
    acting = (
        select(grants.c.person)
        .join(accounts, accounts.c.person == grants.c.person)
        .where(
            grants.c.employer == employer,
            grants.c.ended_at.is_(None),
            accounts.c.disabled_at.is_(None),
        )
    )
    return session.execute(acting.limit(1)).first() is not None


def is_locked(session: Session, phone: str) -> bool:
    """Whether the account that this telephone opens is locked; False where it opens none."""
    locked = (accounts.c.phone == phone, accounts.c.disabled_at.is_not(None))
    return session.execute(select(accounts.c.person).where(*locked)).first() is not None


def has_factor(session: Session, phone: str) -> bool:
    """Whether who has the open account of this telephone holds a second factor of it."""
    held = (
        select(factors.c.id)
        .join(accounts, accounts.c.person == factors.c.person)
        .where(accounts.c.phone == phone, accounts.c.disabled_at.is_(None))
    )
    return session.execute(held.limit(1)).first() is not None


def is_browser_of(session: Session, token_hash: bytes, phone: str) -> bool:
    """Whether somebody signed in from this browser to the account of a telephone."""
    known = (
        select(known_browsers.c.person)
        .join(accounts, accounts.c.person == known_browsers.c.person)
        .where(known_browsers.c.token_hash == token_hash, accounts.c.phone == phone)
    )
    return session.execute(known.limit(1)).first() is not None


def set_phone(session: Session, person: PersonId, phone: str, *, event: AuditEvent) -> None:
    """Give an account another telephone (E.164); one that another account has breaks the index."""
    changing = update(accounts).where(accounts.c.person == person).values(phone=phone)
    session.execute(changing)
    audit.append(session, event)
