"""Who asked for help at home: the office that receives them, the appointment, what came of it."""

import sqlalchemy as sa
from alembic import op

revision = "0097"
down_revision = "0096"
branch_labels = None
depends_on = None

TABLE = "return_referrals"
INSTANT = sa.DateTime(timezone=True)
CHECKS = {
    "kind": "kind IN ('work', 'training', 'business', 'education', 'social')",
    "office": "office IN ('umar', 'camr', 'sreci', 'employment-service', 'infop', 'mintrab',"
    " 'iom', 'pastoral')",
    "outcome": "outcome IN ('helped', 'did-not-come', 'could-not', 'declined')",
    "heard_by_another": "heard_by <> worker",
    "day_and_hour": "(day IS NULL) = (hour IS NULL)",
    "closed_together": "(outcome IS NULL) = (closed_at IS NULL)"
    " AND (outcome IS NULL) = (closed_by IS NULL)",
    "closed_by_the_desk": "outcome = 'declined' OR closed_by <> worker",
}


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("agreed_at", INSTANT, nullable=False),
        sa.Column("heard_by", sa.UUID(), nullable=False),
        sa.Column("day", sa.Date()),
        sa.Column("hour", sa.Time()),
        sa.Column("outcome", sa.Text()),
        sa.Column("closed_at", INSTANT),
        sa.Column("closed_by", sa.UUID()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.ForeignKeyConstraint(
            ["application", "worker"],
            ["applications.id", "applications.worker"],
            name=op.f(f"fk_{TABLE}_application_worker_applications"),
        ),
        *(
            sa.CheckConstraint(rule, name=op.f(f"ck_{TABLE}_{name}"))
            for name, rule in CHECKS.items()
        ),
    )
    op.create_index(
        "uq_return_referrals_open",
        TABLE,
        ["application"],
        unique=True,
        postgresql_where=sa.text("outcome IS NULL"),
    )
    op.create_index("ix_return_referrals_application", TABLE, ["application"])
    op.create_index("ix_return_referrals_worker", TABLE, ["worker"])


def downgrade() -> None:
    op.drop_table(TABLE)
