"""Another status list is opened before the one in use is full."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "opened_status_lists",
        sa.Column("list", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_from", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("used_from >= opened_at", name=op.f("ck_opened_status_lists_used_from")),
        sa.PrimaryKeyConstraint("list", name=op.f("pk_opened_status_lists")),
    )


def downgrade() -> None:
    op.drop_table("opened_status_lists")
