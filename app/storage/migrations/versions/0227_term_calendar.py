"""With which closed days running terms were counted (decision 120)."""

import sqlalchemy as sa
from alembic import op

revision = "0227"
down_revision = "0188"
branch_labels = None
depends_on = None

TABLE = "term_calendar"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("closures", sa.ARRAY(sa.Date()), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_calendar")),
        sa.CheckConstraint("id = 1", name=op.f("ck_term_calendar_one")),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
