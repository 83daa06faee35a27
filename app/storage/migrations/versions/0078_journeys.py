"""What is noted of a visa abroad, of the departure and the arrival (decision 53)."""

import sqlalchemy as sa
from alembic import op

revision = "0078"
down_revision = "0077"
branch_labels = None
depends_on = None

NOTES = "journey_notes"
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        NOTES,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("noted_at", INSTANT, nullable=False),
        sa.Column("noted_by", sa.UUID(), nullable=False),
        sa.Column("asked_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journey_notes")),
        sa.ForeignKeyConstraint(
            ["application", "worker"],
            ["applications.id", "applications.worker"],
            name=op.f("fk_journey_notes_application_worker_applications"),
        ),
        sa.UniqueConstraint(
            "application",
            "step",
            "happened_on",
            name=op.f("uq_journey_notes_application_step_happened_on"),
        ),
        sa.CheckConstraint(
            "step IN ('visa-submitted', 'visa-asked', 'visa-granted', 'visa-refused', 'departed',"
            " 'arrived')",
            name=op.f("ck_journey_notes_step"),
        ),
        sa.CheckConstraint(
            "(source = 'worker') = (noted_by = worker)", name=op.f("ck_journey_notes_source")
        ),
    )
    unasked = sa.text("step = 'departed' AND asked_at IS NULL")
    op.create_index("ix_journey_notes_unasked", NOTES, ["happened_on"], postgresql_where=unasked)


def downgrade() -> None:
    op.drop_table(NOTES)
