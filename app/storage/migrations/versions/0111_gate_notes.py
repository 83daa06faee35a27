"""What a phone's clock said at a gate, and links whose phone is lost (decision 73)."""

import sqlalchemy as sa
from alembic import op

revision = "0111"
down_revision = "0110"
branch_labels = None
depends_on = None

MOVEMENTS, LINKS = "farm_movements", "foreman_links"


def upgrade() -> None:
    op.add_column(MOVEMENTS, sa.Column("told_at", sa.DateTime(timezone=True)))
    lost: sa.Column[bool] = sa.Column(
        "lost", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column(LINKS, lost)
    op.create_check_constraint(
        op.f(f"ck_{LINKS}_lost_is_ended"), LINKS, "NOT lost OR ended_at IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_constraint(op.f(f"ck_{LINKS}_lost_is_ended"), LINKS, type_="check")
    op.drop_column(LINKS, "lost")
    op.drop_column(MOVEMENTS, "told_at")
