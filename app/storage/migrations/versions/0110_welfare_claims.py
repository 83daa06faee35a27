"""What is due to workers beside wages (W26; decision 71)."""

import sqlalchemy as sa
from alembic import op

revision = "0110"
down_revision = "0109"
branch_labels = None
depends_on = None

TABLE = "welfare_claims"
OPEN = "'received', 'sent', 'accepted', 'refused', 'paid', 'contested'"
STATUSES = (
    "'received', 'sent', 'accepted', 'refused', 'paid', 'confirmed', 'contested', 'withdrawn'"
)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("told", sa.LargeBinary(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_by", sa.UUID(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("steps", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_welfare_claims")),
        sa.ForeignKeyConstraint(
            ["application", "worker"],
            ["applications.id", "applications.worker"],
            name=op.f("fk_welfare_claims_application_worker_applications"),
        ),
        sa.CheckConstraint(f"status IN ({STATUSES})", name=op.f("ck_welfare_claims_status")),
        sa.CheckConstraint(
            "version >= 1 AND (version > 1 OR status = 'received')",
            name=op.f("ck_welfare_claims_version"),
        ),
    )
    op.create_index("ix_welfare_claims_application", TABLE, ["application", "told_at"])
    op.create_index("ix_welfare_claims_worker", TABLE, ["worker"])
    op.create_index(
        "ix_welfare_claims_open",
        TABLE,
        ["told_at"],
        postgresql_where=sa.text(f"status IN ({OPEN})"),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
