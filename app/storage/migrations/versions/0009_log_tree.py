"""A tree over the log, so that a change behind the service's back is seen.

Down and up again seals the log anew, and what was exported before may contradict it: only for a
log that was never exported.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

WRITTEN_BY = "pg_current_xact_id()::text::bigint"


def upgrade() -> None:
    # Not a volatile default: rows that stand get this very transaction without being rewritten.
    op.add_column(
        "audit_events",
        sa.Column("xid", sa.BigInteger(), server_default=sa.text(WRITTEN_BY), nullable=False),
    )
    op.create_index("ix_audit_events_xid", "audit_events", ["xid", "id"], unique=False)
    op.create_table(
        "audit_leaves",
        sa.Column("leaf", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("event", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("octet_length(hash) = 32", name=op.f("ck_audit_leaves_hash")),
        sa.PrimaryKeyConstraint("leaf", name=op.f("pk_audit_leaves")),
        sa.UniqueConstraint("event", name=op.f("uq_audit_leaves_event")),
    )
    op.create_table(
        "audit_nodes",
        sa.Column("level", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("node", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("level > 0", name=op.f("ck_audit_nodes_level")),
        sa.CheckConstraint("octet_length(hash) = 32", name=op.f("ck_audit_nodes_hash")),
        sa.PrimaryKeyConstraint("level", "node", name=op.f("pk_audit_nodes")),
    )
    op.create_table(
        "audit_checkpoints",
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_below", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_audit_checkpoints")),
    )
    op.create_table(
        "audit_exports",
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("exported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("place", "size", name=op.f("pk_audit_exports")),
    )


def downgrade() -> None:
    for table in ("audit_exports", "audit_checkpoints", "audit_nodes", "audit_leaves"):
        op.drop_table(table)
    op.drop_index("ix_audit_events_xid", table_name="audit_events")
    op.drop_column("audit_events", "xid")
