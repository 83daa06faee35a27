"""An employer asks people of the pool, who say yes or no (decision 91)."""

import sqlalchemy as sa
from alembic import op

revision = "0147"
down_revision = "0146"
branch_labels = None
depends_on = None

TABLE = "pool_asks"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.UUID(), primary_key=True),
        sa.Column("vacancy", sa.UUID(), sa.ForeignKey("vacancies.id"), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["application", "worker"], ["applications.id", "applications.worker"]
        ),
        sa.UniqueConstraint("vacancy", "application"),
        sa.CheckConstraint(
            "status IN ('asked', 'accepted', 'declined')", name=op.f("ck_pool_asks_status")
        ),
        sa.CheckConstraint(
            "(status = 'asked') = (answered_at IS NULL)",
            name=op.f("ck_pool_asks_answered_together"),
        ),
    )
    op.create_index("ix_pool_asks_application", TABLE, ["application"])


def downgrade() -> None:
    op.drop_table(TABLE)
