"""What is due to workers beside wages: each claim sealed with its steps, gone with its file."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Row,
    Select,
    Table,
    Text,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.applications import applications
from app.storage.columns import INSTANT, OPERATIONAL, PERSONAL, PSEUDONYMOUS, SENSITIVE
from app.storage.database import Base, Session
from app.storage.sealed import Vault
from permits.audit import AuditEvent
from permits.people import PersonId
from recruitment.welfare import (
    MOST_CLAIMS,
    OPEN,
    RESTING,
    Ower,
    WelfareAction,
    WelfareClaim,
    WelfareKind,
    WelfareStatus,
    WelfareStep,
    WelfareTold,
)

WELFARE_TOLD, WELFARE_STEPS = "welfare_claims.told", "welfare_claims.steps"
STATUSES = ", ".join(f"'{one.value}'" for one in WelfareStatus)
LISTED = ", ".join(f"'{one.value}'" for one in WelfareStatus if one in OPEN)

welfare_claims = Table(
    "welfare_claims",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("application", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("worker", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    # An injury, an illness or a death: kind, day and words are sealed in one text.
    Column("told", LargeBinary, nullable=False, info=SENSITIVE),
    Column("told_at", INSTANT, nullable=False, info=PERSONAL),
    Column("told_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("status", Text, nullable=False, info=PERSONAL),
    Column("steps", LargeBinary, nullable=False, info=SENSITIVE),
    Column("version", Integer, nullable=False, info=OPERATIONAL),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    CheckConstraint(f"status IN ({STATUSES})", name="status"),
    CheckConstraint("version >= 1 AND (version > 1 OR status = 'received')", name="version"),
    Index("ix_welfare_claims_application", "application", "told_at"),
    Index("ix_welfare_claims_worker", "worker"),
    Index("ix_welfare_claims_open", "told_at", postgresql_where=text(f"status IN ({LISTED})")),
)


@dataclass(frozen=True)
class OfficeClaim:
    """A claim with whose it is, for the office."""

    claim: WelfareClaim
    programme: str
    worker_name: str
    receipt: str | None


def add_claim(session: Session, vault: Vault, claim: WelfareClaim, *, event: AuditEvent) -> bool:
    """Keep a claim; the same id again (a double click) keeps the first, tells none: False."""
    row = {
        "id": claim.id,
        "application": claim.application,
        "worker": claim.worker,
        "told": vault.seal(WELFARE_TOLD, claim.id, _dumped(asdict(claim.told))),
        "told_at": claim.told_at,
        "told_by": claim.told_by,
        "status": claim.status.value,
        "steps": _sealed_steps(vault, claim),
        "version": claim.version,
    }
    return audit.add_once(session, welfare_claims, row, event=event)


def save_step(session: Session, vault: Vault, claim: WelfareClaim, *, event: AuditEvent) -> None:
    """Write how far it has come; the caller holds the row and has grown the version."""
    session.execute(
        update(welfare_claims)
        .where(welfare_claims.c.id == claim.id)
        .values(status=claim.status.value, steps=_sealed_steps(vault, claim), version=claim.version)
    )
    audit.append(session, event)


def note_reading(session: Session, *, event: AuditEvent) -> None:
    """Remember that the office opened a claim."""
    audit.append(session, event)


def list_claims(session: Session, vault: Vault, application: UUID) -> list[WelfareClaim]:
    """Every claim of an application, for its worker, the first one first."""
    own = welfare_claims.c
    rows = session.execute(
        select(welfare_claims)
        .where(own.application == application)
        .order_by(own.told_at, own.id)
        .limit(MOST_CLAIMS)
    )
    return [_claim(vault, row) for row in rows]


def find_claim(
    session: Session, vault: Vault, identity: UUID, *, hold: bool = False
) -> WelfareClaim | None:
    """One claim by id; with `hold` its row until the end."""
    query = select(welfare_claims).where(welfare_claims.c.id == identity)
    row = session.execute(query.with_for_update() if hold else query).one_or_none()
    return None if row is None else _claim(vault, row)


def list_open(session: Session, vault: Vault, limit: int) -> list[OfficeClaim]:
    """What is not settled, of everybody: what rests behind the others, the oldest first of each."""
    own = welfare_claims.c
    settled_not = own.status.in_([one.value for one in sorted(OPEN)])
    resting = own.status.in_([one.value for one in sorted(RESTING)])
    rows = session.execute(
        _of_office().where(settled_not).order_by(resting, own.told_at, own.id).limit(limit)
    )
    return [_office(vault, row) for row in rows]


def find_of_office(session: Session, vault: Vault, identity: UUID) -> OfficeClaim | None:
    """One claim with whose it is."""
    row = session.execute(_of_office().where(welfare_claims.c.id == identity)).one_or_none()
    return None if row is None else _office(vault, row)


@cache
def _of_office() -> Select[Any]:
    return select(
        welfare_claims,
        applications.c.programme,
        applications.c.worker_name,
        applications.c.receipt,
    ).join(applications, applications.c.id == welfare_claims.c.application)


def _office(vault: Vault, row: Row[Any]) -> OfficeClaim:
    return OfficeClaim(_claim(vault, row), row.programme, row.worker_name, row.receipt)


def _claim(vault: Vault, row: Row[Any]) -> WelfareClaim:
    steps = json.loads(vault.open(WELFARE_STEPS, row.id, row.steps))
    return WelfareClaim(
        row.id,
        row.application,
        PersonId(row.worker),
        _told(json.loads(vault.open(WELFARE_TOLD, row.id, row.told))),
        row.told_at,
        PersonId(row.told_by),
        WelfareStatus(row.status),
        tuple(_step(one) for one in steps),
        row.version,
    )


def _told(told: dict[str, Any]) -> WelfareTold:
    return WelfareTold(
        WelfareKind(told["kind"]),
        date.fromisoformat(told["happened_on"]),
        told["words"],
        told["insurance"],
        _amount(told["amount"]),
        told["currency"],
        told["teller"],
    )


def _step(step: dict[str, Any]) -> WelfareStep:
    return WelfareStep(
        WelfareAction(step["action"]),
        date.fromisoformat(step["on"]),
        datetime.fromisoformat(step["at"]),
        Ower(step["ower"]) if step["ower"] else None,
        step["name"],
        _amount(step["amount"]),
        step["currency"],
        step["words"],
        step["next_words"],
    )


def _amount(text_: str | None) -> Decimal | None:
    return None if text_ is None else Decimal(text_)


def _sealed_steps(vault: Vault, claim: WelfareClaim) -> bytes:
    return vault.seal(WELFARE_STEPS, claim.id, _dumped([asdict(one) for one in claim.steps]))


def _dumped(value: object) -> str:
    return json.dumps(value, default=_plain)


def _plain(value: object) -> str:
    """Days and instants as ISO 8601, amounts as they are written."""
    return value.isoformat() if isinstance(value, date) else str(value)
