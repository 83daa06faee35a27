"""A vacancy without an employer: the open pool of a department (decision 38)."""

from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column("vacancies", "employer", nullable=True)
    op.create_check_constraint(
        op.f("ck_vacancies_pool_asks_nobody"),
        "vacancies",
        "employer IS NOT NULL OR hiring = 'open'",
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_vacancies_pool_asks_nobody"), "vacancies")
    op.alter_column("vacancies", "employer", nullable=False)
