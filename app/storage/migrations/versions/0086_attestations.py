"""What missions and foreign authorities say of vacancies (decision 55, E5)."""

import sqlalchemy as sa
from alembic import op

revision = "0086"
down_revision = "0085"
branch_labels = None
depends_on = None

WORDS = "vacancy_attestations"


def upgrade() -> None:
    op.create_table(
        WORDS,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("vacancy", sa.UUID(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("told_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("official", sa.UUID(), nullable=False),
        sa.Column("attested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{WORDS}")),
        sa.ForeignKeyConstraint(
            ["vacancy"], ["vacancies.id"], name=op.f(f"fk_{WORDS}_vacancy_vacancies")
        ),
        sa.CheckConstraint("length(grounds) >= 20", name=op.f(f"ck_{WORDS}_grounds")),
        sa.CheckConstraint("octet_length(signature) = 64", name=op.f(f"ck_{WORDS}_signature")),
        sa.CheckConstraint("octet_length(told_sha256) = 32", name=op.f(f"ck_{WORDS}_told")),
    )
    op.create_index(f"ix_{WORDS}_vacancy", WORDS, ["vacancy"])


def downgrade() -> None:
    op.drop_table(WORDS)
