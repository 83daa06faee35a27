"""Keys to search people by: parts of words, and words with a slip, under one index."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

from app.storage.search_keys import keys_of

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

APPLICATIONS = sa.table(
    "applications",
    sa.column("id", sa.UUID()),
    sa.column("worker_name", sa.Text()),
    sa.column("search_text", sa.Text()),
    sa.column("receipt", sa.Text()),
    sa.column("search_keys", ARRAY(sa.Text())),
)
LISTED = sa.text("round > 0 AND erased_at IS NULL")
ERASED = (
    "erased_at IS NULL OR (document_sealed IS NULL AND answers = '{}' AND worker_name = ''"
    " AND search_text = ''"
)


def upgrade() -> None:
    op.add_column(
        "applications",
        sa.Column("search_keys", ARRAY(sa.Text()), nullable=False, server_default="{}"),
    )
    connection, rows = op.get_bind(), APPLICATIONS.c
    for row in connection.execute(sa.select(APPLICATIONS).where(rows.search_text != "")).all():
        connection.execute(
            sa.update(APPLICATIONS)
            .where(rows.id == row.id)
            .values(search_keys=keys_of(row.worker_name, row.search_text, row.receipt or ""))
        )
    op.alter_column("applications", "search_keys", server_default=None)
    op.create_index(
        "ix_applications_search_keys", "applications", ["search_keys"], postgresql_using="gin"
    )
    op.drop_index("ix_applications_status_due_at", "applications")
    op.create_index(
        "ix_applications_status_due_at",
        "applications",
        ["status", "due_at", "id"],
        postgresql_include=["programme", "round"],
        postgresql_where=LISTED,
    )
    op.create_index(
        "ix_applications_due_at", "applications", ["due_at", "id"], postgresql_where=LISTED
    )
    op.create_index(
        "ix_applications_held_by",
        "applications",
        ["held_by"],
        postgresql_where=sa.text("held_by IS NOT NULL"),
    )
    _hold(f"{ERASED} AND search_keys = '{{}}')")


def downgrade() -> None:
    _hold(f"{ERASED})")
    op.drop_index("ix_applications_held_by", "applications")
    op.drop_index("ix_applications_due_at", "applications")
    op.drop_index("ix_applications_status_due_at", "applications")
    op.create_index("ix_applications_status_due_at", "applications", ["status", "due_at", "id"])
    op.drop_index("ix_applications_search_keys", "applications")
    op.drop_column("applications", "search_keys")


def _hold(rule: str) -> None:
    op.drop_constraint(op.f("ck_applications_erased"), "applications", type_="check")
    op.create_check_constraint(op.f("ck_applications_erased"), "applications", rule)
