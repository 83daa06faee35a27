"""Who of the complaints office is on duty: whom danger is told first."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Column, Date, Table, delete, func, insert, select
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.people import PersonId

_LIST = 7_319_209
"""Our key among the advisory locks of the database; 7 319 208 belongs to changes with a date."""

complaint_duties = Table(
    "complaint_duties",
    Base.metadata,
    Column("person", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("since", Date, nullable=False, info=OPERATIONAL),
)


def list_on_duty(session: Session) -> frozenset[PersonId]:
    """The duty list; nobody on it is as if all were."""
    rows = session.scalars(select(complaint_duties.c.person).order_by(complaint_duties.c.person))
    return frozenset(PersonId(one) for one in rows)


def set_on_duty(
    session: Session, persons: Collection[PersonId], day: date, *, event: AuditEvent
) -> None:
    """Put these on the duty list in the place of those of before.

    Of two at once the later one counts: a list has no row to hold, so the key is held.
    """
    session.execute(select(func.pg_advisory_xact_lock(_LIST, 0)))
    session.execute(delete(complaint_duties))
    rows = [{"person": one, "since": day} for one in sorted(persons)]
    if rows:
        session.execute(insert(complaint_duties), rows)
    audit.append(session, event)
