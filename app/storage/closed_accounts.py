"""Accounts that were closed long ago: who it was goes, that somebody in this role acted stays."""

from datetime import datetime

from sqlalchemy import ColumnElement, Text, cast, delete, func, select, update

from app.storage.account_tables import accounts
from app.storage.database import Session
from app.storage.factors import factors, paper_codes
from app.storage.saved_views import saved_views
from app.storage.sign_in_steps import known_browsers

GONE = "@closed.invalid"
"""The address of nobody (RFC 2606), by which a closed account is known."""


def count_closed_before(session: Session, instant: datetime) -> int:
    """How many accounts that were closed before an instant still say whose they were."""
    due = select(func.count()).select_from(accounts).where(*_closed_before(instant))
    return session.execute(due).scalar_one()


def anonymise_closed_before(session: Session, instant: datetime, limit: int) -> int:
    """Take name, address and way in away from accounts that were closed before an instant."""
    due = select(accounts.c.person).where(*_closed_before(instant)).limit(limit)
    gone = (
        update(accounts)
        .where(accounts.c.person.in_(due))
        .values(
            email=cast(accounts.c.person, Text) + GONE,
            phone=None,
            name="",
            identity_index=None,
            password_hash=None,
        )
        .returning(accounts.c.person)
    )
    people = session.execute(gone).scalars().all()
    for table in (factors, paper_codes, known_browsers):
        session.execute(delete(table).where(table.c.person.in_(people)))
    session.execute(delete(saved_views).where(saved_views.c.official.in_(people)))
    return len(people)


def _closed_before(instant: datetime) -> tuple[ColumnElement[bool], ...]:
    return accounts.c.disabled_at < instant, accounts.c.name != ""
