"""The code on paper is found by a keyed hash, so that every try costs one slow one.

A code from before this step finds nobody: only its slow hash is kept, and it cannot be found by
that. Those workers come back by SMS, and `/mi-acceso` gives them another code on paper.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

OLD, NEW = "ix_workers_phone", "ix_workers_phone_resume_index"


def upgrade() -> None:
    # The default is for rows of now, and for those that the code of before still adds.
    by_chance = sa.text("uuid_send(gen_random_uuid())")
    column = sa.Column("resume_index", sa.LargeBinary(), server_default=by_chance, nullable=False)
    op.add_column("workers", column)
    op.create_index(NEW, "workers", ["phone", "resume_index"], unique=False)
    op.drop_index(OLD, table_name="workers")


def downgrade() -> None:
    op.create_index(OLD, "workers", ["phone"], unique=False)
    op.drop_index(NEW, table_name="workers")
    op.drop_column("workers", "resume_index")
