"""What a contract tells of overtime and deductions, and what was found in each version."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0082"
down_revision = "0081"
branch_labels = None
depends_on = None

TERMS, CONTRACTS = "vacancy_terms", "contracts"
PREMIUM, DEDUCTED = "ck_vacancy_terms_overtime_premium", "ck_vacancy_terms_deducted"
BLOCKED = "ck_contracts_blocked_by_findings"
MONEY = ("housing_deducted", "food_deducted")
TOLD = ("overtime_premium_percent", *MONEY, "deducted_in_writing")


def upgrade() -> None:
    op.add_column(TERMS, sa.Column("overtime_premium_percent", sa.Integer()))
    for name in MONEY:
        op.add_column(TERMS, sa.Column(name, sa.Numeric(14, 2)))
    op.add_column(TERMS, sa.Column("deducted_in_writing", sa.Boolean()))
    op.create_check_constraint(op.f(PREMIUM), TERMS, "overtime_premium_percent BETWEEN 0 AND 500")
    op.create_check_constraint(
        op.f(DEDUCTED), TERMS, "housing_deducted >= 0 AND food_deducted >= 0"
    )
    op.add_column(
        CONTRACTS,
        sa.Column("findings", postgresql.JSONB(), nullable=False, server_default="[]"),
    )
    op.add_column(
        CONTRACTS, sa.Column("blocked", sa.Boolean(), nullable=False, server_default="false")
    )
    op.create_check_constraint(op.f(BLOCKED), CONTRACTS, "NOT blocked OR findings <> '[]'")


def downgrade() -> None:
    op.drop_constraint(op.f(BLOCKED), CONTRACTS)
    for name in ("findings", "blocked"):
        op.drop_column(CONTRACTS, name)
    op.drop_constraint(op.f(DEDUCTED), TERMS)
    op.drop_constraint(op.f(PREMIUM), TERMS)
    for name in TOLD:
        op.drop_column(TERMS, name)
