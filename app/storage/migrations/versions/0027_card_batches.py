"""Cards are printed by the batch, and handed over."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "card_batches",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("department", sa.Text()),
        sa.Column("ordered_by", sa.UUID(), nullable=False),
        sa.Column("ordered_at", INSTANT, nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ready_at", INSTANT),
        sa.Column("settled_at", INSTANT),
        sa.Column("settled_by", sa.UUID()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_batches")),
        sa.CheckConstraint(
            "state IN ('drawing', 'ready', 'printed', 'discarded')",
            name=op.f("ck_card_batches_state"),
        ),
        sa.CheckConstraint("drawn BETWEEN 0 AND total", name=op.f("ck_card_batches_drawn")),
        sa.CheckConstraint(
            "(state IN ('printed', 'discarded')) = (settled_at IS NOT NULL)",
            name=op.f("ck_card_batches_settled"),
        ),
    )
    op.create_index("ix_card_batches_ordered_at", "card_batches", ["ordered_at"])
    op.create_table(
        "card_prints",
        sa.Column("batch", sa.UUID(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("credential", sa.UUID(), nullable=False),
        sa.Column("printed_at", INSTANT),
        sa.Column("handed_over_at", INSTANT),
        sa.Column("handed_over_by", sa.UUID()),
        sa.PrimaryKeyConstraint("batch", "position", name=op.f("pk_card_prints")),
        sa.ForeignKeyConstraint(
            ["batch"], ["card_batches.id"], name=op.f("fk_card_prints_batch_card_batches")
        ),
        sa.ForeignKeyConstraint(
            ["credential"],
            ["credentials.id"],
            name=op.f("fk_card_prints_credential_credentials"),
        ),
        sa.UniqueConstraint("credential", name=op.f("uq_card_prints_credential")),
        sa.CheckConstraint(
            "handed_over_at IS NULL OR printed_at IS NOT NULL",
            name=op.f("ck_card_prints_printed_first"),
        ),
        sa.CheckConstraint(
            "(handed_over_at IS NULL) = (handed_over_by IS NULL)",
            name=op.f("ck_card_prints_handed_over"),
        ),
    )


def downgrade() -> None:
    op.drop_table("card_prints")
    op.drop_table("card_batches")
