"""What a worker tells after a check-in was answered by its link stands beside it (decision 119)."""

import sqlalchemy as sa
from alembic import op

revision = "0220"
down_revision = "0213"
branch_labels = None
depends_on = None

ASKED, WANTED = "check_ins", "wanted_cases"
CHECK, ONCE, INDEX = (
    "ck_check_ins_added_after",
    "uq_wanted_cases_check_in",
    "ix_wanted_cases_check_in",
)


def upgrade() -> None:
    op.add_column(ASKED, sa.Column("added", sa.LargeBinary()))
    # By the link nobody adds anything: the first answers came by it.
    op.create_check_constraint(
        op.f(CHECK), ASKED, "added IS NULL OR (answers IS NOT NULL AND answer_way = 'link')"
    )
    op.drop_constraint(op.f(ONCE), WANTED)
    op.create_index(INDEX, WANTED, ["check_in"])


def downgrade() -> None:
    op.drop_index(INDEX, WANTED)
    op.create_unique_constraint(op.f(ONCE), WANTED, ["check_in"])
    op.drop_constraint(op.f(CHECK), ASKED)
    op.drop_column(ASKED, "added")
