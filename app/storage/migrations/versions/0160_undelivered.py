"""A message knows that it did not come to the phone, where its channel reports so."""

import sqlalchemy as sa
from alembic import op

revision = "0160"
down_revision = "0150"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("messages", sa.Column("undelivered_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("messages", "undelivered_at")
