"""The cost diary: each payment sealed, its own row, gone with the file that it lies beside."""

import json
from dataclasses import asdict
from datetime import date
from decimal import Decimal
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
    Table,
    Text,
    delete,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import INSTANT, OPERATIONAL, PERSONAL, PSEUDONYMOUS, SECRET, SENSITIVE
from app.storage.database import Base, Session
from app.storage.sealed import Vault
from permits.audit import AuditEvent
from permits.people import PersonId
from recruitment.costs import (
    MOST_ENTRIES,
    Asker,
    ClaimStatus,
    CostEntry,
    Payment,
    Phase,
    Voice,
    Way,
)
from recruitment.ethics.words import CostCode, Lender, Payer
from recruitment.recruiters import LicenceKey
from recruitment.registries import Registry

COST = "cost_entries.told"


cost_entries = Table(
    "cost_entries",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("application", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("worker", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("told", LargeBinary, nullable=False, info=SENSITIVE),
    Column("status", Text, nullable=False, info=PERSONAL),
    Column("version", Integer, nullable=False, info=OPERATIONAL),
    Column("receipt_key", Text, info=SENSITIVE),
    # What was said of it: where the sealed sound lies, and the sealed key that opens it.
    Column("voice_key", Text, info=SENSITIVE),
    Column("voice_media", Text, info=OPERATIONAL),
    Column("voice_sealed", LargeBinary, info=SECRET),
    Column("noted_at", INSTANT, nullable=False, info=PERSONAL),
    # Since when SETRASS reads it; nobody else than its worker does before.
    Column("asked_at", INSTANT, info=PERSONAL),
    Column("fee_confirmed_at", INSTANT, info=PERSONAL),
    Column("fee_confirmed_by", PG_UUID, info=PSEUDONYMOUS),
    Column("registry", Text, info=PERSONAL),
    Column("licence", Text, info=PERSONAL),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    CheckConstraint("status IN ('noted', 'asked', 'paid', 'confirmed', 'disputed')", name="status"),
    CheckConstraint("(status = 'noted') = (asked_at IS NULL)", name="asked_is_seen"),
    CheckConstraint(
        "(fee_confirmed_at IS NULL) = (fee_confirmed_by IS NULL)"
        " AND (fee_confirmed_at IS NULL OR (status <> 'noted' AND fee_confirmed_by <> worker))",
        name="fee_confirmed_together",
    ),
    CheckConstraint(
        "(registry IS NULL) = (licence IS NULL)"
        " AND (licence IS NULL OR fee_confirmed_at IS NOT NULL)",
        name="licence_of_fee",
    ),
    CheckConstraint(
        "(voice_key IS NULL) = (voice_media IS NULL)"
        " AND (voice_key IS NULL) = (voice_sealed IS NULL)",
        name="voice_together",
    ),
    CheckConstraint("version >= 1", name="version"),
    Index("ix_cost_entries_application", "application", "noted_at"),
    Index("ix_cost_entries_worker", "worker"),
    Index("ix_cost_entries_asked", "asked_at", postgresql_where=text("asked_at IS NOT NULL")),
)


def add_entry(session: Session, vault: Vault, entry: CostEntry, *, event: AuditEvent) -> None:
    """Keep a payment; the same id a second time (a double click) keeps the first and tells none."""
    audit.add_once(
        session,
        cost_entries,
        {
            "id": entry.id,
            "application": entry.application,
            "worker": entry.worker,
            "told": _seal(vault, entry),
            "status": entry.status.value,
            "version": entry.version,
            "receipt_key": entry.receipt_key,
            **_spoken(entry),
            "noted_at": entry.noted_at,
        },
        event=event,
    )


def save_entry(session: Session, vault: Vault, entry: CostEntry, *, event: AuditEvent) -> None:
    """Write what its worker changed; the caller holds the row and has grown the version."""
    session.execute(
        update(cost_entries)
        .where(cost_entries.c.id == entry.id)
        .values(
            told=_seal(vault, entry),
            receipt_key=entry.receipt_key,
            **_spoken(entry),
            version=entry.version,
        )
    )
    audit.append(session, event)


def save_claim(session: Session, entry: CostEntry, *, event: AuditEvent) -> None:
    """Write how far the repayment has come; the caller holds the row."""
    session.execute(
        update(cost_entries)
        .where(cost_entries.c.id == entry.id)
        .values(status=entry.status.value, asked_at=entry.asked_at, version=entry.version)
    )
    audit.append(session, event)


def save_fee(session: Session, entry: CostEntry, official: PersonId, *, event: AuditEvent) -> None:
    """Write that an official confirmed it as a fee, and against which licence."""
    licence = entry.licence
    session.execute(
        update(cost_entries)
        .where(cost_entries.c.id == entry.id, cost_entries.c.fee_confirmed_at.is_(None))
        .values(
            fee_confirmed_at=entry.fee_confirmed_at,
            fee_confirmed_by=official,
            registry=licence.registry.value if licence else None,
            licence=licence.number if licence else None,
            version=entry.version,
        )
    )
    audit.append(session, event)


def remove_entry(session: Session, entry: UUID, *, event: AuditEvent) -> None:
    """Forget a payment; the caller holds the row."""
    session.execute(delete(cost_entries).where(cost_entries.c.id == entry))
    audit.append(session, event)


def note_reading(session: Session, *, event: AuditEvent) -> None:
    """Remember that an official opened what a worker asked back."""
    audit.append(session, event)


def list_entries(session: Session, vault: Vault, application: UUID) -> list[CostEntry]:
    """Every payment of an application, for its worker, the first one first."""
    rows = session.execute(
        select(cost_entries)
        .where(cost_entries.c.application == application)
        .order_by(cost_entries.c.noted_at, cost_entries.c.id)
        .limit(MOST_ENTRIES)
    )
    return [read_entry(vault, row) for row in rows]


def list_spoken(session: Session, vault: Vault, person: PersonId) -> list[CostEntry]:
    """Every payment that a worker told by voice, the first one first."""
    own = cost_entries.c
    rows = session.execute(
        select(cost_entries)
        .where(own.worker == person, own.voice_key.is_not(None))
        .order_by(own.noted_at, own.id)
        .limit(MOST_ENTRIES)
    )
    return [read_entry(vault, row) for row in rows]


def find_entry(
    session: Session, vault: Vault, entry: UUID, *, hold: bool = False
) -> CostEntry | None:
    """One payment by id; with `hold` its row until the end."""
    query = select(cost_entries).where(cost_entries.c.id == entry)
    row = session.execute(query.with_for_update() if hold else query).one_or_none()
    return None if row is None else read_entry(vault, row)


def _seal(vault: Vault, entry: CostEntry) -> bytes:
    told = {name: _plain(value) for name, value in asdict(entry.payment).items()}
    return vault.seal(COST, entry.id, json.dumps(told))


def _spoken(entry: CostEntry) -> dict[str, str | bytes | None]:
    voice = entry.voice
    if voice is None:
        return dict.fromkeys(("voice_key", "voice_media", "voice_sealed"))
    return {"voice_key": voice.key, "voice_media": voice.media, "voice_sealed": voice.secret}


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _payment(told: dict[str, Any]) -> Payment:
    lender, interest = told["lender"], told["interest_percent"]
    return Payment(
        CostCode(told["code"]),
        Decimal(told["amount"]),
        told["currency"],
        Phase(told["phase"]),
        Payer(told["payer"]),
        Asker(told["asker"]),
        Way(told["means"]),
        told["asker_name"],
        told["words"],
        Lender(lender) if lender else None,
        Decimal(interest) if interest is not None else None,
        told["repaid_by_wage"],
        # Not asked before decision 90.
        date.fromisoformat(told["paid_on"]) if told.get("paid_on") else None,
    )


def read_entry(vault: Vault, row: Row[Any]) -> CostEntry:
    """A payment as its row keeps it, opened."""
    return CostEntry(
        row.id,
        row.application,
        PersonId(row.worker),
        _payment(json.loads(vault.open(COST, row.id, row.told))),
        row.noted_at,
        ClaimStatus(row.status),
        row.version,
        row.receipt_key,
        Voice(row.voice_key, row.voice_media, row.voice_sealed) if row.voice_key else None,
        row.asked_at,
        row.fee_confirmed_at,
        LicenceKey(Registry(row.registry), row.licence) if row.licence else None,
    )
