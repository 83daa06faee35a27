"""A name or another identity datum may change under a right, by both agencies (decision 46)."""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

TABLE = "identity_changes"
INSTANT = sa.DateTime(timezone=True)
REASONS = "'lost', 'stolen', 'damaged', 'key-compromised', 'employer-changed'"
KINDS = "'identity-front', 'identity-back', 'photo', 'answer'"
MANY = "kind <> 'answer'"
CHECKS = {
    "agencies": "labour_agency = 'setrass' AND migration_agency = 'inm'",
    "approvals_of_its_digest": (
        "(labour_official IS NULL) = (labour_digest IS NULL)"
        " AND (migration_official IS NULL) = (migration_digest IS NULL)"
        " AND labour_digest IS NOT DISTINCT FROM"
        " CASE WHEN labour_official IS NOT NULL THEN digest END"
        " AND migration_digest IS NOT DISTINCT FROM"
        " CASE WHEN migration_official IS NOT NULL THEN digest END"
    ),
    "granted_by_both": (
        "outcome <> 'granted' OR (labour_official IS NOT NULL AND migration_official IS NOT NULL)"
    ),
    "two_officials": "labour_official <> migration_official",
    "not_own_case": (
        "worker NOT IN (coalesce(labour_official, id), coalesce(migration_official, id),"
        " coalesce(refused_by, id))"
    ),
    "outcome": "outcome IN ('asked', 'granted', 'refused', 'withdrawn')",
    "settled_together": (
        "(outcome = 'refused') = (refused_by IS NOT NULL)"
        " AND (refused_by IS NULL) = (refused_agency IS NULL)"
        " AND (outcome = 'asked') = (decided_at IS NULL)"
    ),
}


def upgrade() -> None:
    _put_reasons(f"{REASONS}, 'identity-changed'")
    _put_kinds(f"{KINDS}, 'evidence'", "kind NOT IN ('answer', 'evidence')")
    op.create_table(
        TABLE,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("authorisation", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("content", sa.LargeBinary()),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence", sa.UUID(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False, server_default="asked"),
        sa.Column("labour_agency", sa.Text(), nullable=False, server_default="setrass"),
        sa.Column("labour_official", sa.UUID()),
        sa.Column("labour_digest", sa.Text()),
        sa.Column("migration_agency", sa.Text(), nullable=False, server_default="inm"),
        sa.Column("migration_official", sa.UUID()),
        sa.Column("migration_digest", sa.Text()),
        sa.Column("refused_agency", sa.Text()),
        sa.Column("refused_by", sa.UUID()),
        sa.Column("decided_at", INSTANT),
        sa.Column("note", sa.Text(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_changes")),
        *_keys(),
        *(
            sa.CheckConstraint(rule, name=op.f(f"ck_{TABLE}_{name}"))
            for name, rule in CHECKS.items()
        ),
    )
    asked = sa.text("outcome = 'asked'")
    op.create_index(
        "uq_identity_changes_asked", TABLE, ["authorisation"], unique=True, postgresql_where=asked
    )
    op.create_index("ix_identity_changes_outcome_asked_at", TABLE, ["outcome", "asked_at"])


def _keys() -> list[sa.ForeignKeyConstraint]:
    officials = {
        "labour_official": "labour_agency",
        "migration_official": "migration_agency",
        "refused_by": "refused_agency",
    }
    return [
        sa.ForeignKeyConstraint(
            ["authorisation", "worker"],
            ["authorisations.id", "authorisations.worker"],
            name="fk_identity_changes_right",
        ),
        *(
            sa.ForeignKeyConstraint(
                [official, agency],
                ["postings.person", "postings.agency"],
                name=f"fk_identity_changes_{official}",
            )
            for official, agency in officials.items()
        ),
    ]


def _put_reasons(reasons: str) -> None:
    name = op.f("ck_credentials_replacement_together")
    op.drop_constraint(name, "credentials", type_="check")
    op.create_check_constraint(
        name,
        "credentials",
        "(replaces IS NULL) = (replacement = 0)"
        " AND (replaces IS NULL) = (replacement_reason IS NULL)"
        " AND replacement >= 0"
        f" AND replacement_reason IN ({reasons})",
    )


def _put_kinds(kinds: str, single: str) -> None:
    op.drop_constraint(op.f("ck_documents_kind"), "documents", type_="check")
    op.create_check_constraint(op.f("ck_documents_kind"), "documents", f"kind IN ({kinds})")
    op.drop_index("uq_documents_current", "documents")
    op.create_index(
        "uq_documents_current",
        "documents",
        ["application", "kind"],
        unique=True,
        postgresql_where=sa.text(f"replaced_at IS NULL AND {single}"),
    )


def downgrade() -> None:
    op.execute(
        "UPDATE credentials SET replacement_reason = 'damaged'"
        " WHERE replacement_reason = 'identity-changed'"
    )
    op.execute("UPDATE documents SET kind = 'answer' WHERE kind = 'evidence'")
    op.drop_table(TABLE)
    _put_kinds(KINDS, MANY)
    _put_reasons(REASONS)
