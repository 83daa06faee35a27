"""What was told about the clocks of a case, and when a lapsed one was taken up again."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_notices",
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("term_from", sa.Date(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "notice IN ('answer-due', 'overdue')", name=op.f("ck_case_notices_notice")
        ),
        sa.CheckConstraint(
            "told IN ('setrass', 'inm', 'worker')", name=op.f("ck_case_notices_told")
        ),
        sa.ForeignKeyConstraint(
            ["application"],
            ["applications.id"],
            name=op.f("fk_case_notices_application_applications"),
        ),
        sa.PrimaryKeyConstraint(
            "application", "notice", "told", "term_from", name=op.f("pk_case_notices")
        ),
    )
    op.add_column("applications", sa.Column("lapsed_at", sa.DateTime(timezone=True)))
    op.add_column("applications", sa.Column("reinstated_at", sa.DateTime(timezone=True)))
    # Nothing but the erasure changes a lapsed case: what was written last is when it lapsed.
    op.execute(
        "UPDATE applications SET lapsed_at = updated_at"
        " WHERE status = 'lapsed' AND erased_at IS NULL"
    )


def downgrade() -> None:
    op.drop_column("applications", "reinstated_at")
    op.drop_column("applications", "lapsed_at")
    op.drop_table("case_notices")
