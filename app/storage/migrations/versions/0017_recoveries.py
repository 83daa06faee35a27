"""Recoveries of workers at an office, asked for by one person and decided by another."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
CHECKS = (
    ("status", "status IN ('begun', 'waiting', 'approved', 'refused', 'objected', 'dropped')"),
    ("decided_together", "(decided_by IS NULL) = (decided_at IS NULL)"),
    ("decided", "(decided_by IS NOT NULL) = (status IN ('approved', 'refused', 'objected'))"),
    ("by_another", "decided_by <> asked_by"),
    ("not_about_oneself", "worker <> asked_by AND worker <> decided_by"),
    ("refusal", "(refusal IS NOT NULL) = (status = 'refused')"),
    ("new_phone", "status IN ('begun', 'dropped') OR new_phone IS NOT NULL"),
    ("code_shown", "code_shown_at IS NULL OR status IN ('approved', 'objected')"),
)


def upgrade() -> None:
    op.create_table(
        "recoveries",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("document_kind", sa.Text(), nullable=False),
        sa.Column("compared", ARRAY(sa.Text()), nullable=False),
        sa.Column("asked_by", sa.UUID(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("old_phone", sa.Text(), nullable=False),
        sa.Column("new_phone", sa.Text()),
        sa.Column("decided_by", sa.UUID()),
        sa.Column("decided_at", INSTANT),
        sa.Column("refusal", sa.Text()),
        sa.Column("code_shown_at", INSTANT),
        sa.Column("objection_hash", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recoveries")),
        sa.ForeignKeyConstraint(
            ["worker"], ["workers.person"], name=op.f("fk_recoveries_worker_workers")
        ),
        sa.UniqueConstraint("objection_hash", name=op.f("uq_recoveries_objection_hash")),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_recoveries_{name}")) for name, rule in CHECKS),
    )
    op.create_index("ix_recoveries_status_asked_at", "recoveries", ["status", "asked_at"])
    op.create_index("ix_recoveries_worker", "recoveries", ["worker"])


def downgrade() -> None:
    op.drop_table("recoveries")
