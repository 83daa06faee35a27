"""What the rules find of one worker is kept with its day and values (decision 102)."""

import sqlalchemy as sa
from alembic import op

revision = "0187"
down_revision = "0186"
branch_labels = None
depends_on = None

TABLE = "case_judgements"
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("number", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("subject", sa.UUID(), nullable=False),
        sa.Column("judged_on", sa.Date(), nullable=False),
        sa.Column("judged_at", INSTANT, nullable=False),
        sa.Column("facts_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("parameters_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("findings", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_judgements")),
        sa.UniqueConstraint("number", name=op.f("uq_case_judgements_number")),
        sa.ForeignKeyConstraint(
            ["application", "worker"],
            ["applications.id", "applications.worker"],
            name=op.f("fk_case_judgements_application_worker_applications"),
        ),
        sa.CheckConstraint(
            "about IN ('agreement', 'diary', 'claims', 'movement')",
            name=op.f("ck_case_judgements_about"),
        ),
        sa.CheckConstraint(
            "(about = 'movement') = (subject <> application)",
            name=op.f("ck_case_judgements_subject"),
        ),
    )
    op.create_index("ix_case_judgements_subject", TABLE, ["subject", "about", "number"])
    op.create_index("ix_case_judgements_application", TABLE, ["application"])


def downgrade() -> None:
    op.drop_table(TABLE)
