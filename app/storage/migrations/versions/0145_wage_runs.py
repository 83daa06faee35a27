"""A changed minimum wage judges contracts and payslips, too (decision 91)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0145"
down_revision = "0144"
branch_labels = None
depends_on = None

RUNS, SHORT, FINDINGS = "wage_runs", "contract_shortfalls", "payslip_findings"


def upgrade() -> None:
    op.create_table(
        RUNS,
        sa.Column("id", sa.UUID(), primary_key=True),
        sa.Column("programmes", ARRAY(sa.Text()), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("total", "judged", "contracts", "payslips")
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("judged <= total", name=op.f("ck_wage_runs_judged")),
    )
    op.create_index("ix_wage_runs_started_at", RUNS, ["started_at"])
    op.create_table(
        SHORT,
        sa.Column("application", sa.UUID(), primary_key=True),
        sa.Column("vacancy", sa.UUID(), sa.ForeignKey("vacancies.id"), primary_key=True),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("employer", sa.UUID(), sa.ForeignKey("employers.id"), nullable=False),
        sa.Column("counts_from", sa.Date(), nullable=False),
        sa.Column("earned", sa.Numeric(12, 2), nullable=False),
        sa.Column("minimum", sa.Numeric(12, 2), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("derived", sa.Boolean(), nullable=False),
        sa.Column("run", sa.UUID(), sa.ForeignKey("wage_runs.id"), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application", "worker"], ["applications.id", "applications.worker"]
        ),
        sa.CheckConstraint("earned < minimum", name=op.f("ck_contract_shortfalls_lacking")),
    )
    for column in ("employer", "run"):
        op.create_index(f"ix_{SHORT}_{column}", SHORT, [column])
    op.add_column(FINDINGS, sa.Column("run", sa.UUID(), sa.ForeignKey("wage_runs.id")))
    op.create_index(f"ix_{FINDINGS}_run", FINDINGS, ["run"])


def downgrade() -> None:
    op.drop_index(f"ix_{FINDINGS}_run", FINDINGS)
    op.drop_column(FINDINGS, "run")
    op.drop_table(SHORT)
    op.drop_table(RUNS)
