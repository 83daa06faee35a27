"""Whoever reads the log asks by person, by act and by day, and the log is long."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_audit_events_person_id", "audit_events", ["person", "id"], unique=False)
    op.create_index("ix_audit_events_act_id", "audit_events", ["act", "id"], unique=False)
    op.create_index(
        "ix_audit_events_at", "audit_events", ["at"], unique=False, postgresql_using="brin"
    )


def downgrade() -> None:
    op.drop_index("ix_audit_events_at", table_name="audit_events", postgresql_using="brin")
    op.drop_index("ix_audit_events_act_id", table_name="audit_events")
    op.drop_index("ix_audit_events_person_id", table_name="audit_events")
