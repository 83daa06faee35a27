"""An application may go on from a right of its worker, once for each right."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("applications", sa.Column("renews", sa.UUID()))
    op.create_foreign_key(
        "fk_applications_renewed_right",
        "applications",
        "authorisations",
        ["renews", "worker"],
        ["id", "worker"],
    )
    op.create_index(
        "uq_applications_renewal",
        "applications",
        ["renews"],
        unique=True,
        postgresql_where=sa.text("status NOT IN ('refused', 'lapsed', 'withdrawn')"),
    )


def downgrade() -> None:
    op.drop_index("uq_applications_renewal", "applications")
    op.drop_constraint("fk_applications_renewed_right", "applications", type_="foreignkey")
    op.drop_column("applications", "renews")
