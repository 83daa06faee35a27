"""The photo of a card's holder, signed, as the text of a second symbol."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "faces",
        sa.Column("credential", sa.UUID(), nullable=False),
        sa.Column("kid", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("credential", name=op.f("pk_faces")),
        sa.ForeignKeyConstraint(
            ["credential"], ["credentials.id"], name=op.f("fk_faces_credential_credentials")
        ),
    )


def downgrade() -> None:
    op.drop_table("faces")
