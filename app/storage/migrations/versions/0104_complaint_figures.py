"""Figures of complaints for everybody, and the day on which a remedy was confirmed (decision 66)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0104"
down_revision = "0103"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("complaint_remedies", sa.Column("verified_on", sa.Date()))
    op.create_table(
        "complaint_figures",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("quarter", sa.Date(), nullable=False),
        sa.Column("told", postgresql.JSONB(), nullable=False),
        sa.Column("repaid", postgresql.JSONB()),
        sa.CheckConstraint(
            "extract(day FROM quarter) = 1", name=op.f("ck_complaint_figures_quarter")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_figures")),
        sa.UniqueConstraint("quarter", name=op.f("uq_complaint_figures_quarter")),
    )


def downgrade() -> None:
    op.drop_table("complaint_figures")
    op.drop_column("complaint_remedies", "verified_on")
