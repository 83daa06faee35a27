"""Payslips in immutable versions, and what their workers say of them (decision 54)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0081"
down_revision = "0080"
branch_labels = None
depends_on = None

SLIPS, ANSWERS = "payslips", "payslip_answers"
INSTANT = sa.DateTime(timezone=True)
KEY = ["application", "first_day", "version"]


def upgrade() -> None:
    _create_slips()
    _create_answers()


def _create_slips() -> None:
    op.create_table(
        SLIPS,
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("vacancy", sa.UUID(), nullable=False),
        sa.Column("employer", sa.UUID(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("findings", postgresql.JSONB(), nullable=False),
        sa.Column("written_by", sa.UUID(), nullable=False),
        sa.Column("written_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint(*KEY, name=op.f("pk_payslips")),
        sa.ForeignKeyConstraint(
            ["application", "worker"],
            ["applications.id", "applications.worker"],
            name=op.f("fk_payslips_application_worker_applications"),
        ),
        sa.ForeignKeyConstraint(
            ["vacancy"], ["vacancies.id"], name=op.f("fk_payslips_vacancy_vacancies")
        ),
        sa.ForeignKeyConstraint(
            ["employer"], ["employers.id"], name=op.f("fk_payslips_employer_employers")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_payslips_version")),
        sa.CheckConstraint(
            "digest = encode(sha256(convert_to(content, 'UTF8')), 'hex')",
            name=op.f("ck_payslips_digest_of_content"),
        ),
        sa.CheckConstraint("written_by <> worker", name=op.f("ck_payslips_written_by_another")),
    )
    op.create_index(f"ix_{SLIPS}_employer", SLIPS, ["employer", "first_day"])


def _create_answers() -> None:
    op.create_table(
        ANSWERS,
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("lines", postgresql.JSONB(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("answered_at", INSTANT, nullable=False),
        sa.Column("reply", sa.Text(), nullable=False, server_default=""),
        sa.Column("replied_at", INSTANT),
        sa.PrimaryKeyConstraint(*KEY, "answer", name=op.f("pk_payslip_answers")),
        sa.ForeignKeyConstraint(
            KEY,
            [f"{SLIPS}.{name}" for name in KEY],
            name=op.f("fk_payslip_answers_application_first_day_version_payslips"),
        ),
        sa.CheckConstraint(
            "answer IN ('acknowledged', 'contested')", name=op.f("ck_payslip_answers_answer")
        ),
        sa.CheckConstraint(
            "(answer = 'contested') = (jsonb_array_length(lines) > 0)",
            name=op.f("ck_payslip_answers_contested_lines"),
        ),
        sa.CheckConstraint(
            "(reply = '') = (replied_at IS NULL)",
            name=op.f("ck_payslip_answers_replied_together"),
        ),
    )


def downgrade() -> None:
    op.drop_table(ANSWERS)
    op.drop_table(SLIPS)
