"""Who is inside when the right ends, and what they were told."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stay_notices",
        sa.Column("authorisation", sa.UUID(), nullable=False),
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "notice IN ('renewal-offered', 'asked')", name=op.f("ck_stay_notices_notice")
        ),
        sa.ForeignKeyConstraint(
            ["authorisation"],
            ["authorisations.id"],
            name=op.f("fk_stay_notices_authorisation_authorisations"),
        ),
        sa.PrimaryKeyConstraint("authorisation", "notice", name=op.f("pk_stay_notices")),
    )
    op.create_index("ix_authorisations_valid_until", "authorisations", ["valid_until"])


def downgrade() -> None:
    op.drop_index("ix_authorisations_valid_until", table_name="authorisations")
    op.drop_table("stay_notices")
