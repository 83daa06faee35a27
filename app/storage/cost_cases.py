"""Cases that payments ask for: each stays until a complaint takes it up; what is told is sealed."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Row,
    Table,
    Text,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import INSTANT, PERSONAL, PSEUDONYMOUS, SENSITIVE
from app.storage.database import Base, Session
from app.storage.sealed import Vault
from permits.audit import AuditEvent
from permits.people import PersonId
from recruitment.cost_cases import CostReason, CostWish
from recruitment.wanted_cases import Ground

COST_CASE = "cost_cases.told"

LISTED = 200
"""More than the payments of a diary and the reasons for which its worker may ask."""

cost_cases = Table(
    "cost_cases",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("application", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("worker", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("employer", PG_UUID, ForeignKey("employers.id"), info=PSEUDONYMOUS),
    # The payment that an official established as a fee; None where the worker asks.
    Column("cost", PG_UUID, unique=True, info=PSEUDONYMOUS),
    Column("ground", Text, nullable=False, info=PERSONAL),
    Column("told", LargeBinary, nullable=False, info=SENSITIVE),
    Column("wanted_at", INSTANT, nullable=False, info=PERSONAL),
    # The complaint that took it up.
    Column("complaint", PG_UUID, unique=True, info=PSEUDONYMOUS),
    Column("taken_up_at", INSTANT, info=PERSONAL),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    CheckConstraint("ground IN ('ex-officio', 'consent')", name="ground"),
    CheckConstraint("(ground = 'ex-officio') = (cost IS NOT NULL)", name="fee_asks_nobody"),
    CheckConstraint("(complaint IS NULL) = (taken_up_at IS NULL)", name="taken_up_together"),
    Index("ix_cost_cases_application", "application"),
    Index("ix_cost_cases_untaken", "wanted_at", postgresql_where=text("complaint IS NULL")),
)


@dataclass(frozen=True)
class CostCase:
    """A case that a worker's payments ask for; `cost` is the fee that an official established."""

    id: UUID
    application: UUID
    worker: PersonId
    employer: UUID | None
    wish: CostWish
    wanted_at: datetime
    cost: UUID | None = None
    complaint: UUID | None = None


def add_case(session: Session, vault: Vault, case: CostCase, *, event: AuditEvent) -> bool:
    """Remember that a case is wanted; False where this one, or one of this fee, is kept already."""
    told = {
        "reasons": [one.value for one in case.wish.reasons],
        "words": case.wish.words,
        "official": case.wish.official,
    }
    return audit.add_once(
        session,
        cost_cases,
        {
            "id": case.id,
            "application": case.application,
            "worker": case.worker,
            "employer": case.employer,
            "cost": case.cost,
            "ground": case.wish.ground.value,
            "told": vault.seal(COST_CASE, case.id, json.dumps(told)),
            "wanted_at": case.wanted_at,
        },
        event=event,
    )


def take_up(
    session: Session, case: CostCase, complaint: UUID, now: datetime, *, event: AuditEvent
) -> None:
    """Write down which complaint took it up; the caller holds the row."""
    session.execute(
        update(cost_cases)
        .where(cost_cases.c.id == case.id, cost_cases.c.complaint.is_(None))
        .values(complaint=complaint, taken_up_at=now)
    )
    audit.append(session, event)


def list_of_application(session: Session, vault: Vault, application: UUID) -> Sequence[CostCase]:
    """What was asked for of one application, the first one first."""
    rows = session.execute(
        select(cost_cases)
        .where(cost_cases.c.application == application)
        .order_by(cost_cases.c.wanted_at, cost_cases.c.id)
        .limit(LISTED)
    )
    return [_case(vault, row) for row in rows]


def lock_untaken(session: Session, vault: Vault, limit: int) -> Sequence[CostCase]:
    """What no complaint took up yet and nobody else holds, the oldest first; held here."""
    rows = session.execute(
        select(cost_cases)
        .where(cost_cases.c.complaint.is_(None))
        .order_by(cost_cases.c.wanted_at, cost_cases.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [_case(vault, row) for row in rows]


def _case(vault: Vault, row: Row[Any]) -> CostCase:
    told = json.loads(vault.open(COST_CASE, row.id, row.told))
    wish = CostWish(
        Ground(row.ground),
        tuple(CostReason(one) for one in told["reasons"]),
        told["words"],
        told["official"],
    )
    return CostCase(
        row.id,
        row.application,
        PersonId(row.worker),
        row.employer,
        wish,
        row.wanted_at,
        row.cost,
        row.complaint,
    )
