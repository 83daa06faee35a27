"""A paper that shows a criterion of IRIS may be a recruiter's, by licence (decision 102)."""

import sqlalchemy as sa
from alembic import op

revision = "0188"
down_revision = "0187"
branch_labels = None
depends_on = None

TABLE, CHECK = "employer_papers", "ck_employer_papers_licence"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("registry", sa.Text()))
    op.add_column(TABLE, sa.Column("licence", sa.Text()))
    op.create_check_constraint(
        op.f(CHECK),
        TABLE,
        "(registry IS NULL) = (licence IS NULL) AND (licence IS NULL OR about = 'iris')",
    )
    op.create_index("ix_employer_papers_licence", TABLE, ["licence", "registry"])


def downgrade() -> None:
    op.drop_index("ix_employer_papers_licence", TABLE)
    op.drop_constraint(op.f(CHECK), TABLE)
    op.drop_column(TABLE, "licence")
    op.drop_column(TABLE, "registry")
