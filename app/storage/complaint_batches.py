"""What the night does to complaints: tells the log by the day, and takes the order out of rows.

A row keeps, for who reads the database's files, the transaction that wrote it and its place among
others: beside what else was written then, an hour could be guessed. So the rows of past days are
written anew, by their random ids, in one transaction.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, Table, bindparam, func, select, text, update

from app.storage import audit
from app.storage.complaint_clocks import complaint_clocks
from app.storage.complaint_files import complaint_files
from app.storage.complaint_groups import complaint_groups
from app.storage.complaint_keys import complaint_keys
from app.storage.complaint_messages import complaint_messages
from app.storage.complaint_remedies import complaint_remedies
from app.storage.complaints import complaints
from app.storage.database import Session
from permits.audit import AuditEvent
from recruitment.complaints.filed import ComplaintId

REWRITTEN: tuple[tuple[Table, Column[Any], Column[Any]], ...] = (
    (complaint_messages, complaint_messages.c.id, complaint_messages.c.complaint),
    (complaint_files, complaint_files.c.id, complaint_files.c.complaint),
    (complaints, complaints.c.id, complaints.c.id),
)
"""Tables of complaints, each with its key and its case."""


@dataclass(frozen=True)
class Untold:
    """What a complainant wrote on a past day, of which the log does not know yet."""

    complaint: ComplaintId
    day: date
    first: bool
    messages: int


def list_untold(session: Session, before: date) -> list[Untold]:
    """What was written before a day and is not told; by random ids, which tell no order."""
    kept = complaint_messages.c
    first = func.bool_or(kept.place == 1)
    rows = session.execute(
        select(kept.complaint, kept.written_on, first, func.count())
        .where(~kept.noted, kept.written_on < before)
        .group_by(kept.complaint, kept.written_on)
        .order_by(kept.complaint, kept.written_on)
    )
    return [Untold(ComplaintId(row[0]), row[1], row[2], row[3]) for row in rows]


def note_told(
    session: Session,
    told: Collection[ComplaintId],
    before: date,
    *,
    events: Sequence[AuditEvent],
) -> None:
    """Tell the log of them, and write their rows of past days anew, in the order of their ids."""
    audit.append_all(session, events)
    days = {
        complaint_messages: complaint_messages.c.written_on,
        complaint_files: complaint_files.c.added_on,
        complaints: complaints.c.received_on,
    }
    for table, key, case in REWRITTEN:
        rows = session.execute(
            select(key).where(case.in_(told), ~table.c.noted, days[table] < before).order_by(key)
        ).scalars()
        ids = [{"row": row} for row in rows]
        if ids:
            anew = update(table).where(key == bindparam("row")).values(noted=True)
            session.execute(anew, ids)
    cases = [{"row": row} for row in sorted(told)]
    if cases:
        kept = complaint_keys.c
        same = update(complaint_keys).where(kept.complaint == bindparam("row"))
        session.execute(same.values(returned=kept.returned), cases)
        clocks = complaint_clocks.c
        of_case = update(complaint_clocks).where(clocks.complaint == bindparam("row"))
        session.execute(of_case.values(alarms=clocks.alarms), cases)
        own = complaint_remedies.c
        remedies = update(complaint_remedies).where(own.complaint == bindparam("row"))
        session.execute(remedies.values(version=own.version), cases)


def forget_leaning(session: Session) -> None:
    """Write rows anew that remember who leant on them: a lock, a key from another table, a return.

    PostgreSQL keeps the transaction of such a lock in the row (xmax). Of the group's row that is
    the last filing, of a case's row the last message, of a key's the day of a first return.
    """
    kept, groups, keys = complaints.c, complaint_groups.c, complaint_keys.c
    leant = text("xmax::text NOT IN ('0', xmin::text)")
    session.execute(update(complaints).where(leant).values(noted=kept.noted))
    session.execute(update(complaint_groups).where(leant).values(retired_on=groups.retired_on))
    anew = update(complaint_keys).where((keys.returned & ~keys.noted) | leant)
    session.execute(anew.values(noted=keys.returned))


def forget_hours(session: Session, before: date) -> int:
    """Keep only the day of what was filed before: its clocks of hours have run."""
    return len(
        session.execute(
            update(complaints)
            .where(complaints.c.received_on < before, complaints.c.hour.is_not(None))
            .values(hour=None)
            .returning(complaints.c.id)
        ).all()
    )


def forget_sources(session: Session, before: date) -> int:
    """Keep of what was filed before no token of a person: R37 looks no further back."""
    return len(
        session.execute(
            update(complaints)
            .where(complaints.c.received_on < before, complaints.c.source.is_not(None))
            .values(source=None)
            .returning(complaints.c.id)
        ).all()
    )
