"""The roster of programmes abroad, what vacancies ask for, and who was chosen (decision 53)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0076"
down_revision = "0074"
branch_labels = None
depends_on = None

ROSTER, WANTED, CHOSEN = "roster_entries", "vacancy_requirements", "candidacies"
INSTANT = sa.DateTime(timezone=True)
TEXTS = postgresql.ARRAY(sa.Text())


def upgrade() -> None:
    op.create_table(
        ROSTER,
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("profile", postgresql.JSONB(), nullable=False),
        sa.Column("joined_at", INSTANT, nullable=False),
        sa.Column("renewed_at", INSTANT, nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("left_at", INSTANT),
        sa.PrimaryKeyConstraint("application", name=op.f("pk_roster_entries")),
        _beside(ROSTER),
        sa.CheckConstraint("joined_at <= renewed_at", name=op.f("ck_roster_entries_joined_first")),
    )
    there = sa.text("left_at IS NULL")
    op.create_index(
        "uq_roster_entries_worker", ROSTER, ["worker"], unique=True, postgresql_where=there
    )
    op.create_index("ix_roster_entries_joined_at", ROSTER, ["joined_at"], postgresql_where=there)
    op.create_table(
        WANTED,
        sa.Column("vacancy", sa.UUID(), nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.Column("proven", sa.Boolean(), nullable=False),
        sa.Column("languages", TEXTS, nullable=False),
        sa.Column("education", sa.Text()),
        sa.Column("licences", TEXTS, nullable=False),
        sa.PrimaryKeyConstraint("vacancy", name=op.f("pk_vacancy_requirements")),
        _of_vacancy(WANTED),
        sa.CheckConstraint("years BETWEEN 0 AND 60", name=op.f("ck_vacancy_requirements_years")),
    )
    _create_candidacies()


def _create_candidacies() -> None:
    op.create_table(
        CHOSEN,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("vacancy", sa.UUID(), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text()),
        sa.Column("lacking", TEXTS, nullable=False),
        sa.Column("interview_at", INSTANT),
        sa.Column("interview_place", sa.Text()),
        sa.Column("outcome", sa.Text()),
        sa.Column("offer_until", sa.Date()),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidacies")),
        sa.UniqueConstraint(
            "vacancy", "application", name=op.f("uq_candidacies_vacancy_application")
        ),
        _beside(CHOSEN),
        _of_vacancy(CHOSEN),
        *_checks(),
    )
    op.create_index("ix_candidacies_application", CHOSEN, ["application"])
    offered = sa.text("status = 'offered'")
    op.create_index("ix_candidacies_offer_until", CHOSEN, ["offer_until"], postgresql_where=offered)


def _checks() -> list[sa.CheckConstraint]:
    checks = {
        "status": "status IN ('preselected', 'invited', 'interviewed', 'no-show', 'offered',"
        " 'accepted', 'declined', 'expired', 'not-chosen', 'withdrawn')",
        "told_why": "(status = 'not-chosen') = (why IS NOT NULL)",
        "interview_together": "(interview_at IS NULL) = (interview_place IS NULL)",
        "invited_to": "status <> 'invited' OR interview_at IS NOT NULL",
        "offered_until": "status NOT IN ('offered', 'accepted') OR offer_until IS NOT NULL",
    }
    return [
        sa.CheckConstraint(rule, name=op.f(f"ck_{CHOSEN}_{name}")) for name, rule in checks.items()
    ]


def _beside(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["application", "worker"],
        ["applications.id", "applications.worker"],
        name=op.f(f"fk_{table}_application_worker_applications"),
    )


def _of_vacancy(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["vacancy"], ["vacancies.id"], name=op.f(f"fk_{table}_vacancy_vacancies")
    )


def downgrade() -> None:
    for table in (CHOSEN, WANTED, ROSTER):
        op.drop_table(table)
