"""A worker's own answer to what is deducted for housing and food, next to their yes (R13)."""

import sqlalchemy as sa
from alembic import op

revision = "0238"
down_revision = "0237"
branch_labels = None
depends_on = None

TABLE, CHECK = "contract_agreements", "ck_contract_agreements_deductions_of_worker"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("deductions", sa.Boolean()))
    op.create_check_constraint(op.f(CHECK), TABLE, "deductions IS NULL OR party = 'worker'")


def downgrade() -> None:
    op.drop_constraint(op.f(CHECK), TABLE)
    op.drop_column(TABLE, "deductions")
