"""A right that nobody takes up ends by time; a column tells how a right ended (decision 87)."""

import sqlalchemy as sa
from alembic import op

revision = "0132"
down_revision = "0131"
branch_labels = None
depends_on = None

RIGHTS, NOTICES = "authorisations", "case_notices"
TOGETHER = "(status = 'ended') = (ended_at IS NOT NULL)"


def upgrade() -> None:
    op.add_column(RIGHTS, sa.Column("ending", sa.Text()))
    # Until now nobody but its worker could end one.
    op.execute("UPDATE authorisations SET ending = 'worker' WHERE status = 'ended'")
    _check(RIGHTS, "ended_together", f"{TOGETHER} AND (ended_at IS NULL) = (ending IS NULL)")
    op.create_check_constraint(
        op.f("ck_authorisations_ending"), RIGHTS, "ending IN ('worker', 'unused')"
    )
    _check(NOTICES, "notice", "notice IN ('answer-due', 'overdue', 'right-unused')")
    op.create_index(
        "ix_case_notices_right_unused",
        NOTICES,
        ["told_on"],
        postgresql_where=sa.text("notice = 'right-unused'"),
    )


def downgrade() -> None:
    op.drop_index("ix_case_notices_right_unused", table_name=NOTICES)
    op.execute("DELETE FROM case_notices WHERE notice = 'right-unused'")
    _check(NOTICES, "notice", "notice IN ('answer-due', 'overdue')")
    op.drop_constraint(op.f("ck_authorisations_ending"), RIGHTS, type_="check")
    _check(RIGHTS, "ended_together", TOGETHER)
    op.drop_column(RIGHTS, "ending")


def _check(table: str, name: str, condition: str) -> None:
    name = op.f(f"ck_{table}_{name}")
    op.drop_constraint(name, table, type_="check")
    op.create_check_constraint(name, table, condition)
