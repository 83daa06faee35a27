"""A return names its reasons beside its question; what was returned before keeps having none."""

from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

NAME = "ck_decisions_refusal_grounds"
REASONS = (
    "CASE opinion WHEN 'refuse' THEN cardinality(grounds) > 0"
    " WHEN 'approve' THEN cardinality(grounds) = 0 ELSE true END"
)


def upgrade() -> None:
    _hold(REASONS)


def downgrade() -> None:
    """Refused by the database once a return has named a reason: it would be lost."""
    _hold("(opinion = 'refuse') = (cardinality(grounds) > 0)")


def _hold(rule: str) -> None:
    op.drop_constraint(op.f(NAME), "decisions", type_="check")
    op.create_check_constraint(op.f(NAME), "decisions", rule)
