"""What is asked once after the season, and when a right's case is closed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

TABLE = "return_surveys"
INSTANT = sa.DateTime(timezone=True)
CHECKS = (
    ("answered_together", "(answers IS NULL) = (answered_at IS NULL)"),
    ("tasks", "tasks <@ ARRAY['call', 'help']"),
    ("tasks_are_asked_for", "tasks = '{}' OR answered_at IS NOT NULL"),
    (
        "attended_together",
        "(attended_at IS NULL) = (attended_by IS NULL)"
        " AND (attended_at IS NULL OR (tasks <> '{}' AND attended_by <> worker))",
    ),
    ("rehire", "NOT rehire OR (closed_at IS NOT NULL AND answered_at IS NOT NULL)"),
)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("authorisation", sa.UUID(), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("surveyed_at", INSTANT, nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("answers", sa.LargeBinary()),
        sa.Column("answered_at", INSTANT),
        sa.Column("tasks", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("attended_at", INSTANT),
        sa.Column("attended_by", sa.UUID()),
        sa.Column("closed_at", INSTANT),
        sa.Column("rehire", sa.Boolean(), server_default="false", nullable=False),
        sa.PrimaryKeyConstraint("authorisation", name=op.f("pk_return_surveys")),
        sa.ForeignKeyConstraint(
            ["authorisation", "worker"],
            ["authorisations.id", "authorisations.worker"],
            name=op.f("fk_return_surveys_authorisation_worker_authorisations"),
        ),
        sa.ForeignKeyConstraint(
            ["application", "worker"],
            ["applications.id", "applications.worker"],
            name=op.f("fk_return_surveys_application_worker_applications"),
        ),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{TABLE}_{name}")) for name, rule in CHECKS),
    )
    op.create_index("ix_return_surveys_application", TABLE, ["application"])
    op.create_index("ix_return_surveys_worker", TABLE, ["worker"])
    op.create_index(
        "ix_return_surveys_open",
        TABLE,
        ["closes_on"],
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "ix_return_surveys_tasks",
        TABLE,
        ["answered_at"],
        postgresql_where=sa.text("tasks <> '{}' AND attended_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
