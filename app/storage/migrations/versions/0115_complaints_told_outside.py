"""Cases that an institution outside knows of, where the whole office has a part (decision 75)."""

import sqlalchemy as sa
from alembic import op

revision = "0115"
down_revision = "0114"
branch_labels = None
depends_on = None

TABLE = "complaint_outside"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("complaint", sa.UUID(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint"], ["complaints.id"], name=op.f(f"fk_{TABLE}_complaint_complaints")
        ),
        sa.PrimaryKeyConstraint("complaint", name=op.f(f"pk_{TABLE}")),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
