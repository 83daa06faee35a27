"""Runs that judge many vacancies again, and waivers of the shares of Art. 11."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None

RUNS, WAIVERS = "judging_runs", "share_waivers"
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        RUNS,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("employer", sa.UUID()),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("judged", sa.Integer(), nullable=False),
        sa.Column("failing", postgresql.ARRAY(sa.UUID()), nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judging_runs")),
        sa.ForeignKeyConstraint(
            ["employer"], ["employers.id"], name=op.f("fk_judging_runs_employer_employers")
        ),
        sa.CheckConstraint(
            "cause IN ('wages', 'employer', 'day')", name=op.f("ck_judging_runs_cause")
        ),
        sa.CheckConstraint("judged <= total", name=op.f("ck_judging_runs_judged")),
    )
    op.create_index(f"ix_{RUNS}_started_at", RUNS, ["started_at"])
    op.create_table(
        WAIVERS,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("employer", sa.UUID(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.UUID(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_waivers")),
        sa.ForeignKeyConstraint(
            ["employer"], ["employers.id"], name=op.f("fk_share_waivers_employer_employers")
        ),
        sa.CheckConstraint("points BETWEEN 1 AND 90", name=op.f("ck_share_waivers_points")),
    )
    op.create_index(f"ix_{WAIVERS}_employer", WAIVERS, ["employer"])


def downgrade() -> None:
    op.drop_table(WAIVERS)
    op.drop_table(RUNS)
