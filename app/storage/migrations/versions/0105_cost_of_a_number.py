"""How slow the hash of a complainant's number was stands beside it: new numbers cost less."""

import sqlalchemy as sa
from alembic import op

revision = "0105"
down_revision = "0104"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The default stays: the code before this one goes on writing numbers of the first cost.
    op.add_column(
        "complaint_keys",
        sa.Column("cost", sa.SmallInteger(), nullable=False, server_default="1"),
    )
    op.create_index("ix_complaint_keys_cost", "complaint_keys", ["cost"])


def downgrade() -> None:
    op.drop_index("ix_complaint_keys_cost", "complaint_keys")
    op.drop_column("complaint_keys", "cost")
