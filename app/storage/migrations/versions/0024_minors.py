"""Minors stand beside a crossing; one without a parent is an alert and no crossing."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    # A constant default: no row is written anew.
    op.add_column(
        "crossings",
        sa.Column("minors", postgresql.JSONB(), nullable=False, server_default=sa.text("'[]'")),
    )
    op.create_table(
        "child_alerts",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("agent", sa.UUID(), nullable=False),
        sa.Column("device_time", INSTANT, nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("minors", postgresql.JSONB(), nullable=False),
        sa.Column("number", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child_alerts")),
        sa.CheckConstraint(
            "direction IN ('entry', 'exit')", name=op.f("ck_child_alerts_direction")
        ),
        sa.CheckConstraint(
            "jsonb_array_length(minors) BETWEEN 1 AND 12", name=op.f("ck_child_alerts_minors")
        ),
    )
    op.create_index("ix_child_alerts_device_time", "child_alerts", ["device_time"])


def downgrade() -> None:
    op.drop_table("child_alerts")
    op.drop_column("crossings", "minors")
