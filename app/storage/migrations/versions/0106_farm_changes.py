"""Employers ask SETRASS to change a farm, or to add one; until then it stands as before."""

import sqlalchemy as sa
from alembic import op

revision = "0106"
down_revision = "0105"
branch_labels = None
depends_on = None

TABLE = "farm_changes"
INSTANT = sa.DateTime(timezone=True)
CHECKS = {
    "number": "number > 0",
    "outcome": "outcome IN ('asked', 'replaced', 'approved', 'refused')",
    "housed": "housed BETWEEN 0 AND 2000",
    "point_together": "(latitude IS NULL) = (longitude IS NULL)",
    "decided_together": "(outcome IN ('approved', 'refused')) = (decided_by IS NOT NULL)"
    " AND (decided_by IS NULL) = (decided_at IS NULL)",
    "decided_by_another": "decided_by <> asked_by",
    "refused_with_reason": "outcome <> 'refused' OR note <> ''",
}


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("registration", sa.UUID(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("farm", sa.UUID(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("housed", sa.Integer(), nullable=False),
        sa.Column("grower", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Numeric(precision=8, scale=5)),
        sa.Column("longitude", sa.Numeric(precision=8, scale=5)),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.UUID(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("decided_by", sa.UUID()),
        sa.Column("decided_at", INSTANT),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint(
            "registration", "farm", "number", name=op.f(f"uq_{TABLE}_registration_farm_number")
        ),
        sa.ForeignKeyConstraint(
            ["registration"],
            ["employer_registrations.id"],
            name=op.f(f"fk_{TABLE}_registration_employer_registrations"),
        ),
        *(
            sa.CheckConstraint(rule, name=op.f(f"ck_{TABLE}_{name}"))
            for name, rule in CHECKS.items()
        ),
    )
    waiting = sa.text("outcome = 'asked'")
    op.create_index(f"uq_{TABLE}_waiting", TABLE, ["farm"], unique=True, postgresql_where=waiting)


def downgrade() -> None:
    op.drop_table(TABLE)
