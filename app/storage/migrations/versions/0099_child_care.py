"""Farms tell what they arranged for children, and SENAF is told of families without it (R38)."""

import sqlalchemy as sa
from alembic import op

revision = "0099"
down_revision = "0098"
branch_labels = None
depends_on = None

CARE, TOLD = "care_arrangements", "senaf_handovers"
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        CARE,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("farm", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("held_at", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("told_by", sa.UUID(), nullable=False),
        sa.Column("told_at", INSTANT, nullable=False),
        sa.Column("ended_on", sa.Date()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{CARE}")),
        sa.ForeignKeyConstraint(["farm"], ["farms.id"], name=op.f(f"fk_{CARE}_farm_farms")),
        sa.CheckConstraint("kind IN ('child-care', 'school')", name=op.f(f"ck_{CARE}_kind")),
        sa.CheckConstraint("places BETWEEN 1 AND 500", name=op.f(f"ck_{CARE}_places")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f(f"ck_{CARE}_days")),
    )
    op.create_index(f"ix_{CARE}_farm", CARE, ["farm"])
    op.create_table(
        TOLD,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("children", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.UUID(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("received_by", sa.Text()),
        sa.Column("received_on", sa.Date()),
        sa.Column("noted_by", sa.UUID()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TOLD}")),
        sa.ForeignKeyConstraint(
            ["application", "worker"],
            ["applications.id", "applications.worker"],
            name=op.f(f"fk_{TOLD}_application_applications"),
        ),
        sa.CheckConstraint("children > 0", name=op.f(f"ck_{TOLD}_children")),
        sa.CheckConstraint(
            "(received_by IS NULL) = (received_on IS NULL)"
            " AND (received_by IS NULL) = (noted_by IS NULL)",
            name=op.f(f"ck_{TOLD}_received_together"),
        ),
    )
    op.create_index(
        f"uq_{TOLD}_waiting",
        TOLD,
        ["application"],
        unique=True,
        postgresql_where=sa.text("received_on IS NULL"),
    )


def downgrade() -> None:
    op.drop_table(TOLD)
    op.drop_table(CARE)
