"""Check-ins during the job, and the cases that they ask for (decision 52)."""

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None

ASKED, WANTED = "check_ins", "wanted_cases"
INSTANT = sa.DateTime(timezone=True)
CHECKS = {
    ASKED: {
        "moment": "moment IN ('first-week', 'first-month', 'second-month', 'leaving')",
        "days": "checked_at < closes_at",
        "answered_together": "(answers IS NULL) = (answered_at IS NULL)"
        " AND (answers IS NULL) = (answer_way IS NULL) AND (answers IS NULL) = (findings IS NULL)",
        "answer_way": "answer_way IN ('link', 'own', 'phone')",
        "noted_by_phone": "(noted_by IS NOT NULL) = (answer_way IS NOT NULL AND answer_way = 'phone')"
        " AND noted_by <> worker",
    },
    WANTED: {
        "grade": "grade IN ('s1', 's2', 's3')",
        "ground": "ground IN ('ex-officio', 'consent')",
        "of_somebody_or_a_farm": "(check_in IS NULL) = (application IS NULL)"
        " AND (check_in IS NULL) = (worker IS NULL)"
        " AND (check_in IS NOT NULL OR employer IS NOT NULL)",
        "a_farm_asks_nothing": "check_in IS NOT NULL OR ground = 'ex-officio'",
        "acknowledged_together": "(acknowledged_at IS NULL) = (acknowledged_by IS NULL)"
        " AND acknowledged_by <> worker",
        "taken_up_together": "(complaint IS NULL) = (taken_up_at IS NULL)",
    },
}


def upgrade() -> None:
    _create_check_ins()
    _create_wanted_cases()


def _create_check_ins() -> None:
    op.create_table(
        ASKED,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("authorisation", sa.UUID(), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("employer", sa.UUID()),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("moment", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("checked_at", INSTANT, nullable=False),
        sa.Column("closes_at", INSTANT, nullable=False),
        sa.Column("answers", sa.LargeBinary()),
        sa.Column("findings", sa.LargeBinary()),
        sa.Column("answered_at", INSTANT),
        sa.Column("answer_way", sa.Text()),
        sa.Column("noted_by", sa.UUID()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_ins")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_check_ins_token_hash")),
        sa.UniqueConstraint(
            "authorisation", "moment", name=op.f("uq_check_ins_authorisation_moment")
        ),
        _of_employer(ASKED),
        _of_application(ASKED),
        sa.ForeignKeyConstraint(
            ["authorisation", "worker"],
            ["authorisations.id", "authorisations.worker"],
            name=op.f("fk_check_ins_authorisation_worker_authorisations"),
        ),
        *_checks(ASKED),
    )
    op.create_index("ix_check_ins_application", ASKED, ["application"])
    op.create_index("ix_check_ins_worker", ASKED, ["worker"])
    op.create_index("ix_check_ins_employer", ASKED, ["employer", "checked_at"])
    op.create_index("ix_check_ins_checked_at", ASKED, ["checked_at"])
    silent = sa.text("answers IS NULL")
    op.create_index("ix_check_ins_open", ASKED, ["closes_at"], postgresql_where=silent)


def _create_wanted_cases() -> None:
    op.create_table(
        WANTED,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("check_in", sa.UUID()),
        sa.Column("application", sa.UUID()),
        sa.Column("worker", sa.UUID()),
        sa.Column("employer", sa.UUID()),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("reasons", sa.LargeBinary(), nullable=False),
        sa.Column("wanted_at", INSTANT, nullable=False),
        sa.Column("acknowledged_at", INSTANT),
        sa.Column("acknowledged_by", sa.UUID()),
        sa.Column("complaint", sa.UUID()),
        sa.Column("taken_up_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wanted_cases")),
        sa.UniqueConstraint("check_in", name=op.f("uq_wanted_cases_check_in")),
        sa.UniqueConstraint("complaint", name=op.f("uq_wanted_cases_complaint")),
        sa.ForeignKeyConstraint(
            ["check_in"], ["check_ins.id"], name=op.f("fk_wanted_cases_check_in_check_ins")
        ),
        _of_employer(WANTED),
        _of_application(WANTED),
        *_checks(WANTED),
    )
    op.create_index("ix_wanted_cases_application", WANTED, ["application"])
    op.create_index("ix_wanted_cases_employer", WANTED, ["employer", "wanted_at"])
    waiting, untaken = sa.text("acknowledged_at IS NULL"), sa.text("complaint IS NULL")
    op.create_index(
        "ix_wanted_cases_waiting", WANTED, ["grade", "wanted_at"], postgresql_where=waiting
    )
    op.create_index("ix_wanted_cases_untaken", WANTED, ["wanted_at"], postgresql_where=untaken)


def _of_employer(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_employer_employers")
    return sa.ForeignKeyConstraint(["employer"], ["employers.id"], name=name)


def _of_application(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["application", "worker"],
        ["applications.id", "applications.worker"],
        name=op.f(f"fk_{table}_application_worker_applications"),
    )


def _checks(table: str) -> list[sa.CheckConstraint]:
    return [
        sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))
        for name, rule in CHECKS[table].items()
    ]


def downgrade() -> None:
    op.drop_table(WANTED)
    op.drop_table(ASKED)
