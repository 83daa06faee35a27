"""The tables of wishes for other identity data: one approval of each agency, all of one digest."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage.columns import OPERATIONAL, PERSONAL, PSEUDONYMOUS, SENSITIVE
from app.storage.database import Base

CONTENT = ("worker", "digest", "agency_set")

identity_changes = Table(
    "identity_changes",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("authorisation", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("worker", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    # None once the file is erased.
    Column("content", LargeBinary, info=SENSITIVE),
    Column("digest", Text, nullable=False, info=PSEUDONYMOUS),
    Column("reason", Text, nullable=False, info=PERSONAL),
    Column("evidence", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("asked_at", DateTime(timezone=True), nullable=False, info=PERSONAL),
    Column("outcome", Text, nullable=False, server_default="asked", info=PERSONAL),
    # Those that approved the right; and how many approved this, once it is granted.
    Column("agency_set", Integer, nullable=False, info=OPERATIONAL),
    Column("approvals", Integer, info=OPERATIONAL),
    Column("refused_agency", Text, info=OPERATIONAL),
    Column("refused_by", PG_UUID, info=PSEUDONYMOUS),
    Column("decided_at", DateTime(timezone=True), info=PERSONAL),
    Column("note", Text, nullable=False, server_default="", info=PERSONAL),
    ForeignKeyConstraint(
        ["authorisation", "worker"],
        ["authorisations.id", "authorisations.worker"],
        name="fk_identity_changes_right",
    ),
    ForeignKeyConstraint(
        ["authorisation", "agency_set"],
        ["authorisations.id", "authorisations.agency_set"],
        name="fk_identity_changes_set_of_right",
    ),
    # Granted stands on as many approvals as the set has agencies; each has one at most.
    ForeignKeyConstraint(
        ["agency_set", "approvals"],
        ["agency_sets.id", "agency_sets.size"],
        name="fk_identity_changes_approved_by_all",
    ),
    ForeignKeyConstraint(
        ["id", "approvals"],
        ["identity_approvals.change", "identity_approvals.nth"],
        name="fk_identity_changes_last_approval",
        use_alter=True,
    ),
    # Who refuses is posted at the agency that they speak for.
    ForeignKeyConstraint(
        ["refused_by", "refused_agency"],
        ["postings.person", "postings.agency"],
        name="fk_identity_changes_refused_by",
    ),
    UniqueConstraint("id", "worker", "digest", "agency_set"),
    CheckConstraint("(outcome = 'granted') = (approvals IS NOT NULL)", name="granted_by_all"),
    CheckConstraint("worker <> refused_by", name="not_own_case"),
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

# One after the other, by the day: which agency says its word first does not matter.
identity_approvals = Table(
    "identity_approvals",
    Base.metadata,
    Column("change", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("nth", Integer, primary_key=True, autoincrement=False, info=OPERATIONAL),
    Column("before", Integer, info=OPERATIONAL),
    Column("worker", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("digest", Text, nullable=False, info=PSEUDONYMOUS),
    Column("agency_set", Integer, nullable=False, info=OPERATIONAL),
    Column("agency", Text, nullable=False, info=OPERATIONAL),
    Column("official", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    UniqueConstraint("change", "agency"),
    UniqueConstraint("change", "official"),
    CheckConstraint("coalesce(before, 0) = nth - 1", name="one_after_the_other"),
    CheckConstraint("official <> worker", name="not_own_case"),
    ForeignKeyConstraint(
        ["change", *CONTENT],
        ["identity_changes.id", *(f"identity_changes.{name}" for name in CONTENT)],
        name="fk_identity_approvals_change",
    ),
    ForeignKeyConstraint(
        ["change", "before"],
        ["identity_approvals.change", "identity_approvals.nth"],
        name="fk_identity_approvals_before",
    ),
    ForeignKeyConstraint(
        ["agency_set", "agency"],
        ["set_agencies.agency_set", "set_agencies.agency"],
        name="fk_identity_approvals_asked_agency",
    ),
    # Each official is posted at the agency that they speak for.
    ForeignKeyConstraint(
        ["official", "agency"],
        ["postings.person", "postings.agency"],
        name="fk_identity_approvals_official",
    ),
)
