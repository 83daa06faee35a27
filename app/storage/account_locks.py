"""Accounts that are locked and opened again, and the administrators who must not all be locked."""

from datetime import date, datetime

from sqlalchemy import case, delete, func, select, update

from app.storage import audit
from app.storage.account_tables import accounts, grants
from app.storage.accounts import Account, find_account_of
from app.storage.database import Session
from app.storage.sessions import sessions
from permits.accounts import LockReason
from permits.audit import AuditEvent
from permits.people import PersonId, Role


def lock_account(session: Session, person: PersonId) -> Account | None:
    """The account of a person, its row held until the transaction ends."""
    session.execute(select(accounts.c.person).where(accounts.c.person == person).with_for_update())
    return find_account_of(session, person)


def lock_administrators(session: Session) -> set[PersonId]:
    """Whose open accounts hold the administrator's role, their rows held.

    Of two who lock each other at once the second waits, and then finds one administrator left.
    """
    holders = (
        select(grants.c.person)
        .where(grants.c.role == Role.ADMINISTRATOR.value, grants.c.ended_at.is_(None))
        .scalar_subquery()
    )
    rows = session.execute(
        select(accounts.c.person, accounts.c.disabled_at)
        .where(accounts.c.person.in_(holders))
        .order_by(accounts.c.person)
        .with_for_update()
    )
    return {PersonId(row.person) for row in rows if row.disabled_at is None}


def close_account(
    session: Session, person: PersonId, reason: LockReason, now: datetime, *, event: AuditEvent
) -> None:
    """Lock an account; its sessions count no more from the next request on."""
    session.execute(
        update(accounts)
        .where(accounts.c.person == person)
        .values(disabled_at=now, lock_reason=reason.value)
    )
    audit.append(session, event)


def open_account(session: Session, person: PersonId, day: date, *, event: AuditEvent) -> None:
    """Unlock an account; `day` counts as a use, so that the next night does not lock it again."""
    session.execute(
        update(accounts)
        .where(accounts.c.person == person)
        .values(disabled_at=None, lock_reason=None, opened_on=day)
    )
    audit.append(session, event)


def end_sessions(
    session: Session, person: PersonId, role: Role | None = None, *, event: AuditEvent
) -> int:
    """End every session of a person, or those in one role; returns how many there were."""
    ended = delete(sessions).where(sessions.c.person == person)
    if role is not None:
        ended = ended.where(sessions.c.role == role.value)
    audit.append(session, event)
    return len(session.execute(ended.returning(sessions.c.id)).all())


def list_unused(session: Session, since: date, by_phone: date) -> list[PersonId]:
    """Open accounts that nobody signed in to since that day, nor were they made after it.

    `by_phone` is that day for those that only a code by telephone opens.
    """
    used = func.greatest(
        accounts.c.signed_in_on, accounts.c.opened_on, func.date(accounts.c.created_at)
    )
    only_phone = accounts.c.email.is_(None) & accounts.c.password_hash.is_(None)
    rows = session.execute(
        select(accounts.c.person)
        .where(accounts.c.disabled_at.is_(None), used < case((only_phone, by_phone), else_=since))
        .order_by(accounts.c.person)
    )
    return [PersonId(row.person) for row in rows]


def count_sessions(session: Session, person: PersonId, now: datetime) -> int:
    """How many sessions of a person are not over."""
    counted = select(func.count()).select_from(sessions)
    return session.execute(
        counted.where(sessions.c.person == person, sessions.c.expires_at > now)
    ).scalar_one()
