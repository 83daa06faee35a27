"""A step on a vacancy is bound to the work that it was noted for (decision 119)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0221"
down_revision = "0220"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("vacancy_steps", sa.Column("bound", JSONB()))


def downgrade() -> None:
    op.drop_column("vacancy_steps", "bound")
