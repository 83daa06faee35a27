"""Somebody who clears R05's marks says that they saw one (decision 96)."""

import sqlalchemy as sa
from alembic import op

revision = "0163"
down_revision = "0162"
branch_labels = None
depends_on = None

TABLE, TOGETHER = "age_marks", "ck_age_marks_seen_together"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("seen_by", sa.UUID()))
    op.add_column(TABLE, sa.Column("seen_at", sa.DateTime(timezone=True)))
    op.create_check_constraint(op.f(TOGETHER), TABLE, "(seen_at IS NULL) = (seen_by IS NULL)")


def downgrade() -> None:
    op.drop_constraint(op.f(TOGETHER), TABLE, type_="check")
    op.drop_column(TABLE, "seen_at")
    op.drop_column(TABLE, "seen_by")
