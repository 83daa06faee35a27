"""Vacancies that employers write themselves: every mandatory term, and what holds them (decision 49)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None

TERMS = "vacancy_terms"
INSTANT = sa.DateTime(timezone=True)
MONEY = sa.Numeric(14, 2)
WORDS = ("pay_day", "rest_day", "shift", "arrival", "way_back", "insurance", "grievance")
NEW_STATUSES = "status IN ('draft', 'open', 'filled', 'closed', 'withdrawn')"
OLD_STATUSES = "status IN ('draft', 'open', 'closed')"


def upgrade() -> None:
    op.add_column(
        "vacancies", sa.Column("version", sa.Integer(), nullable=False, server_default="1")
    )
    op.add_column("vacancies", sa.Column("held_at", INSTANT))
    op.add_column("vacancies", sa.Column("asked_by", sa.UUID()))
    op.add_column("vacancies", sa.Column("asked_at", INSTANT))
    op.create_check_constraint(
        op.f("ck_vacancies_asked_together"),
        "vacancies",
        "(asked_at IS NULL) = (asked_by IS NULL)",
    )
    op.drop_constraint(op.f("ck_vacancies_status"), "vacancies")
    op.create_check_constraint(op.f("ck_vacancies_status"), "vacancies", NEW_STATUSES)
    op.create_table(
        TERMS,
        sa.Column("vacancy", sa.UUID(), nullable=False),
        sa.Column("tasks_es", sa.Text(), nullable=False),
        sa.Column("tasks_en", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text()) for name in WORDS),
        sa.Column("notice_days", sa.Integer()),
        sa.Column("guaranteed_days", sa.Integer()),
        sa.Column("fees_charged", sa.Boolean()),
        sa.Column("worker_pays", MONEY),
        sa.Column("requirements", postgresql.ARRAY(sa.Text())),
        sa.Column("contacts", postgresql.ARRAY(sa.Text())),
        sa.Column("special_stay", sa.Boolean()),
        sa.Column("foreigners", sa.Integer()),
        sa.Column("headcount", sa.Integer()),
        sa.Column("foreign_payroll", MONEY),
        sa.Column("payroll", MONEY),
        sa.PrimaryKeyConstraint("vacancy", name=op.f("pk_vacancy_terms")),
        sa.ForeignKeyConstraint(
            ["vacancy"], ["vacancies.id"], name=op.f("fk_vacancy_terms_vacancy_vacancies")
        ),
        sa.CheckConstraint("foreigners <= headcount", name=op.f("ck_vacancy_terms_foreigners")),
        sa.CheckConstraint(
            "notice_days BETWEEN 0 AND 60", name=op.f("ck_vacancy_terms_notice_days")
        ),
    )


def downgrade() -> None:
    op.drop_table(TERMS)
    op.execute("UPDATE vacancies SET status = 'closed' WHERE status IN ('filled', 'withdrawn')")
    op.drop_constraint(op.f("ck_vacancies_status"), "vacancies")
    op.create_check_constraint(op.f("ck_vacancies_status"), "vacancies", OLD_STATUSES)
    op.drop_constraint(op.f("ck_vacancies_asked_together"), "vacancies")
    for name in ("asked_at", "asked_by", "held_at", "version"):
        op.drop_column("vacancies", name)
