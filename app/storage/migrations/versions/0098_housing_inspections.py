"""The housing of farms is inspected; what failed stays open until it was seen mended (R20, R21)."""

import sqlalchemy as sa
from alembic import op

revision = "0098"
down_revision = "0097"
branch_labels = None
depends_on = None

LOOKS, FAILED = "housing_inspections", "housing_shortcomings"
RUNS, CAUSE = "judging_runs", "ck_judging_runs_cause"
BEFORE = ("wages", "employer", "day", "measure", "mandate", "registry")
ITEMS = (
    "item IN ('separate-sleeping', 'potable-water', 'lockable-storage', 'cooking',"
    " 'no-outside-lock')"
)


def upgrade() -> None:
    op.create_table(
        LOOKS,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("farm", sa.UUID(), nullable=False),
        sa.Column("inspected_on", sa.Date(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("toilets", sa.Integer(), nullable=False),
        sa.Column("showers", sa.Integer(), nullable=False),
        sa.Column("mend_by", sa.Date()),
        sa.Column("inspector", sa.UUID(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{LOOKS}")),
        sa.ForeignKeyConstraint(["farm"], ["farms.id"], name=op.f(f"fk_{LOOKS}_farm_farms")),
        sa.CheckConstraint("capacity BETWEEN 0 AND 2000", name=op.f(f"ck_{LOOKS}_capacity")),
        sa.CheckConstraint(
            "toilets BETWEEN 0 AND 2000 AND showers BETWEEN 0 AND 2000",
            name=op.f(f"ck_{LOOKS}_washing"),
        ),
        sa.CheckConstraint("mend_by >= inspected_on", name=op.f(f"ck_{LOOKS}_mend_by")),
    )
    op.create_index(f"ix_{LOOKS}_farm", LOOKS, ["farm", "inspected_on"])
    op.create_table(
        FAILED,
        sa.Column("inspection", sa.UUID(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("mended_on", sa.Date()),
        sa.Column("evidence", sa.Text()),
        sa.Column("mended_by", sa.UUID()),
        sa.PrimaryKeyConstraint("inspection", "item", name=op.f(f"pk_{FAILED}")),
        sa.ForeignKeyConstraint(
            ["inspection"], [f"{LOOKS}.id"], name=op.f(f"fk_{FAILED}_inspection_{LOOKS}")
        ),
        sa.CheckConstraint(ITEMS, name=op.f(f"ck_{FAILED}_item")),
        sa.CheckConstraint(
            "(mended_on IS NULL) = (evidence IS NULL)"
            " AND (mended_on IS NULL) = (mended_by IS NULL)",
            name=op.f(f"ck_{FAILED}_mended_together"),
        ),
        sa.CheckConstraint(
            "length(evidence) BETWEEN 1 AND 200", name=op.f(f"ck_{FAILED}_evidence")
        ),
    )
    _causes((*BEFORE, "farm"))


def downgrade() -> None:
    """Runs because of a farm were of who hires: they are kept under that name."""
    op.drop_constraint(op.f(CAUSE), RUNS, type_="check")
    op.execute(f"UPDATE {RUNS} SET cause = 'employer' WHERE cause = 'farm'")  # noqa: S608  names of this file
    op.create_check_constraint(op.f(CAUSE), RUNS, f"cause IN {BEFORE}")
    op.drop_table(FAILED)
    op.drop_table(LOOKS)


def _causes(causes: tuple[str, ...]) -> None:
    op.drop_constraint(op.f(CAUSE), RUNS, type_="check")
    op.create_check_constraint(op.f(CAUSE), RUNS, f"cause IN {causes}")
