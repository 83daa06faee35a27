"""What missions' readers marked in the texts of contracts; a reading is never changed."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    Row,
    Table,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.people import PersonId
from recruitment.clause_tags import Reading
from recruitment.ethics.words import Clause, ContractTerm

clause_tags = Table(
    "clause_tags",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=OPERATIONAL),
    Column("vacancy", PG_UUID, ForeignKey("vacancies.id"), nullable=False, info=OPERATIONAL),
    # What was read: other terms are another text.
    Column("text_sha256", LargeBinary, nullable=False, info=OPERATIONAL),
    Column("says", JSONB, nullable=False, info=OPERATIONAL),
    Column("binds", JSONB, nullable=False, info=OPERATIONAL),
    Column("official", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("read_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
    CheckConstraint("octet_length(text_sha256) = 32", name="text"),
    Index("ix_clause_tags_vacancy", "vacancy"),
)


def add_reading(session: Session, reading: Reading, *, event: AuditEvent) -> bool:
    """Write a reading down, of one id once; False where it stands already."""
    return audit.add_once(
        session,
        clause_tags,
        {
            "id": reading.id,
            "vacancy": reading.vacancy,
            "text_sha256": reading.text,
            "says": {one.value: number for one, number in reading.says.items()},
            "binds": {one.value: number for one, number in reading.binds.items()},
            "official": reading.official,
            "read_at": reading.read_at,
        },
        "id",
        event=event,
    )


def list_readings(session: Session, some: Collection[UUID]) -> dict[UUID, list[Reading]]:
    """What was marked in the contracts of each of these vacancies, the oldest first."""
    if not some:
        return {}
    table = clause_tags.c
    query = select(clause_tags).where(table.vacancy.in_(some))
    found: dict[UUID, list[Reading]] = {}
    for row in session.execute(query.order_by(table.read_at, table.id)):
        found.setdefault(row.vacancy, []).append(_reading(row))
    return found


def _reading(row: Row[Any]) -> Reading:
    return Reading(
        row.id,
        row.vacancy,
        bytes(row.text_sha256),
        {ContractTerm(one): number for one, number in row.says.items()},
        {Clause(one): number for one, number in row.binds.items()},
        PersonId(row.official),
        row.read_at,
    )
