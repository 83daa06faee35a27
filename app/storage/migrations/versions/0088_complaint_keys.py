"""The keys of complaints: groups of handlers, their pairs and shares, and each case's key."""

import sqlalchemy as sa
from alembic import op

revision = "0088"
down_revision = "0087"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "complaint_groups",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("recovery", sa.LargeBinary(), nullable=False),
        sa.Column("recovery_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_groups")),
    )
    op.create_index(
        "uq_complaint_groups_current",
        "complaint_groups",
        [sa.literal_column("(retired_on IS NULL)")],
        unique=True,
        postgresql_where=sa.text("retired_on IS NULL"),
    )
    op.create_table(
        "complaint_handlers",
        sa.Column("person", sa.UUID(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("private_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("chosen_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_complaint_handlers")),
    )
    op.create_table(
        "complaint_shares",
        sa.Column("group", sa.UUID(), nullable=False),
        sa.Column("person", sa.UUID(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group"],
            ["complaint_groups.id"],
            name=op.f("fk_complaint_shares_group_complaint_groups"),
        ),
        sa.ForeignKeyConstraint(
            ["person"],
            ["complaint_handlers.person"],
            name=op.f("fk_complaint_shares_person_complaint_handlers"),
        ),
        sa.PrimaryKeyConstraint("group", "person", name=op.f("pk_complaint_shares")),
    )
    op.create_table(
        "complaint_keys",
        sa.Column("complaint", sa.UUID(), nullable=False),
        sa.Column("group", sa.UUID(), nullable=False),
        sa.Column("group_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("number_index", sa.LargeBinary(), nullable=False),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("returned", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint"], ["complaints.id"], name=op.f("fk_complaint_keys_complaint_complaints")
        ),
        sa.ForeignKeyConstraint(
            ["group"],
            ["complaint_groups.id"],
            name=op.f("fk_complaint_keys_group_complaint_groups"),
        ),
        sa.PrimaryKeyConstraint("complaint", name=op.f("pk_complaint_keys")),
        sa.UniqueConstraint("number_index", name=op.f("uq_complaint_keys_number_index")),
    )
    op.create_index("ix_complaint_keys_group", "complaint_keys", ["group"], unique=False)
    op.create_table(
        "complaint_unlocks",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("person", sa.UUID(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_complaint_unlocks")),
    )
    op.create_index("ix_complaint_unlocks_person", "complaint_unlocks", ["person"], unique=False)


def downgrade() -> None:
    op.drop_table("complaint_unlocks")
    op.drop_table("complaint_keys")
    op.drop_table("complaint_shares")
    op.drop_table("complaint_handlers")
    op.drop_table("complaint_groups")
