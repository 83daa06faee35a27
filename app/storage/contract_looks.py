"""What officials of SETRASS said of changed contracts: one look for a pair of versions."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Integer, Table, Text
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import INSTANT, OPERATIONAL, PERSONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.people import PersonId, Role
from recruitment.contract_looks import Look
from recruitment.contract_standing import Held
from recruitment.ethics.words import Weighed

contract_looks = Table(
    "contract_looks",
    Base.metadata,
    Column("application", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    # Both texts by their digests: a newer one wants a look of its own.
    Column("base_digest", Text, primary_key=True, info=OPERATIONAL),
    Column("digest", Text, primary_key=True, info=OPERATIONAL),
    Column("base_version", Integer, nullable=False, info=OPERATIONAL),
    Column("version", Integer, nullable=False, info=OPERATIONAL),
    Column("weighed", Text, nullable=False, info=PERSONAL),
    Column("reason", Text, nullable=False, info=PERSONAL),
    Column("official", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("role", Text, nullable=False, info=OPERATIONAL),
    Column("looked_at", INSTANT, nullable=False, info=PERSONAL),
    *(
        ForeignKeyConstraint(
            ["application", version, digest],
            ["contracts.application", "contracts.version", "contracts.digest"],
            name=f"fk_contract_looks_{digest}",
        )
        for version, digest in (("base_version", "base_digest"), ("version", "digest"))
    ),
    CheckConstraint("weighed IN ('same', 'better', 'worse')", name="weighed"),
    CheckConstraint("role IN ('setrass-analyst', 'setrass-officer')", name="role_of_setrass"),
    CheckConstraint("reason <> ''", name="reasoned"),
    CheckConstraint("base_version < version AND base_digest <> digest", name="of_a_newer_text"),
)


def add_look(session: Session, held: Held, look: Look, *, event: AuditEvent) -> bool:
    """Keep what an official said of a pair; False, and nothing logged, where somebody had."""
    return audit.add_once(
        session,
        contract_looks,
        {
            "application": held.newest.application,
            "base_digest": look.base,
            "digest": look.digest,
            "base_version": held.base.version,
            "version": held.newest.version,
            "weighed": look.weighed.value,
            "reason": look.reason,
            "official": look.official,
            "role": look.role.value,
            "looked_at": look.looked_at,
        },
        *("application", "base_digest", "digest"),
        event=event,
    )


def read_look(values: Mapping[str, Any]) -> Look:
    """A look from the columns of its table by name."""
    return Look(
        values["base_digest"],
        values["digest"],
        Weighed(values["weighed"]),
        values["reason"],
        PersonId(values["official"]),
        Role(values["role"]),
        values["looked_at"],
    )
