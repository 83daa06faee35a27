"""A case is in somebody's hands only while it is under review."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "UPDATE applications SET held_by = NULL, held_by_name = '', held_since = NULL"
        " WHERE held_by IS NOT NULL AND status <> 'under-review'"
    )
    op.create_check_constraint(
        op.f("ck_applications_held_in_review"),
        "applications",
        "held_by IS NULL OR status = 'under-review'",
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_applications_held_in_review"), "applications", type_="check")
