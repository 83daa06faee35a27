"""Why evidence is opened, of a short list, and what a target reports (decision 93)."""

import sqlalchemy as sa
from alembic import op

revision = "0150"
down_revision = "0147"
branch_labels = None
depends_on = None

CUSTODY, REFERRALS = "complaint_custody", "complaint_referrals"
REASONS = (
    "'screening', 'investigation', 'protection', 'second-review', 'referral', 'data-request',"
    " 'review'"
)
REPORTS = "'attended', 'protected', 'investigating', 'returned-home', 'not-found', 'closed'"


def upgrade() -> None:
    op.create_check_constraint(op.f(f"ck_{CUSTODY}_why"), CUSTODY, f"why IN ('', {REASONS})")
    op.create_check_constraint(
        op.f(f"ck_{CUSTODY}_reason"), CUSTODY, "(why = '') = (step = 'taken-in')"
    )
    op.add_column(REFERRALS, sa.Column("report", sa.Text()))
    op.create_check_constraint(op.f(f"ck_{REFERRALS}_report"), REFERRALS, f"report IN ({REPORTS})")
    op.create_check_constraint(
        op.f(f"ck_{REFERRALS}_reported"), REFERRALS, "report IS NULL OR state = 'reported'"
    )


def downgrade() -> None:
    for name in ("reported", "report"):
        op.drop_constraint(op.f(f"ck_{REFERRALS}_{name}"), REFERRALS)
    op.drop_column(REFERRALS, "report")
    for name in ("reason", "why"):
        op.drop_constraint(op.f(f"ck_{CUSTODY}_{name}"), CUSTODY)
