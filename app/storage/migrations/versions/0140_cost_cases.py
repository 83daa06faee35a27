"""Cases that payments ask for wait until the office has keys (decision 90)."""

import sqlalchemy as sa
from alembic import op

revision = "0140"
down_revision = "0136"
branch_labels = None
depends_on = None

TABLE = "cost_cases"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("employer", sa.UUID(), nullable=True),
        sa.Column("cost", sa.UUID(), nullable=True),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("told", sa.LargeBinary(), nullable=False),
        sa.Column("wanted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("complaint", sa.UUID(), nullable=True),
        sa.Column("taken_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_cases")),
        sa.UniqueConstraint("cost", name=op.f("uq_cost_cases_cost")),
        sa.UniqueConstraint("complaint", name=op.f("uq_cost_cases_complaint")),
        sa.ForeignKeyConstraint(
            ["application", "worker"],
            ["applications.id", "applications.worker"],
            name=op.f("fk_cost_cases_application_worker_applications"),
        ),
        sa.ForeignKeyConstraint(
            ["employer"], ["employers.id"], name=op.f("fk_cost_cases_employer_employers")
        ),
        sa.CheckConstraint(
            "ground IN ('ex-officio', 'consent')", name=op.f("ck_cost_cases_ground")
        ),
        sa.CheckConstraint(
            "(ground = 'ex-officio') = (cost IS NOT NULL)",
            name=op.f("ck_cost_cases_fee_asks_nobody"),
        ),
        sa.CheckConstraint(
            "(complaint IS NULL) = (taken_up_at IS NULL)",
            name=op.f("ck_cost_cases_taken_up_together"),
        ),
    )
    op.create_index("ix_cost_cases_application", TABLE, ["application"])
    op.create_index(
        "ix_cost_cases_untaken",
        TABLE,
        ["wanted_at"],
        postgresql_where=sa.text("complaint IS NULL"),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
