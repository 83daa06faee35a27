"""Who called SETRASS about a farm, and changes that their employer withdrew (decision 64).

The way down ends with an error where a change was withdrawn, for the outcomes of before lack it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0108"
down_revision = "0107"
branch_labels = None
depends_on = None

TABLE = "farm_changes"
BEFORE = "'asked', 'replaced', 'approved', 'refused'"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("caller", sa.Text()))
    op.add_column(TABLE, sa.Column("called_on", sa.Date()))
    op.create_check_constraint(
        op.f(f"ck_{TABLE}_call_together"), TABLE, "(caller IS NULL) = (called_on IS NULL)"
    )
    _set_outcomes(f"{BEFORE}, 'withdrawn'")


def _set_outcomes(outcomes: str) -> None:
    op.drop_constraint(op.f(f"ck_{TABLE}_outcome"), TABLE, type_="check")
    op.create_check_constraint(op.f(f"ck_{TABLE}_outcome"), TABLE, f"outcome IN ({outcomes})")


def downgrade() -> None:
    _set_outcomes(BEFORE)
    op.drop_column(TABLE, "called_on")
    op.drop_column(TABLE, "caller")
