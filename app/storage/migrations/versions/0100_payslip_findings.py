"""What the rules find in a payslip after it was written, as days go by (R34)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0100"
down_revision = "0099"
branch_labels = None
depends_on = None

TABLE = "payslip_findings"
KEY = ["application", "first_day", "version"]


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("findings", postgresql.JSONB(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(*KEY, name=op.f("pk_payslip_findings")),
        sa.ForeignKeyConstraint(
            KEY,
            [f"payslips.{name}" for name in KEY],
            name=op.f("fk_payslip_findings_application_first_day_version_payslips"),
        ),
        sa.CheckConstraint(
            "jsonb_array_length(findings) > 0", name=op.f("ck_payslip_findings_findings")
        ),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
