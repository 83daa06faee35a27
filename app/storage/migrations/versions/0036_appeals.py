"""Recourse against refusals."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
SIX = ["application", "round", "digest", "agency", "refused_by", "opinion"]
DECIDED = ["application", "round", "digest", "agency", "official", "opinion"]
CHECKS = (
    ("opinion", "opinion = 'refuse'"),
    ("stage", "stage IN ('reconsideration', 'appeal')"),
    ("ruling", "ruling IN ('open', 'upheld', 'overturned')"),
    (
        "decided_together",
        "(ruling = 'open') = (decided_at IS NULL) AND (decided_at IS NULL) = (decided_by IS NULL)",
    ),
    ("by_another", "decided_by <> refused_by AND decided_by <> worker"),
)


def upgrade() -> None:
    op.create_table(
        "appeals",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("refused_by", sa.UUID(), nullable=False),
        sa.Column("opinion", sa.Text(), server_default="refuse", nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("words", sa.LargeBinary()),
        sa.Column("filed_at", INSTANT, nullable=False),
        sa.Column("ruling", sa.Text(), server_default="open", nullable=False),
        sa.Column("answer", sa.LargeBinary()),
        sa.Column("decided_by", sa.UUID()),
        sa.Column("decided_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
        sa.ForeignKeyConstraint(
            SIX, [f"decisions.{name}" for name in DECIDED], name="fk_appeals_refusal"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by", "agency"],
            ["postings.person", "postings.agency"],
            name=op.f("fk_appeals_decided_by_agency_postings"),
        ),
        sa.UniqueConstraint(
            "application", "round", "stage", name=op.f("uq_appeals_application_round_stage")
        ),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_appeals_{name}")) for name, rule in CHECKS),
    )
    op.create_index(
        "ix_appeals_open", "appeals", ["filed_at"], postgresql_where=sa.text("ruling = 'open'")
    )


def downgrade() -> None:
    op.drop_table("appeals")
