"""Which day's work is done already, for jobs that one of many processes does once a day."""

from datetime import date

from sqlalchemy import Column, Date, Table, Text, select

from app.storage.database import Base, Session
from app.storage.statements import put

daily_jobs = Table(
    "daily_jobs",
    Base.metadata,
    Column("name", Text, primary_key=True),
    Column("day", Date, nullable=False),
)


def is_done(session: Session, name: str, day: date) -> bool:
    """Whether the job's work of a day is done."""
    found = session.execute(select(daily_jobs.c.day).where(daily_jobs.c.name == name)).scalar()
    return found is not None and found >= day


def mark_done(session: Session, name: str, day: date) -> None:
    """Remember that the work of a day is done."""
    put(session, daily_jobs, {"name": name}, {"day": day})
