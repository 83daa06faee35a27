"""R05: an agent marks that a worker may be a child, and takes it back (decision 91)."""

import sqlalchemy as sa
from alembic import op

revision = "0146"
down_revision = "0145"
branch_labels = None
depends_on = None

TABLE = "age_marks"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.UUID(), primary_key=True),
        sa.Column("application", sa.UUID(), sa.ForeignKey("applications.id"), nullable=False),
        sa.Column("sign", sa.Text(), nullable=False),
        sa.Column("marked_by", sa.UUID(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.UUID()),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("reason", sa.Text(), nullable=False, server_default=""),
        sa.CheckConstraint(
            "sign IN ('looks', 'said', 'paper-of-another', 'told-by-another')",
            name=op.f("ck_age_marks_sign"),
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (reason = '')",
            name=op.f("ck_age_marks_ended_together"),
        ),
    )
    op.create_index(
        "uq_age_marks_standing",
        TABLE,
        ["application", "marked_by"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("ix_age_marks_marked_at", TABLE, ["marked_at"])


def downgrade() -> None:
    op.drop_table(TABLE)
