"""Evidence of complaints, and who did what with it."""

import sqlalchemy as sa
from alembic import op

revision = "0089"
down_revision = "0088"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "complaint_files",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("complaint", sa.UUID(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("object_key", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("about", sa.LargeBinary(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("noted", sa.Boolean(), nullable=False),
        sa.CheckConstraint("place >= 1", name=op.f("ck_complaint_files_place")),
        sa.ForeignKeyConstraint(
            ["complaint"], ["complaints.id"], name=op.f("fk_complaint_files_complaint_complaints")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_files")),
        sa.UniqueConstraint("object_key", name=op.f("uq_complaint_files_object_key")),
    )
    op.create_index(
        "ix_complaint_files_complaint", "complaint_files", ["complaint", "place"], unique=False
    )
    op.create_index(
        "ix_complaint_files_noted",
        "complaint_files",
        ["added_on"],
        unique=False,
        postgresql_where=sa.text("NOT noted"),
    )
    op.create_table(
        "complaint_custody",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("file", sa.UUID(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("person", sa.UUID(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(person IS NULL) = (step = 'taken-in')", name=op.f("ck_complaint_custody_person")
        ),
        sa.CheckConstraint(
            "step IN ('taken-in', 'opened', 'copied', 'handed-over')",
            name=op.f("ck_complaint_custody_step"),
        ),
        sa.CheckConstraint("(person IS NULL) = (at IS NULL)", name=op.f("ck_complaint_custody_at")),
        sa.ForeignKeyConstraint(
            ["file"], ["complaint_files.id"], name=op.f("fk_complaint_custody_file_complaint_files")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_custody")),
    )
    op.create_index("ix_complaint_custody_file", "complaint_custody", ["file", "id"], unique=False)


def downgrade() -> None:
    op.drop_table("complaint_custody")
    op.drop_table("complaint_files")
