"""What a device that was ended still had waits for somebody who answers for it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handed_in",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("device", sa.UUID(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("crossing", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handed_in")),
        sa.ForeignKeyConstraint(
            ["device"], ["devices.id"], name=op.f("fk_handed_in_device_devices")
        ),
    )
    op.create_index("ix_handed_in_device", "handed_in", ["device"])


def downgrade() -> None:
    op.drop_table("handed_in")
