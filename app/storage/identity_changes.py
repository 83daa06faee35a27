"""Wishes for other identity data, each with two approvals of one digest; the data stand sealed."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Row,
    Table,
    Text,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.applications import applications, list_reached
from app.storage.authorisations import authorisations
from app.storage.database import Base, Session
from app.storage.sealed import Vault
from permits.audit import AuditEvent
from permits.authorisations import AuthorisationId
from permits.identity_changes import (
    IdentityChange,
    IdentityChangeId,
    IdentityOutcome,
    IdentityReason,
)
from permits.people import Agency, PersonId
from permits.reach import Reach
from permits.submissions import Answers, from_mapping

IDENTITY_CONTENT = "identity_changes.content"
"""Where both data are sealed, as the canonical JSON that the digest stands over."""

_PSEUDONYM, _OPERATIONAL, _PERSONAL = (
    {"class": name} for name in ("pseudonymous", "operational", "personal")
)

identity_changes = Table(
    "identity_changes",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=_PSEUDONYM),
    Column("authorisation", PG_UUID, nullable=False, info=_PSEUDONYM),
    Column("worker", PG_UUID, nullable=False, info=_PSEUDONYM),
    # None once the file is erased.
    Column("content", LargeBinary, info={"class": "sensitive"}),
    Column("digest", Text, nullable=False, info=_PSEUDONYM),
    Column("reason", Text, nullable=False, info=_PERSONAL),
    Column("evidence", PG_UUID, nullable=False, info=_PSEUDONYM),
    Column("asked_at", DateTime(timezone=True), nullable=False, info=_PERSONAL),
    Column("outcome", Text, nullable=False, server_default="asked", info=_PERSONAL),
    Column("labour_agency", Text, nullable=False, server_default="setrass", info=_OPERATIONAL),
    Column("labour_official", PG_UUID, info=_PSEUDONYM),
    Column("labour_digest", Text, info=_PSEUDONYM),
    Column("migration_agency", Text, nullable=False, server_default="inm", info=_OPERATIONAL),
    Column("migration_official", PG_UUID, info=_PSEUDONYM),
    Column("migration_digest", Text, info=_PSEUDONYM),
    Column("refused_agency", Text, info=_OPERATIONAL),
    Column("refused_by", PG_UUID, info=_PSEUDONYM),
    Column("decided_at", DateTime(timezone=True), info=_PERSONAL),
    Column("note", Text, nullable=False, server_default="", info=_PERSONAL),
    ForeignKeyConstraint(
        ["authorisation", "worker"],
        ["authorisations.id", "authorisations.worker"],
        name="fk_identity_changes_right",
    ),
    # Each official is posted at the agency that they speak for.
    *(
        ForeignKeyConstraint(
            [official, agency],
            ["postings.person", "postings.agency"],
            name=f"fk_identity_changes_{official}",
        )
        for official, agency in (
            ("labour_official", "labour_agency"),
            ("migration_official", "migration_agency"),
            ("refused_by", "refused_agency"),
        )
    ),
    CheckConstraint("labour_agency = 'setrass' AND migration_agency = 'inm'", name="agencies"),
    CheckConstraint(
        "(labour_official IS NULL) = (labour_digest IS NULL)"
        " AND (migration_official IS NULL) = (migration_digest IS NULL)"
        " AND labour_digest IS NOT DISTINCT FROM"
        " CASE WHEN labour_official IS NOT NULL THEN digest END"
        " AND migration_digest IS NOT DISTINCT FROM"
        " CASE WHEN migration_official IS NOT NULL THEN digest END",
        name="approvals_of_its_digest",
    ),
    CheckConstraint(
        "outcome <> 'granted' OR (labour_official IS NOT NULL AND migration_official IS NOT NULL)",
        name="granted_by_both",
    ),
    CheckConstraint("labour_official <> migration_official", name="two_officials"),
    CheckConstraint(
        "worker NOT IN (coalesce(labour_official, id), coalesce(migration_official, id),"
        " coalesce(refused_by, id))",
        name="not_own_case",
    ),
    CheckConstraint("outcome IN ('asked', 'granted', 'refused', 'withdrawn')", name="outcome"),
    CheckConstraint(
        "(outcome = 'refused') = (refused_by IS NOT NULL)"
        " AND (refused_by IS NULL) = (refused_agency IS NULL)"
        " AND (outcome = 'asked') = (decided_at IS NULL)",
        name="settled_together",
    ),
    Index(
        "uq_identity_changes_asked",
        "authorisation",
        unique=True,
        postgresql_where=text("outcome = 'asked'"),
    ),
    Index("ix_identity_changes_outcome_asked_at", "outcome", "asked_at"),
)


@dataclass(frozen=True)
class ListedIdentityChange:
    """A wish with the case that it belongs to."""

    change: IdentityChange
    application: UUID
    receipt: str


def add_change(
    session: Session, vault: Vault, change: IdentityChange, content: str, *, event: AuditEvent
) -> None:
    """Record a wish; `content` is the canonical JSON of the data of before and after."""
    session.execute(
        insert(identity_changes).values(
            id=change.id,
            authorisation=change.authorisation,
            worker=change.worker,
            content=vault.seal(IDENTITY_CONTENT, change.id, content),
            digest=change.digest,
            reason=change.reason.value,
            evidence=change.evidence,
            asked_at=change.asked_at,
        )
    )
    audit.append(session, event)


def save_change(session: Session, change: IdentityChange, *, event: AuditEvent) -> None:
    """Record what an agency, or the worker, said of a wish that waits."""
    session.execute(
        update(identity_changes)
        .where(identity_changes.c.id == change.id, identity_changes.c.outcome == "asked")
        .values(
            outcome=change.outcome.value,
            labour_official=change.labour,
            labour_digest=change.digest if change.labour else None,
            migration_official=change.migration,
            migration_digest=change.digest if change.migration else None,
            refused_agency=change.refused_for.value if change.refused_for else None,
            refused_by=change.refused_by,
            decided_at=change.decided_at,
            note=change.note,
        )
    )
    audit.append(session, event)


def list_of_right(session: Session, vault: Vault, authorisation: UUID) -> list[IdentityChange]:
    """Every wish of a right, newest first."""
    rows = session.execute(
        select(identity_changes)
        .where(identity_changes.c.authorisation == authorisation)
        .order_by(identity_changes.c.asked_at.desc(), identity_changes.c.id)
    )
    return [_change(vault, row) for row in rows]


def find_granted(session: Session, vault: Vault, application: UUID) -> IdentityChange | None:
    """The last change that was granted under the right of an application, if there was one."""
    row = session.execute(
        select(identity_changes)
        .join(authorisations, authorisations.c.id == identity_changes.c.authorisation)
        .where(
            authorisations.c.application == application,
            identity_changes.c.outcome == "granted",
            identity_changes.c.content.is_not(None),
        )
        .order_by(identity_changes.c.decided_at.desc(), identity_changes.c.id)
        .limit(1)
    ).one_or_none()
    return _change(vault, row) if row else None


def list_changes(
    session: Session,
    vault: Vault,
    outcome: IdentityOutcome,
    since: datetime,
    reach: Reach,
    limit: int,
) -> list[ListedIdentityChange]:
    """Wishes within reach that were asked since an instant, the oldest first."""
    rows = session.execute(
        select(identity_changes, authorisations.c.application, applications.c.receipt)
        .join(authorisations, authorisations.c.id == identity_changes.c.authorisation)
        .join(applications, applications.c.id == authorisations.c.application)
        .where(
            identity_changes.c.outcome == outcome.value,
            identity_changes.c.asked_at >= since,
            authorisations.c.application.in_(list_reached(reach)),
        )
        .order_by(identity_changes.c.asked_at, identity_changes.c.id)
        .limit(limit)
    )
    return [
        ListedIdentityChange(_change(vault, row), row.application, row.receipt or "")
        for row in rows
    ]


def _change(vault: Vault, row: Row[Any]) -> IdentityChange:
    before = after = Answers()
    if row.content is not None:
        told = json.loads(vault.open(IDENTITY_CONTENT, row.id, row.content))
        before, after = from_mapping(told["before"]), from_mapping(told["after"])
    return IdentityChange(
        IdentityChangeId(row.id),
        AuthorisationId(row.authorisation),
        PersonId(row.worker),
        before,
        after,
        IdentityReason(row.reason),
        row.evidence,
        row.digest,
        row.asked_at,
        IdentityOutcome(row.outcome),
        PersonId(row.labour_official) if row.labour_official else None,
        PersonId(row.migration_official) if row.migration_official else None,
        Agency(row.refused_agency) if row.refused_agency else None,
        PersonId(row.refused_by) if row.refused_by else None,
        row.decided_at,
        row.note,
    )
