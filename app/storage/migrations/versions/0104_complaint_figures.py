"""Figures of complaints, the day of a remedy, and inspections that are proposed (decision 66)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0104"
down_revision = "0103"
branch_labels = None
depends_on = None

PROPOSALS = "inspection_proposals"


def upgrade() -> None:
    op.add_column("complaint_remedies", sa.Column("verified_on", sa.Date()))
    op.add_column(
        "complaint_keys",
        sa.Column("noted", sa.Boolean(), server_default="false", nullable=False),
    )
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
    _create_proposals()


def _create_proposals() -> None:
    op.create_table(
        PROPOSALS,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("employer", sa.UUID(), nullable=False),
        sa.Column("indicators", postgresql.JSONB(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("proposed_by", sa.UUID(), nullable=False),
        sa.Column("result", sa.Text()),
        sa.Column("answered_on", sa.Date()),
        sa.Column("answered_by", sa.UUID()),
        sa.CheckConstraint(
            "result IN ('breach', 'nothing', 'out-of-reach')", name=op.f(f"ck_{PROPOSALS}_result")
        ),
        sa.CheckConstraint(
            "(result IS NULL) = (answered_on IS NULL) AND (result IS NULL) = (answered_by IS NULL)",
            name=op.f(f"ck_{PROPOSALS}_answered_together"),
        ),
        sa.ForeignKeyConstraint(
            ["employer"], ["employers.id"], name=op.f(f"fk_{PROPOSALS}_employer_employers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{PROPOSALS}")),
    )
    op.create_index(
        f"uq_{PROPOSALS}_waiting",
        PROPOSALS,
        ["employer"],
        unique=True,
        postgresql_where=sa.text("result IS NULL"),
    )


def downgrade() -> None:
    op.drop_table(PROPOSALS)
    op.drop_table("complaint_figures")
    op.drop_column("complaint_keys", "noted")
    op.drop_column("complaint_remedies", "verified_on")
