"""Somebody is told once of a recourse or a wish that waits too long, and of a draft (decision 87)."""

from alembic import op

revision = "0133"
down_revision = "0132"
branch_labels = None
depends_on = None

TABLE, CASE = "case_notices", "fk_case_notices_application_applications"
BEFORE = "'answer-due', 'overdue', 'right-unused'"
SINCE = (
    f"{BEFORE}, 'draft-unsent', 'recourse-overdue', 'employer-change-overdue',"
    " 'identity-change-overdue', 'data-request-overdue'"
)
TOLD = "'setrass', 'inm', 'consulate', 'worker'"


def upgrade() -> None:
    _check("notice", f"notice IN ({SINCE})")
    _check("told", f"told IN ({TOLD}, 'data-protection')")
    # A draft is deleted whole, and what was told about it goes along.
    _refer("CASCADE")


def downgrade() -> None:
    op.execute(
        "DELETE FROM case_notices WHERE notice NOT IN ('answer-due', 'overdue', 'right-unused')"
    )
    _refer(None)
    _check("told", f"told IN ({TOLD})")
    _check("notice", f"notice IN ({BEFORE})")


def _check(name: str, condition: str) -> None:
    name = op.f(f"ck_{TABLE}_{name}")
    op.drop_constraint(name, TABLE, type_="check")
    op.create_check_constraint(name, TABLE, condition)


def _refer(ondelete: str | None) -> None:
    op.drop_constraint(op.f(CASE), TABLE, type_="foreignkey")
    op.create_foreign_key(
        op.f(CASE), TABLE, "applications", ["application"], ["id"], ondelete=ondelete
    )
