"""One-time codes by SMS, by which workers come back and prove a new number."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "phone_codes",
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("holder", sa.LargeBinary(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary()),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("proved_at", sa.DateTime(timezone=True)),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("purpose", "phone", name=op.f("pk_phone_codes")),
        sa.CheckConstraint(
            "purpose IN ('sign-in', 'new-phone', 'recovery')", name=op.f("ck_phone_codes_purpose")
        ),
        sa.CheckConstraint("tries BETWEEN 0 AND 5", name=op.f("ck_phone_codes_tries")),
        sa.CheckConstraint(
            "proved_at IS NULL OR code_hash IS NOT NULL",
            name=op.f("ck_phone_codes_proved_was_sent"),
        ),
    )
    op.create_index("ix_phone_codes_holder", "phone_codes", ["holder"])
    op.create_index("ix_phone_codes_expires_at", "phone_codes", ["expires_at"])


def downgrade() -> None:
    op.drop_table("phone_codes")
