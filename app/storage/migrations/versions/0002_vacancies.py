"""Employers, vacancies and whom an employer named."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "employers",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tax_number", sa.Text(), nullable=True),
        sa.Column("size", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employers")),
        sa.UniqueConstraint("tax_number", name=op.f("uq_employers_tax_number")),
    )
    op.create_table(
        "vacancies",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("employer", sa.UUID(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("hiring", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("occupation", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("wage", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("unit_kg", sa.Numeric(precision=8, scale=2), nullable=True),
        sa.Column("hours_per_day", sa.Numeric(precision=4, scale=2), nullable=False),
        sa.Column("days_per_week", sa.Integer(), nullable=False),
        sa.Column("housing", sa.Boolean(), nullable=False),
        sa.Column("transport", sa.Boolean(), nullable=False),
        sa.Column("food", sa.Boolean(), nullable=False),
        sa.Column("tops_up", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status IN ('draft', 'open', 'closed')", name=op.f("ck_vacancies_status")
        ),
        sa.CheckConstraint("places > 0", name=op.f("ck_vacancies_places")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_vacancies_days")),
        sa.ForeignKeyConstraint(
            ["employer"], ["employers.id"], name=op.f("fk_vacancies_employer_employers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vacancies")),
    )
    op.create_index(
        "ix_vacancies_programme_status", "vacancies", ["programme", "status"], unique=False
    )
    op.create_table(
        "nominations",
        sa.Column("vacancy", sa.UUID(), nullable=False),
        sa.Column("document_hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["vacancy"], ["vacancies.id"], name=op.f("fk_nominations_vacancy_vacancies")
        ),
        sa.PrimaryKeyConstraint("vacancy", "document_hash", name=op.f("pk_nominations")),
    )


def downgrade() -> None:
    op.drop_table("nominations")
    op.drop_index("ix_vacancies_programme_status", table_name="vacancies")
    op.drop_table("vacancies")
    op.drop_table("employers")
