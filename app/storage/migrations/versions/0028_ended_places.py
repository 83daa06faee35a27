"""Places of status lists that a restore lost the cards of, and that must not count."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ended_places",
        sa.Column("status_list", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("status_index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("status IN (1, 2)", name=op.f("ck_ended_places_status")),
        sa.CheckConstraint(
            "(status = 2) = (until IS NOT NULL)",
            name=op.f("ck_ended_places_until_of_a_suspension"),
        ),
        sa.PrimaryKeyConstraint("status_list", "status_index", name=op.f("pk_ended_places")),
    )


def downgrade() -> None:
    op.drop_table("ended_places")
