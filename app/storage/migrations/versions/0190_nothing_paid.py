"""A worker says that they paid nothing for the job, once in each phase of it (decision 104)."""

import sqlalchemy as sa
from alembic import op

revision = "0190"
down_revision = "0227"
branch_labels = None
depends_on = None

TABLE = "nothing_paid"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nothing_paid")),
        sa.ForeignKeyConstraint(
            ["application", "worker"],
            ["applications.id", "applications.worker"],
            name=op.f("fk_nothing_paid_application_worker_applications"),
        ),
        sa.UniqueConstraint("application", "phase", name=op.f("uq_nothing_paid_application_phase")),
        sa.CheckConstraint(
            "phase IN ('before', 'during', 'after')", name=op.f("ck_nothing_paid_phase")
        ),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
