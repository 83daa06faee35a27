"""Names of employers and farms as they are compared: the scam check knows both (decision 91)."""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

from recruitment.registries import name_key
from recruitment.scam_checks import farm_key

revision = "0144"
down_revision = "0140"
branch_labels = None
depends_on = None

KEYS: dict[str, Callable[[str], str]] = {"employers": name_key, "farms": farm_key}


def upgrade() -> None:
    for table, key_of in KEYS.items():
        op.add_column(table, sa.Column("name_key", sa.Text(), nullable=False, server_default=""))
        _fill(table, key_of)
        op.create_index(f"ix_{table}_name_key", table, ["name_key"])
    op.create_index("ix_employers_phone", "employers", ["phone"])


def _fill(name: str, key_of: Callable[[str], str]) -> None:
    columns = (sa.column("id", sa.UUID()), sa.column("name", sa.Text()))
    table = sa.table(name, *columns, sa.column("name_key", sa.Text()))
    connection = op.get_bind()
    for row in connection.execute(sa.select(table.c.id, table.c.name)).all():
        one = sa.update(table).where(table.c.id == row.id)
        connection.execute(one.values(name_key=key_of(row.name)))


def downgrade() -> None:
    op.drop_index("ix_employers_phone", "employers")
    for table in KEYS:
        op.drop_index(f"ix_{table}_name_key", table)
        op.drop_column(table, "name_key")
