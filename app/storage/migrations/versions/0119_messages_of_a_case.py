"""The messages of one case, and the effects that nobody tries any more, found by an index (N6)."""

import sqlalchemy as sa
from alembic import op

revision = "0119"
down_revision = "0110"
branch_labels = None
depends_on = None

TABLE = "outbox"


def upgrade() -> None:
    op.create_index(
        "ix_outbox_about",
        TABLE,
        [sa.text("split_part(key, ':', 2)")],
        postgresql_where=sa.text("kind = 'notice'"),
    )
    op.create_index(
        "ix_outbox_failed_at",
        TABLE,
        ["failed_at"],
        postgresql_where=sa.text("failed_at IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_failed_at", table_name=TABLE)
    op.drop_index("ix_outbox_about", table_name=TABLE)
