"""A mission's reader marks in a contract's text what says each term, and what binds."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0113"
down_revision = "0112"
branch_labels = None
depends_on = None

TABLE = "clause_tags"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("vacancy", sa.UUID(), nullable=False),
        sa.Column("text_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("says", postgresql.JSONB(), nullable=False),
        sa.Column("binds", postgresql.JSONB(), nullable=False),
        sa.Column("official", sa.UUID(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.ForeignKeyConstraint(
            ["vacancy"], ["vacancies.id"], name=op.f(f"fk_{TABLE}_vacancy_vacancies")
        ),
        sa.CheckConstraint("octet_length(text_sha256) = 32", name=op.f(f"ck_{TABLE}_text")),
    )
    op.create_index(f"ix_{TABLE}_vacancy", TABLE, ["vacancy"])


def downgrade() -> None:
    op.drop_table(TABLE)
