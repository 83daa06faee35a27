"""Since when a rule stands against a work: nobody is approved for it meanwhile (decision 130)."""

import sqlalchemy as sa
from alembic import op

revision = "0243"
down_revision = "0242"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("vacancies", sa.Column("blocked_since", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("vacancies", "blocked_since")
