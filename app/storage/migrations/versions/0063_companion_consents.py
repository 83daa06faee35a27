"""Who is grown and travels along says yes before an agency sees them (decision 46)."""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

TABLE = "companions"
INSTANT = sa.DateTime(timezone=True)
CHECKS = {
    "way": "way IN ('link', 'witnessed')",
    "consented_together": (
        "(consented_at IS NULL) = (way IS NULL) AND (consented_at IS NULL) = (text_version IS NULL)"
    ),
    "witness_of_a_mark": (
        "(witness IS NOT NULL) = (way IS NOT DISTINCT FROM 'witnessed') AND witness <> worker"
    ),
    "asked_by_link": "(asked_at IS NULL) = (token_hash IS NULL)",
}
COLUMNS = ("phone", "token_hash", "asked_at", "way", "consented_at", "witness", "text_version")


def upgrade() -> None:
    """Who was told of before is asked, too: nobody sees a grown one until they say yes."""
    op.add_column(TABLE, sa.Column("phone", sa.Text(), nullable=False, server_default=""))
    op.add_column(TABLE, sa.Column("token_hash", sa.LargeBinary()))
    op.add_column(TABLE, sa.Column("asked_at", INSTANT))
    op.add_column(TABLE, sa.Column("way", sa.Text()))
    op.add_column(TABLE, sa.Column("consented_at", INSTANT))
    op.add_column(TABLE, sa.Column("witness", sa.UUID()))
    op.add_column(TABLE, sa.Column("text_version", sa.Text()))
    op.create_unique_constraint(op.f("uq_companions_token_hash"), TABLE, ["token_hash"])
    for name, rule in CHECKS.items():
        op.create_check_constraint(op.f(f"ck_{TABLE}_{name}"), TABLE, rule)


def downgrade() -> None:
    for name in CHECKS:
        op.drop_constraint(op.f(f"ck_{TABLE}_{name}"), TABLE, type_="check")
    op.drop_constraint(op.f("uq_companions_token_hash"), TABLE, type_="unique")
    for name in COLUMNS:
        op.drop_column(TABLE, name)
