"""Receipts: the numbers of what was handed in, and how many were given out."""

from sqlalchemy import func, select

from app.storage.applications import applications
from app.storage.database import Session


def has_receipt(session: Session, receipt: str) -> bool:
    """Whether a receipt number is taken."""
    query = select(applications.c.id).where(applications.c.receipt == receipt)
    return session.execute(query).first() is not None


def count_submitted(session: Session) -> int:
    """How many applications were ever handed in."""
    query = select(func.count()).select_from(applications).where(applications.c.round > 0)
    return session.execute(query).scalar_one()
