"""Changes of farms that employers ask of SETRASS: one waits for each farm, all are kept."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Numeric,
    Row,
    Table,
    Text,
    UniqueConstraint,
    exists,
    or_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import distinct_on

from app.storage import audit
from app.storage.columns import OPERATIONAL, PERSONAL, PSEUDONYMOUS, PUBLIC
from app.storage.database import Base, Session
from app.storage.farm_columns import farm_values, read_farm
from app.storage.farms import farms
from app.storage.registrations import employer_registrations
from permits.audit import AuditEvent
from permits.people import PersonId
from recruitment.farm_changes import Call, FarmChange, FarmChangeOutcome
from recruitment.farm_closings import Closing, ClosingReason

farm_changes = Table(
    "farm_changes",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=OPERATIONAL),
    Column(
        "registration",
        PG_UUID,
        ForeignKey("employer_registrations.id"),
        nullable=False,
        info=PSEUDONYMOUS,
    ),
    Column("number", Integer, nullable=False, info=OPERATIONAL),
    # Of a farm to be added there is no row yet.
    Column("farm", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("name", Text, nullable=False, info=PERSONAL),
    Column("municipality", Text, nullable=False, info=PUBLIC),
    Column("housed", Integer, nullable=False, info=OPERATIONAL),
    Column("grower", Text, nullable=False, info=PERSONAL),
    Column("latitude", Numeric(8, 5), info=PERSONAL),
    Column("longitude", Numeric(8, 5), info=PERSONAL),
    Column("outcome", Text, nullable=False, info=OPERATIONAL),
    Column("asked_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("asked_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
    Column("decided_by", PG_UUID, info=PSEUDONYMOUS),
    Column("decided_at", DateTime(timezone=True), info=OPERATIONAL),
    Column("note", Text, nullable=False, info=PERSONAL),
    Column("caller", Text, info=PERSONAL),
    Column("called_on", Date, info=OPERATIONAL),
    Column("closing", Text, info=OPERATIONAL),
    Column("closed_on", Date, info=OPERATIONAL),
    CheckConstraint("number > 0", name="number"),
    CheckConstraint(
        "outcome IN ('asked', 'replaced', 'withdrawn', 'approved', 'refused')", name="outcome"
    ),
    CheckConstraint("(caller IS NULL) = (called_on IS NULL)", name="call_together"),
    CheckConstraint("closing IN ('sold', 'given-back', 'closed')", name="closing"),
    CheckConstraint("(closing IS NULL) = (closed_on IS NULL)", name="closing_together"),
    CheckConstraint("housed BETWEEN 0 AND 2000", name="housed"),
    CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="point_together"),
    CheckConstraint(
        "(outcome IN ('approved', 'refused')) = (decided_by IS NOT NULL)"
        " AND (decided_by IS NULL) = (decided_at IS NULL)",
        name="decided_together",
    ),
    CheckConstraint("decided_by <> asked_by", name="decided_by_another"),
    CheckConstraint("outcome <> 'refused' OR note <> ''", name="refused_with_reason"),
    Index(
        "uq_farm_changes_waiting",
        "farm",
        unique=True,
        postgresql_where=text("outcome = 'asked'"),
    ),
    UniqueConstraint("registration", "farm", "number"),
)


def add_change(session: Session, change: FarmChange, *, event: AuditEvent) -> None:
    """Add a change that waits; the one of this farm that waited is replaced by it."""
    table, farm = farm_changes.c, change.farm
    mine = (table.registration == change.registration, table.farm == farm.id)
    waiting = (*mine, table.outcome == FarmChangeOutcome.ASKED.value)
    replaced = {"outcome": FarmChangeOutcome.REPLACED.value}
    session.execute(update(farm_changes).where(*waiting).values(**replaced))
    audit.add_once(
        session,
        farm_changes,
        {
            "id": change.id,
            "registration": change.registration,
            "number": change.number,
            "farm": farm.id,
            **farm_values(farm),
            "outcome": change.outcome.value,
            "asked_by": change.asked_by,
            "asked_at": change.asked_at,
            "note": change.note,
            "caller": change.call.caller if change.call else None,
            "called_on": change.call.called_on if change.call else None,
            "closing": change.closing.reason.value if change.closing else None,
            "closed_on": change.closing.closed_on if change.closing else None,
        },
        event=event,
    )


def settle_change(session: Session, after: FarmChange, *, event: AuditEvent) -> bool:
    """Write how one that waits ended; False, and nothing logged, where it waits no more."""
    table = farm_changes.c
    settling = (
        update(farm_changes)
        .where(table.id == after.id, table.outcome == FarmChangeOutcome.ASKED.value)
        .values(
            outcome=after.outcome.value,
            decided_by=after.decided_by,
            decided_at=after.decided_at,
            note=after.note,
        )
        .returning(table.id)
    )
    return session.execute(audit.telling(settling, event)).first() is not None


def find_change(session: Session, change: UUID) -> FarmChange | None:
    """A change, decided or not."""
    query = select(farm_changes).where(farm_changes.c.id == change)
    row = session.execute(query).one_or_none()
    return _change(row) if row else None


def is_anothers(session: Session, registration: UUID, farm: UUID) -> bool:
    """Whether a farm of this id is another registration's, or was asked for by another."""
    theirs = [
        exists().where(table.registration != registration, one == farm)
        for table, one in ((farms.c, farms.c.id), (farm_changes.c, farm_changes.c.farm))
    ]
    return bool(session.execute(select(or_(*theirs))).scalar_one())


def list_last(session: Session, registration: UUID) -> dict[UUID, FarmChange]:
    """The last change of each farm of a registration that ever had one."""
    table = farm_changes.c
    query = (
        select(farm_changes)
        .where(table.registration == registration)
        .ext(distinct_on(table.farm))
        .order_by(table.farm, table.number.desc())
    )
    return {row.farm: _change(row) for row in session.execute(query)}


def list_waiting(
    session: Session, after: tuple[datetime, UUID] | None, limit: int
) -> list[tuple[FarmChange, str]]:
    """What waits for SETRASS, the oldest first by keyset, with the employer's name."""
    table = farm_changes.c
    query = (
        select(farm_changes, employer_registrations.c.name.label("employer_name"))
        .join(employer_registrations, employer_registrations.c.id == table.registration)
        .where(table.outcome == FarmChangeOutcome.ASKED.value)
    )
    if after is not None:
        query = query.where(tuple_(table.asked_at, table.id) > after)
    rows = session.execute(query.order_by(table.asked_at, table.id).limit(limit))
    return [(_change(row), row.employer_name or "") for row in rows]


def _change(row: Row[Any]) -> FarmChange:
    return FarmChange(
        row.id,
        row.registration,
        row.number,
        read_farm(row, row.farm),
        FarmChangeOutcome(row.outcome),
        PersonId(row.asked_by),
        row.asked_at,
        PersonId(row.decided_by) if row.decided_by else None,
        row.decided_at,
        row.note,
        Call(row.caller, row.called_on) if row.called_on else None,
        Closing(ClosingReason(row.closing), row.closed_on) if row.closed_on else None,
    )
