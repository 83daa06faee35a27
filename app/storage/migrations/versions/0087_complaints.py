"""Complaints as they stand in clear, and the conversation of each, sealed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0087"
down_revision = "0086"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "complaints",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("filing", sa.Text(), nullable=False),
        sa.Column("categories", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("proposed", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("flags", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("employer", sa.UUID(), nullable=True),
        sa.Column("farm", sa.UUID(), nullable=True),
        sa.Column("department", sa.Text(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handler", sa.UUID(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("noted", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "filing IN ('anonymous', 'named', 'third-party', 'official', 'check-in')",
            name=op.f("ck_complaints_filing"),
        ),
        sa.CheckConstraint(
            "hour IS NULL OR (hour = date_trunc('hour', hour, 'UTC') AND coalesce(severity, proposed) IN ('s1', 's2'))",
            name=op.f("ck_complaints_hour"),
        ),
        sa.CheckConstraint(
            "proposed IN ('s1', 's2', 's3', 's4')", name=op.f("ck_complaints_proposed")
        ),
        sa.CheckConstraint(
            "severity IN ('s1', 's2', 's3', 's4')", name=op.f("ck_complaints_severity")
        ),
        sa.CheckConstraint(
            "status IN ('received', 'triage', 'awaiting-complainant', 'open', 'investigation', 'awaiting-agency', 'finding', 'remedy', 'review', 'referred-out', 'closed-resolved', 'closed-no-action', 'closed-upheld', 'withdrawn', 'anonymised')",
            name=op.f("ck_complaints_status"),
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_complaints_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaints")),
    )
    op.create_index(
        "ix_complaints_noted",
        "complaints",
        ["received_on"],
        unique=False,
        postgresql_where=sa.text("NOT noted"),
    )
    op.create_index("ix_complaints_status", "complaints", ["status", "due_on", "id"], unique=False)
    op.create_table(
        "complaint_messages",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("complaint", sa.UUID(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("asks", sa.Text(), nullable=True),
        sa.Column("author", sa.UUID(), nullable=True),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("noted", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(side = 'handlers') = (author IS NOT NULL)", name=op.f("ck_complaint_messages_author")
        ),
        sa.CheckConstraint(
            "asks IS NULL OR (side = 'complainant'"
            " AND asks IN ('withdraw', 'appeal', 'report-retaliation'))",
            name=op.f("ck_complaint_messages_asks"),
        ),
        sa.CheckConstraint(
            "side IN ('complainant', 'handlers')", name=op.f("ck_complaint_messages_side")
        ),
        sa.CheckConstraint("place >= 1", name=op.f("ck_complaint_messages_place")),
        sa.ForeignKeyConstraint(
            ["complaint"],
            ["complaints.id"],
            name=op.f("fk_complaint_messages_complaint_complaints"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_messages")),
        sa.UniqueConstraint(
            "complaint", "place", name=op.f("uq_complaint_messages_complaint_place")
        ),
    )
    op.create_index(
        "ix_complaint_messages_noted",
        "complaint_messages",
        ["written_on"],
        unique=False,
        postgresql_where=sa.text("NOT noted"),
    )


def downgrade() -> None:
    op.drop_table("complaint_messages")
    op.drop_table("complaints")
