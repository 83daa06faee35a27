"""An employer asks people of the pool; recruiters assess themselves, too (decision 91)."""

import sqlalchemy as sa
from alembic import op

revision = "0147"
down_revision = "0146"
branch_labels = None
depends_on = None

TABLE, ASSESSED = "pool_asks", "recruiter_assessments"
RULES = (
    ("status", "status IN ('self-declared', 'evidenced', 'audited', 'non-conform')"),
    ("evidence", "status NOT IN ('evidenced', 'audited') OR evidence <> ''"),
    ("version", "version > 0"),
)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.UUID(), primary_key=True),
        sa.Column("vacancy", sa.UUID(), sa.ForeignKey("vacancies.id"), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["application", "worker"], ["applications.id", "applications.worker"]
        ),
        sa.UniqueConstraint("vacancy", "application"),
        sa.CheckConstraint(
            "status IN ('asked', 'accepted', 'declined')", name=op.f("ck_pool_asks_status")
        ),
        sa.CheckConstraint(
            "(status = 'asked') = (answered_at IS NULL)",
            name=op.f("ck_pool_asks_answered_together"),
        ),
    )
    op.create_index("ix_pool_asks_application", TABLE, ["application"])
    op.create_table(
        ASSESSED,
        sa.Column("registry", sa.Text(), primary_key=True),
        sa.Column("licence", sa.Text(), primary_key=True),
        sa.Column("criterion", sa.Text(), primary_key=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.UUID(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{ASSESSED}_{name}")) for name, rule in RULES),
    )


def downgrade() -> None:
    op.drop_table(ASSESSED)
    op.drop_table(TABLE)
