"""Who travels with a worker."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "companions",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("date_of_birth", sa.Date(), nullable=False),
        sa.Column("document", sa.LargeBinary()),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_companions")),
        sa.ForeignKeyConstraint(
            ["application", "worker"],
            ["applications.id", "applications.worker"],
            name=op.f("fk_companions_application_worker_applications"),
        ),
        sa.CheckConstraint(
            "relation IN ('child', 'spouse', 'other')", name=op.f("ck_companions_relation")
        ),
    )
    op.create_index("ix_companions_application", "companions", ["application"])


def downgrade() -> None:
    op.drop_table("companions")
