"""A worker may wish to be told by WhatsApp, and a message knows whether it came to the phone."""

import sqlalchemy as sa
from alembic import op

revision = "0095"
down_revision = "0094"
branch_labels = None
depends_on = None

CHANNEL = "ck_messages_channel"


def upgrade() -> None:
    op.add_column(
        "workers", sa.Column("whatsapp", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("messages", sa.Column("provider_id", sa.Text()))
    op.add_column("messages", sa.Column("delivered_at", sa.DateTime(timezone=True)))
    op.create_index(
        "ix_messages_provider_id",
        "messages",
        ["provider_id"],
        unique=True,
        postgresql_where=sa.text("provider_id IS NOT NULL"),
    )
    _allow("'sms', 'email', 'whatsapp'")


def downgrade() -> None:
    op.execute("DELETE FROM messages WHERE channel = 'whatsapp'")
    _allow("'sms', 'email'")
    op.drop_index("ix_messages_provider_id", "messages")
    op.drop_column("messages", "delivered_at")
    op.drop_column("messages", "provider_id")
    op.drop_column("workers", "whatsapp")


def _allow(channels: str) -> None:
    op.drop_constraint(op.f(CHANNEL), "messages", type_="check")
    op.create_check_constraint(op.f(CHANNEL), "messages", f"channel IN ({channels})")
