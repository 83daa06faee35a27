"""A card may follow one whose key was given up."""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

REASONS = "'lost', 'stolen', 'damaged'"


def _put_check(reasons: str) -> None:
    name = op.f("ck_credentials_replacement_together")
    op.drop_constraint(name, "credentials", type_="check")
    op.create_check_constraint(
        name,
        "credentials",
        "(replaces IS NULL) = (replacement = 0)"
        " AND (replaces IS NULL) = (replacement_reason IS NULL)"
        " AND replacement >= 0"
        f" AND replacement_reason IN ({reasons})",
    )


def upgrade() -> None:
    _put_check(f"{REASONS}, 'key-compromised'")


def downgrade() -> None:
    _put_check(REASONS)
