"""What workers say of employers, in counts, and the employers' one reply (decision 52)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None

RATINGS, REPLIES = "employer_ratings", "employer_replies"
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        RATINGS,
        sa.Column("employer", sa.UUID(), nullable=False),
        sa.Column("told", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("waiting", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("employer", name=op.f("pk_employer_ratings")),
        sa.ForeignKeyConstraint(
            ["employer"], ["employers.id"], name=op.f("fk_employer_ratings_employer_employers")
        ),
    )
    op.create_table(
        REPLIES,
        sa.Column("employer", sa.UUID(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("replied_at", INSTANT, nullable=False),
        sa.Column("replied_by", sa.UUID(), nullable=False),
        sa.Column("hidden_at", INSTANT),
        sa.Column("hidden_by", sa.UUID()),
        sa.PrimaryKeyConstraint("employer", name=op.f("pk_employer_replies")),
        sa.ForeignKeyConstraint(
            ["employer"], ["employers.id"], name=op.f("fk_employer_replies_employer_employers")
        ),
        sa.CheckConstraint(
            "length(words) BETWEEN 1 AND 500", name=op.f("ck_employer_replies_words")
        ),
        sa.CheckConstraint(
            "(hidden_at IS NULL) = (hidden_by IS NULL) AND hidden_by <> replied_by",
            name=op.f("ck_employer_replies_hidden_together"),
        ),
    )
    op.add_column(
        "return_surveys",
        sa.Column("rated", sa.Boolean(), server_default="false", nullable=False),
    )
    op.create_index(
        "ix_return_surveys_unrated",
        "return_surveys",
        ["closed_at"],
        postgresql_where=sa.text("closed_at IS NOT NULL AND NOT rated"),
    )


def downgrade() -> None:
    op.drop_index("ix_return_surveys_unrated", "return_surveys")
    op.drop_column("return_surveys", "rated")
    op.drop_table(REPLIES)
    op.drop_table(RATINGS)
