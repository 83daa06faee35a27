"""Vacancies by the place of their work, for the lists that are filtered by it."""

from alembic import op

revision = "0057"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_vacancies_department", "vacancies", ["department", "municipality"])
    op.create_index("ix_vacancies_municipality", "vacancies", ["municipality"])


def downgrade() -> None:
    op.drop_index("ix_vacancies_municipality", "vacancies")
    op.drop_index("ix_vacancies_department", "vacancies")
