"""A payment of the diary may be told by voice, sealed under a key of its own (N9)."""

import sqlalchemy as sa
from alembic import op

revision = "0102"
down_revision = "0101"
branch_labels = None
depends_on = None

TABLE, TOGETHER = "cost_entries", "ck_cost_entries_voice_together"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("voice_key", sa.Text()))
    op.add_column(TABLE, sa.Column("voice_media", sa.Text()))
    op.add_column(TABLE, sa.Column("voice_sealed", sa.LargeBinary()))
    op.create_check_constraint(
        op.f(TOGETHER),
        TABLE,
        "(voice_key IS NULL) = (voice_media IS NULL)"
        " AND (voice_key IS NULL) = (voice_sealed IS NULL)",
    )


def downgrade() -> None:
    op.drop_constraint(op.f(TOGETHER), TABLE, type_="check")
    for name in ("voice_sealed", "voice_media", "voice_key"):
        op.drop_column(TABLE, name)
