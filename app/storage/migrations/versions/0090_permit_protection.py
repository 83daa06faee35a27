"""Shields of workers who complained, and what the complaints office says of a wish (decision 57)."""

import sqlalchemy as sa
from alembic import op

revision = "0090"
down_revision = "0089"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "permit_shields",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ends_on >= since", name=op.f("ck_permit_shields_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permit_shields")),
    )
    op.create_index("ix_permit_shields_worker", "permit_shields", ["worker"])
    _create_codecisions()


def _create_codecisions() -> None:
    op.create_table(
        "codecisions",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("authorisation", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("asked_by", sa.UUID(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.UUID(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("why", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codecisions")),
        sa.ForeignKeyConstraint(
            ["authorisation", "worker"],
            ["authorisations.id", "authorisations.worker"],
            name=op.f("fk_codecisions_authorisation_worker_authorisations"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by", "agency"],
            ["postings.person", "postings.agency"],
            name=op.f("fk_codecisions_asked_by_agency_postings"),
        ),
        sa.CheckConstraint("wish IN ('suspend', 'revoke')", name=op.f("ck_codecisions_wish")),
        sa.CheckConstraint(
            "state IN ('asked', 'agreed', 'refused')", name=op.f("ck_codecisions_state")
        ),
        sa.CheckConstraint(
            "(state <> 'asked') = (answered_by IS NOT NULL AND answered_at IS NOT NULL"
            " AND why IS NOT NULL)",
            name=op.f("ck_codecisions_answered_together"),
        ),
        sa.CheckConstraint(
            "answered_by <> asked_by AND answered_by <> worker",
            name=op.f("ck_codecisions_by_another"),
        ),
    )
    op.create_index("ix_codecisions_authorisation", "codecisions", ["authorisation", "asked_at"])
    op.create_index(
        "uq_codecisions_waiting",
        "codecisions",
        ["authorisation", "agency", "wish"],
        unique=True,
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.create_index("ix_codecisions_worker", "codecisions", ["worker"])


def downgrade() -> None:
    op.drop_table("codecisions")
    op.drop_table("permit_shields")
