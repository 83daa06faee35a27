"""Lists that pass over rows do so in the index: place, days and what is new are looked up there."""

import sqlalchemy as sa
from alembic import op

revision = "0161"
down_revision = "0160"
branch_labels = None
depends_on = None

TABLE = "applications"
LISTED = "round > 0 AND erased_at IS NULL"
DUE, STATUS_DUE = "ix_applications_due_at", "ix_applications_status_due_at"
ROUND = ["programme", "round", "agency_set"]
ASKED_BY = ["vacancy", "submitted_at", "version"]


def _create(name: str, columns: list[str], include: list[str]) -> None:
    op.create_index(
        name, TABLE, columns, postgresql_include=include, postgresql_where=sa.text(LISTED)
    )


def upgrade() -> None:
    op.drop_index(DUE, table_name=TABLE)
    op.drop_index(STATUS_DUE, table_name=TABLE)
    _create(DUE, ["due_at", "id"], ["status", *ROUND, *ASKED_BY])
    _create(STATUS_DUE, ["status", "due_at", "id"], [*ROUND, *ASKED_BY])


def downgrade() -> None:
    op.drop_index(STATUS_DUE, table_name=TABLE)
    op.drop_index(DUE, table_name=TABLE)
    _create(STATUS_DUE, ["status", "due_at", "id"], ROUND)
    op.create_index(DUE, TABLE, ["due_at", "id"], postgresql_where=sa.text(LISTED))
