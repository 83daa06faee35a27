"""An inspection that is proposed may be of one farm (decision 75).

The way down refuses nothing: a proposal of a farm becomes one of its employer, and of two that
wait one stays.
"""

import sqlalchemy as sa
from alembic import op

revision = "0114"
down_revision = "0113"
branch_labels = None
depends_on = None

PROPOSALS = "inspection_proposals"
WAITING = f"uq_{PROPOSALS}_waiting"


def upgrade() -> None:
    op.add_column(PROPOSALS, sa.Column("farm", sa.UUID()))
    op.drop_index(WAITING, PROPOSALS)
    _make_unique(["employer", sa.text("coalesce(farm, employer)")])


def _make_unique(of: list[str | sa.TextClause]) -> None:
    waits = sa.text("result IS NULL")
    op.create_index(WAITING, PROPOSALS, of, unique=True, postgresql_where=waits)


def downgrade() -> None:
    op.drop_index(WAITING, PROPOSALS)
    op.execute(
        f"DELETE FROM {PROPOSALS} one USING {PROPOSALS} other WHERE one.result IS NULL"  # noqa: S608
        " AND other.result IS NULL AND one.employer = other.employer AND one.id > other.id"
    )
    _make_unique(["employer"])
    op.drop_column(PROPOSALS, "farm")
