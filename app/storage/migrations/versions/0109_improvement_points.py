"""What the labour inspection wants mended on farms, without anybody who spoke (decision 72)."""

import sqlalchemy as sa
from alembic import op

revision = "0109"
down_revision = "0108"
branch_labels = None
depends_on = None

TABLE = "improvement_points"
CHECKS = {
    "checked_by": "checked_by IN ('visit', 'payslips', 'papers')",
    "status": "status IN ('open', 'said', 'met', 'withdrawn')",
    "told_from": "extract(day FROM told_from) = 1",
    "due_by": "extract(day FROM due_by + 1) = 1 AND due_by > told_from",
    "change": "length(change) BETWEEN 1 AND 500",
    "words": "length(said) <= 500 AND length(note) <= 500",
    "said_in_words": "status <> 'said' OR said <> ''",
    "step": "step >= 0",
}


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("farm", sa.UUID(), nullable=False),
        sa.Column("inspection", sa.UUID()),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("checked_by", sa.Text(), nullable=False),
        sa.Column("told_from", sa.Date(), nullable=False),
        sa.Column("due_by", sa.Date(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("moved_by", sa.UUID(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.ForeignKeyConstraint(["farm"], ["farms.id"], name=op.f(f"fk_{TABLE}_farm_farms")),
        sa.ForeignKeyConstraint(
            ["inspection"],
            ["housing_inspections.id"],
            name=op.f(f"fk_{TABLE}_inspection_housing_inspections"),
        ),
        *(
            sa.CheckConstraint(rule, name=op.f(f"ck_{TABLE}_{name}"))
            for name, rule in CHECKS.items()
        ),
    )
    op.create_index(f"ix_{TABLE}_farm", TABLE, ["farm", "told_from"])


def downgrade() -> None:
    op.drop_table(TABLE)
