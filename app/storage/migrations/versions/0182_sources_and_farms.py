"""Patterns tell people apart by a token, and know the farm of a check-in (decision 101)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import UUID

revision = "0182"
down_revision = "0178"
branch_labels = None
depends_on = None

COMPLAINTS, WANTED = "complaints", "wanted_cases"


def upgrade() -> None:
    op.add_column(COMPLAINTS, sa.Column("source", sa.LargeBinary()))
    op.create_check_constraint(
        op.f(f"ck_{COMPLAINTS}_anonymous_has_no_source"),
        COMPLAINTS,
        "source IS NULL OR filing <> 'anonymous'",
    )
    for table in ("check_ins", WANTED):
        op.add_column(table, sa.Column("farm", UUID()))
        op.create_foreign_key(op.f(f"fk_{table}_farm_farms"), table, "farms", ["farm"], ["id"])
    op.create_check_constraint(
        op.f(f"ck_{WANTED}_a_farm_is_nobody"), WANTED, "farm IS NULL OR check_in IS NULL"
    )


def downgrade() -> None:
    op.drop_constraint(op.f(f"ck_{WANTED}_a_farm_is_nobody"), WANTED)
    for table in (WANTED, "check_ins"):
        op.drop_column(table, "farm")
    op.drop_constraint(op.f(f"ck_{COMPLAINTS}_anonymous_has_no_source"), COMPLAINTS)
    op.drop_column(COMPLAINTS, "source")
