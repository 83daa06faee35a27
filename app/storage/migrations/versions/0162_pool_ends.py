"""A yes in the pool may lead nowhere, and a wish for another employer may lapse (decision 96)."""

from alembic import op

revision = "0162"
down_revision = "0161"
branch_labels = None
depends_on = None

ASKS, CHANGES = "pool_asks", "employer_changes"
STATUS, OUTCOME = "ck_pool_asks_status", "ck_employer_changes_outcome"


def upgrade() -> None:
    _check(ASKS, STATUS, "status IN ('asked', 'accepted', 'declined', 'ended')")
    _check(CHANGES, OUTCOME, "outcome IN ('asked', 'granted', 'refused', 'withdrawn', 'lapsed')")


def downgrade() -> None:
    # What the code of before does not know is what comes nearest: nobody waits for either.
    op.execute("UPDATE pool_asks SET status = 'declined' WHERE status = 'ended'")
    op.execute("UPDATE employer_changes SET outcome = 'withdrawn' WHERE outcome = 'lapsed'")
    _check(ASKS, STATUS, "status IN ('asked', 'accepted', 'declined')")
    _check(CHANGES, OUTCOME, "outcome IN ('asked', 'granted', 'refused', 'withdrawn')")


def _check(table: str, name: str, rule: str) -> None:
    op.drop_constraint(op.f(name), table, type_="check")
    op.create_check_constraint(op.f(name), table, rule)
