"""Cards that wait are found by when their permit ends: those of seasons past are not looked at."""

import sqlalchemy as sa
from alembic import op

revision = "0242"
down_revision = "0221"
branch_labels = None
depends_on = None

WAITING, TABLE = "ix_credentials_waiting", "credentials"
STANDS = "state = 'issued' AND right_status = 'granted' AND erased_at IS NULL"


def upgrade() -> None:
    _list_by(["expires", "issued_at", "id"], ["authorisation"])


def downgrade() -> None:
    _list_by(["issued_at", "id"], ["authorisation", "expires"])


def _list_by(columns: list[str], include: list[str]) -> None:
    op.drop_index(WAITING, table_name=TABLE)
    op.create_index(
        WAITING,
        TABLE,
        columns,
        postgresql_include=include,
        postgresql_where=sa.text(STANDS),
    )
