"""The papers of the way abroad with who paid them, and insurances (W25; decision 65)."""

import sqlalchemy as sa
from alembic import op

revision = "0101"
down_revision = "0100"
branch_labels = None
depends_on = None

TABLE = "travel_papers"
KINDS = "'passport', 'clearance', 'medical', 'test', 'visa', 'work-permit', 'ticket', 'insurance'"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("got_on", sa.Date(), nullable=False),
        sa.Column("payer", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(10, 2)),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("cost", sa.UUID()),
        sa.Column("insurer", sa.Text()),
        sa.Column("policy", sa.Text()),
        sa.Column("covers_from", sa.Date()),
        sa.Column("covers_until", sa.Date()),
        sa.Column("noted_by", sa.UUID(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("application", "kind", "source", name=op.f("pk_travel_papers")),
        sa.ForeignKeyConstraint(
            ["application", "worker"],
            ["applications.id", "applications.worker"],
            name=op.f("fk_travel_papers_application_worker_applications"),
        ),
        sa.ForeignKeyConstraint(
            ["cost"],
            ["cost_entries.id"],
            name=op.f("fk_travel_papers_cost_cost_entries"),
            ondelete="SET NULL",
        ),
        *(sa.CheckConstraint(text, name=op.f(name)) for name, text in CHECKS.items()),
    )
    op.create_index("ix_travel_papers_worker", TABLE, ["worker"])
    op.create_index("ix_travel_papers_cost", TABLE, ["cost"])


CHECKS = {
    "ck_travel_papers_kind": f"kind IN ({KINDS})",
    "ck_travel_papers_source": "(source = 'worker') = (noted_by = worker)",
    "ck_travel_papers_officials_insure": "source = 'worker' OR kind = 'insurance'",
    "ck_travel_papers_payer": (
        "payer IN ('worker', 'family', 'employer', 'recruiter', 'state', 'ngo')"
    ),
    "ck_travel_papers_cost_of_worker": (
        "cost IS NULL OR (payer IN ('worker', 'family') AND amount IS NULL)"
    ),
    "ck_travel_papers_cover": (
        "(kind = 'insurance') = (insurer IS NOT NULL) AND (insurer IS NULL) = (policy IS NULL)"
        " AND (insurer IS NULL) = (covers_from IS NULL)"
        " AND (insurer IS NULL) = (covers_until IS NULL) AND covers_from <= covers_until"
    ),
    "ck_travel_papers_version": "version >= 1",
}


def downgrade() -> None:
    op.drop_table(TABLE)
