"""The IRIS self-assessments of employers (decision 48)."""

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_assessments()


def _create_assessments() -> None:
    op.create_table(
        "assessments",
        sa.Column("employer", sa.UUID(), nullable=False),
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.UUID(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status IN ('self-declared', 'evidenced', 'audited', 'non-conform')",
            name=op.f("ck_assessments_status"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('evidenced', 'audited') OR evidence <> ''",
            name=op.f("ck_assessments_evidence"),
        ),
        sa.CheckConstraint("version > 0", name=op.f("ck_assessments_version")),
        sa.ForeignKeyConstraint(
            ["employer"], ["employers.id"], name=op.f("fk_assessments_employer_employers")
        ),
        sa.PrimaryKeyConstraint("employer", "criterion", name=op.f("pk_assessments")),
    )


def downgrade() -> None:
    op.drop_table("assessments")
