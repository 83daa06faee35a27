"""Other applications with the same document are found without reading every application."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_applications_document_number",
        "applications",
        [sa.text("(answers ->> 'document_number')")],
        unique=False,
        postgresql_where=sa.text("round > 0"),
    )


def downgrade() -> None:
    op.drop_index("ix_applications_document_number", table_name="applications")
