"""The cost diary: what a worker paid for the job, sealed, and how far its repayment has come."""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None

ENTRIES = "cost_entries"
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        ENTRIES,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("told", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("receipt_key", sa.Text()),
        sa.Column("noted_at", INSTANT, nullable=False),
        sa.Column("asked_at", INSTANT),
        sa.Column("fee_confirmed_at", INSTANT),
        sa.Column("fee_confirmed_by", sa.UUID()),
        sa.Column("registry", sa.Text()),
        sa.Column("licence", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_entries")),
        sa.ForeignKeyConstraint(
            ["application", "worker"],
            ["applications.id", "applications.worker"],
            name=op.f("fk_cost_entries_application_worker_applications"),
        ),
        *_checks(),
    )
    op.create_index(f"ix_{ENTRIES}_application", ENTRIES, ["application", "noted_at"])
    op.create_index(f"ix_{ENTRIES}_worker", ENTRIES, ["worker"])
    asked = sa.text("asked_at IS NOT NULL")
    op.create_index(f"ix_{ENTRIES}_asked", ENTRIES, ["asked_at"], postgresql_where=asked)


def _checks() -> list[sa.CheckConstraint]:
    checks = {
        "status": "status IN ('noted', 'asked', 'paid', 'confirmed', 'disputed')",
        "asked_is_seen": "(status = 'noted') = (asked_at IS NULL)",
        "fee_confirmed_together": "(fee_confirmed_at IS NULL) = (fee_confirmed_by IS NULL)"
        " AND (fee_confirmed_at IS NULL OR (status <> 'noted' AND fee_confirmed_by <> worker))",
        "licence_of_fee": "(registry IS NULL) = (licence IS NULL)"
        " AND (licence IS NULL OR fee_confirmed_at IS NOT NULL)",
        "version": "version >= 1",
    }
    return [
        sa.CheckConstraint(rule, name=op.f(f"ck_{ENTRIES}_{name}")) for name, rule in checks.items()
    ]


def downgrade() -> None:
    op.drop_table(ENTRIES)
