"""A decision carries the official's signature; those of before have none."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("decisions", sa.Column("signing_key", sa.LargeBinary()))
    op.add_column("decisions", sa.Column("signature", sa.LargeBinary()))
    op.create_check_constraint(
        op.f("ck_decisions_signed_together"),
        "decisions",
        "(signing_key IS NULL) = (signature IS NULL)",
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_decisions_signed_together"), "decisions", type_="check")
    op.drop_column("decisions", "signature")
    op.drop_column("decisions", "signing_key")
