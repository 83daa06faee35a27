"""Receipts: the numbers of what was handed in, and how many were given out."""

from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from app.storage.applications import applications
from app.storage.database import Session


def has_receipt(session: Session, receipt: str) -> bool:
    """Whether a receipt number is taken."""
    return session.execute(_having(), {"asked": receipt}).first() is not None


@cache
def _having() -> Select[Any]:
    return select(applications.c.id).where(applications.c.receipt == bindparam("asked"))


def count_submitted(session: Session) -> int:
    """How many applications were ever handed in."""
    query = select(func.count()).select_from(applications).where(applications.c.round > 0)
    return session.execute(query).scalar_one()
