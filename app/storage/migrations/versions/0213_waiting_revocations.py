"""A proposal to take a right back has a term, and lapses where nobody decides (decision 115)."""

import sqlalchemy as sa
from alembic import op

revision = "0213"
down_revision = "0212"
branch_labels = None
depends_on = None

NOTICES = (
    "'answer-due', 'overdue', 'right-unused', 'draft-unsent', 'recourse-overdue',"
    " 'employer-change-overdue', 'identity-change-overdue', 'data-request-overdue'"
)
OUTCOMES = "'proposed', 'confirmed', 'rejected', 'withdrawn'"
WAITS = "(outcome = 'proposed') = (decided_at IS NULL) AND "


def upgrade() -> None:
    _check("case_notices", "notice", f"notice IN ({NOTICES}, 'revocation-overdue')")
    _check("revocations", "outcome", f"outcome IN ({OUTCOMES}, 'lapsed')")
    _check(
        "revocations",
        "decided_together",
        f"{WAITS}(outcome IN ('proposed', 'lapsed')) = (decided_by IS NULL)",
    )
    op.create_index(
        "ix_revocations_waiting",
        "revocations",
        ["proposed_at"],
        postgresql_where=sa.text("outcome = 'proposed'"),
    )


def downgrade() -> None:
    op.drop_index("ix_revocations_waiting", "revocations")
    # Of before, a proposal that nobody decided on was withdrawn by who had made it.
    op.execute("ALTER TABLE revocations DISABLE TRIGGER revocations_stay_decided")
    op.execute(
        "UPDATE revocations SET outcome = 'withdrawn', decided_by = proposed_by"
        " WHERE outcome = 'lapsed'"
    )
    op.execute("ALTER TABLE revocations ENABLE TRIGGER revocations_stay_decided")
    _check("revocations", "decided_together", f"{WAITS}(decided_at IS NULL) = (decided_by IS NULL)")
    _check("revocations", "outcome", f"outcome IN ({OUTCOMES})")
    op.execute("DELETE FROM case_notices WHERE notice = 'revocation-overdue'")
    _check("case_notices", "notice", f"notice IN ({NOTICES})")


def _check(table: str, name: str, condition: str) -> None:
    name = op.f(f"ck_{table}_{name}")
    op.drop_constraint(name, table, type_="check")
    op.create_check_constraint(name, table, condition)
