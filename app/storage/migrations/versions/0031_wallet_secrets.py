"""Codes and tokens by which a wallet takes a permit."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wallet_secrets",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("credential", sa.UUID(), nullable=False),
        sa.Column("holder_key", sa.Text()),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_wallet_secrets")),
        sa.ForeignKeyConstraint(
            ["credential"],
            ["credentials.id"],
            name=op.f("fk_wallet_secrets_credential_credentials"),
        ),
        sa.CheckConstraint("kind IN ('code', 'token')", name=op.f("ck_wallet_secrets_kind")),
        sa.CheckConstraint(
            "kind = 'token' OR holder_key IS NULL", name=op.f("ck_wallet_secrets_key_of_token")
        ),
    )
    op.create_index("ix_wallet_secrets_expires_at", "wallet_secrets", ["expires_at"])


def downgrade() -> None:
    op.drop_table("wallet_secrets")
