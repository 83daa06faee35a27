"""Employers that may not hire, and when a case came back because of it."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "employer_bars",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("employer", sa.UUID(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("barred_by", sa.UUID(), nullable=False),
        sa.Column("barred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_by", sa.UUID(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(lifted_at IS NULL) = (lifted_by IS NULL)",
            name=op.f("ck_employer_bars_lifted_together"),
        ),
        sa.ForeignKeyConstraint(
            ["employer"], ["employers.id"], name=op.f("fk_employer_bars_employer_employers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer_bars")),
    )
    op.create_index("ix_employer_bars_employer", "employer_bars", ["employer", "barred_at"])
    op.create_index(
        "uq_employer_bars_standing",
        "employer_bars",
        ["employer"],
        unique=True,
        postgresql_where=sa.text("lifted_at IS NULL"),
    )
    op.add_column("applications", sa.Column("barred_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("applications", "barred_at")
    op.drop_table("employer_bars")
