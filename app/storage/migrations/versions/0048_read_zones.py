"""What an official read from the document itself, beside what was typed."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "read_zones",
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("read_by", sa.UUID(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application"],
            ["applications.id"],
            name=op.f("fk_read_zones_application_applications"),
        ),
        sa.PrimaryKeyConstraint("application", name=op.f("pk_read_zones")),
    )


def downgrade() -> None:
    op.drop_table("read_zones")
