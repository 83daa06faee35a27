"""A repayment comes in parts: days that were agreed, and money that was shown (decision 125)."""

import sqlalchemy as sa
from alembic import op

revision = "0237"
down_revision = "0236"
branch_labels = None
depends_on = None

TABLE = "cost_parts"
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("cost", sa.UUID(), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("told", sa.LargeBinary(), nullable=False),
        sa.Column("noted_at", INSTANT, nullable=False),
        sa.Column("told_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_parts")),
        sa.ForeignKeyConstraint(
            ["cost"], ["cost_entries.id"], name=op.f("fk_cost_parts_cost_cost_entries")
        ),
        sa.ForeignKeyConstraint(
            ["application", "worker"],
            ["applications.id", "applications.worker"],
            name=op.f("fk_cost_parts_application_worker_applications"),
        ),
        sa.CheckConstraint(
            "status IN ('proposed', 'agreed', 'paid', 'confirmed', 'contested')",
            name=op.f("ck_cost_parts_status"),
        ),
        sa.CheckConstraint(
            "told_at IS NULL OR status = 'agreed'", name=op.f("ck_cost_parts_told_of_agreed")
        ),
    )
    op.create_index("ix_cost_parts_cost", TABLE, ["cost"])
    op.create_index("ix_cost_parts_application", TABLE, ["application"])
    waiting = sa.text("status = 'agreed' AND told_at IS NULL")
    op.create_index("ix_cost_parts_due", TABLE, ["day"], postgresql_where=waiting)


def downgrade() -> None:
    op.drop_table(TABLE)
