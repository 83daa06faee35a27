"""A yes to a contract tells in which language it was read aloud (R17, decision 102)."""

import sqlalchemy as sa
from alembic import op

revision = "0186"
down_revision = "0182"
branch_labels = None
depends_on = None

TABLE = "contract_agreements"
CHECK = "ck_contract_agreements_heard_in_aloud"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("heard_in", sa.Text()))
    op.create_check_constraint(op.f(CHECK), TABLE, "heard_in IS NULL OR read_aloud")


def downgrade() -> None:
    op.drop_constraint(op.f(CHECK), TABLE)
    op.drop_column(TABLE, "heard_in")
