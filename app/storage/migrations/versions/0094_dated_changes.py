"""What two administrators change without a release: texts and rows of lists, each with its day."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0094"
down_revision = "0093"
branch_labels = None
depends_on = None

TABLE = "dated_changes"
INSTANT = sa.DateTime(timezone=True)
CHECKS = (
    ("kind", "kind IN ('text', 'listed')"),
    ("state", "state IN ('proposed', 'approved', 'rejected', 'withdrawn')"),
    (
        "decided_together",
        "(state = 'proposed') = (decided_by IS NULL)"
        " AND (decided_by IS NULL) = (decided_at IS NULL)",
    ),
    ("two_people", "decided_by IS NULL OR (decided_by = proposed_by) = (state = 'withdrawn')"),
    ("content", "jsonb_typeof(content) = 'object'"),
)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("content", postgresql.JSONB(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("proposed_by", sa.UUID(), nullable=False),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False, server_default="proposed"),
        sa.Column("decided_by", sa.UUID()),
        sa.Column("decided_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        *(
            sa.ForeignKeyConstraint(
                [name], ["accounts.person"], name=op.f(f"fk_{TABLE}_{name}_accounts")
            )
            for name in ("proposed_by", "decided_by")
        ),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{TABLE}_{name}")) for name, rule in CHECKS),
    )
    op.create_index(
        "uq_dated_changes_proposed",
        TABLE,
        ["kind", "subject"],
        unique=True,
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.create_index("ix_dated_changes_kind_subject", TABLE, ["kind", "subject", "valid_from"])


def downgrade() -> None:
    op.drop_table(TABLE)
