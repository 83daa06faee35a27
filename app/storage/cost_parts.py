"""The parts in which a payment is given back: days that were agreed, and money that was shown."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Row,
    Table,
    Text,
    delete,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert

from app.storage import audit, cost_entries
from app.storage.columns import INSTANT, OPERATIONAL, PERSONAL, PSEUDONYMOUS, SENSITIVE
from app.storage.database import Base, Session
from app.storage.sealed import Vault
from permits.audit import AuditEvent
from permits.errors import Conflict
from recruitment.costs import CostEntry
from recruitment.repayments import Handing, Part, PartStatus, PartTold

PART = "cost_parts.told"
STATUSES = ", ".join(f"'{one.value}'" for one in PartStatus)
AGREED = PartStatus.AGREED.value

cost_parts = Table(
    "cost_parts",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("cost", PG_UUID, ForeignKey("cost_entries.id"), nullable=False, info=PSEUDONYMOUS),
    Column("application", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("worker", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("status", Text, nullable=False, info=PERSONAL),
    # In clear, so that days which passed are found without opening anything.
    Column("day", Date, nullable=False, info=PERSONAL),
    # Sums, currency, how it was handed over, and what was shown of it.
    Column("told", LargeBinary, nullable=False, info=SENSITIVE),
    Column("noted_at", INSTANT, nullable=False, info=PERSONAL),
    # When the worker process looked at an agreed day that had passed.
    Column("told_at", INSTANT, info=OPERATIONAL),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    CheckConstraint(f"status IN ({STATUSES})", name="status"),
    CheckConstraint(f"told_at IS NULL OR status = '{AGREED}'", name="told_of_agreed"),
    Index("ix_cost_parts_cost", "cost"),
    Index("ix_cost_parts_application", "application"),
    Index(
        "ix_cost_parts_due",
        "day",
        postgresql_where=text(f"status = '{AGREED}' AND told_at IS NULL"),
    ),
)


def propose(
    session: Session, vault: Vault, entry: CostEntry, parts: Sequence[Part], *, event: AuditEvent
) -> None:
    """Put days in the place of those on which the worker has not agreed; the claim is held."""
    _remove(session, entry, PartStatus.PROPOSED)
    session.execute(insert(cost_parts), [_row(vault, entry, one) for one in parts])
    cost_entries.save_claim(session, entry, event=event)


def agree(session: Session, entry: CostEntry, *, event: AuditEvent) -> None:
    """The days that were proposed count, and those that counted before no more."""
    _remove(session, entry, PartStatus.AGREED)
    proposed = (cost_parts.c.cost == entry.id, cost_parts.c.status == PartStatus.PROPOSED.value)
    session.execute(update(cost_parts).where(*proposed).values(status=AGREED))
    cost_entries.save_claim(session, entry, event=event)


def refuse(session: Session, entry: CostEntry, *, event: AuditEvent) -> None:
    """Take out days on which the worker does not agree."""
    _remove(session, entry, PartStatus.PROPOSED)
    cost_entries.save_claim(session, entry, event=event)


def keep(
    session: Session, vault: Vault, entry: CostEntry, part: Part, *, event: AuditEvent
) -> None:
    """Write money that was shown or answered, and what it makes of the claim, which is held.

    Conflict("form-used") where the id is that of another claim's part: none is written over.
    """
    row = _row(vault, entry, part)
    changes = {name: row[name] for name in ("status", "day", "told")}
    adding = (
        insert(cost_parts)
        .values(row)
        .on_conflict_do_update(
            index_elements=["id"], set_=changes, where=cost_parts.c.cost == entry.id
        )
        .returning(cost_parts.c.id)
    )
    if session.execute(adding).first() is None:
        raise Conflict("form-used")
    cost_entries.save_claim(session, entry, event=event)


def _row(vault: Vault, entry: CostEntry, part: Part) -> dict[str, Any]:
    return {
        "id": part.id,
        "cost": entry.id,
        "application": entry.application,
        "worker": entry.worker,
        "status": part.status.value,
        "day": part.told.day,
        "told": _seal(vault, part),
        "noted_at": part.noted_at,
    }


def _remove(session: Session, entry: CostEntry, status: PartStatus) -> None:
    own = cost_parts.c
    session.execute(delete(cost_parts).where(own.cost == entry.id, own.status == status.value))


def mark_told(session: Session, part: UUID, at: datetime, *, event: AuditEvent) -> None:
    """Remember that its worker heard of an agreed day without its money."""
    session.execute(update(cost_parts).where(cost_parts.c.id == part).values(told_at=at))
    audit.append(session, event)


def list_of_claims(
    session: Session, vault: Vault, costs: Sequence[UUID]
) -> Mapping[UUID, Sequence[Part]]:
    """Every part of these claims, by claim, the first day first; their number bounds it."""
    own = cost_parts.c
    found: dict[UUID, list[Part]] = {one: [] for one in costs}
    query = select(cost_parts).where(own.cost.in_(costs)).order_by(own.day, own.id)
    for row in session.execute(query) if costs else ():
        found[row.cost].append(_part(vault, row))
    return found


def list_of_application(
    session: Session, vault: Vault, application: UUID
) -> Mapping[UUID, Sequence[Part]]:
    """Every part of what was asked back of an application, by claim; a claim has few."""
    own = cost_parts.c
    found: dict[UUID, list[Part]] = {}
    query = select(cost_parts).where(own.application == application).order_by(own.day, own.id)
    for row in session.execute(query):
        found.setdefault(row.cost, []).append(_part(vault, row))
    return found


def list_passed(session: Session, vault: Vault, today: date, limit: int) -> list[Part]:
    """Agreed days that passed and were not looked at, the longest past first, held."""
    own = cost_parts.c
    rows = session.execute(
        select(cost_parts)
        .where(own.status == AGREED, own.told_at.is_(None), own.day < today)
        .order_by(own.day, own.id)
        .limit(limit)
        .with_for_update(of=cost_parts, skip_locked=True)
    )
    return [_part(vault, row) for row in rows]


def _seal(vault: Vault, part: Part) -> bytes:
    told = {name: str(value) for name, value in asdict(part.told).items() if value is not None}
    return vault.seal(PART, part.id, json.dumps(told))


def _part(vault: Vault, row: Row[Any]) -> Part:
    told = json.loads(vault.open(PART, row.id, row.told))
    handing = told.get("handing")
    return Part(
        row.id,
        row.cost,
        PartTold(
            date.fromisoformat(told["day"]),
            Decimal(told["amount"]),
            told["currency"],
            Decimal(told["worth"]),
            Handing(handing) if handing else None,
            told["evidence"],
        ),
        PartStatus(row.status),
        row.noted_at,
        row.told_at,
    )
