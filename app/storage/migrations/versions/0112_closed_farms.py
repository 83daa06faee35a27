"""A farm that was sold or closed is taken away, and what happened there stays readable.

The way down ends with an error where a farm was closed: it would stand again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0112"
down_revision = "0111"
branch_labels = None
depends_on = None

TABLE = "farm_changes"
CHECKS = {
    "closing": "closing IN ('sold', 'given-back', 'closed')",
    "closing_together": "(closing IS NULL) = (closed_on IS NULL)",
}


def upgrade() -> None:
    op.add_column("farms", sa.Column("closed_on", sa.Date()))
    op.add_column(TABLE, sa.Column("closing", sa.Text()))
    op.add_column(TABLE, sa.Column("closed_on", sa.Date()))
    for name, rule in CHECKS.items():
        op.create_check_constraint(op.f(f"ck_{TABLE}_{name}"), TABLE, rule)


def downgrade() -> None:
    closed = sa.text("SELECT EXISTS (SELECT FROM farms WHERE closed_on IS NOT NULL)")
    if op.get_bind().execute(closed).scalar_one():
        raise RuntimeError("a closed farm would stand again")
    op.drop_column(TABLE, "closed_on")
    op.drop_column(TABLE, "closing")
    op.drop_column("farms", "closed_on")
