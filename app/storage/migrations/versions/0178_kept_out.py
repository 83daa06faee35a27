"""A case is kept from who decided on its worker's permit: by keyed hashes that name nobody."""

import sqlalchemy as sa
from alembic import op

revision = "0178"
down_revision = "0172"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("complaints", sa.Column("kept_out", sa.LargeBinary()))


def downgrade() -> None:
    op.drop_column("complaints", "kept_out")
