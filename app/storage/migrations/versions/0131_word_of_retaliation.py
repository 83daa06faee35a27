"""Whether the office was alarmed of a complainant's word of retaliation (decision 84)."""

import sqlalchemy as sa
from alembic import op

revision = "0131"
down_revision = "0119"
branch_labels = None
depends_on = None

TABLE = "complaint_messages"


def upgrade() -> None:
    op.add_column(
        TABLE, sa.Column("alarmed", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    retaliation = sa.text("asks = 'report-retaliation' AND NOT alarmed")
    op.create_index(
        "ix_complaint_messages_alarmed", TABLE, ["complaint", "place"], postgresql_where=retaliation
    )


def downgrade() -> None:
    op.drop_index("ix_complaint_messages_alarmed", TABLE)
    op.drop_column(TABLE, "alarmed")
