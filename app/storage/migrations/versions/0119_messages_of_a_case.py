"""Found by an index: the messages of one case, what was given up (N6), and days of handing in."""

import sqlalchemy as sa
from alembic import op

revision = "0119"
down_revision = "0115"
branch_labels = None
depends_on = None

TABLE = "outbox"
LISTED = "round > 0 AND erased_at IS NULL"


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
    op.create_index(
        "ix_applications_submitted_at",
        "applications",
        ["submitted_at"],
        postgresql_include=["due_at", "id", "status", "programme", "round", "agency_set"],
        postgresql_where=sa.text(LISTED),
    )


def downgrade() -> None:
    op.drop_index("ix_applications_submitted_at", table_name="applications")
    op.drop_index("ix_outbox_failed_at", table_name=TABLE)
    op.drop_index("ix_outbox_about", table_name=TABLE)
