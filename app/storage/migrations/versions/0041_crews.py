"""Crew lists, their workers' consent, and the findings that an official confirmed."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
MEMBER_CHECKS = (
    ("way", "way IN ('code', 'witnessed')"),
    ("consented_together", "(way IS NULL) = (consented_at IS NULL)"),
    ("witness", "(witness IS NOT NULL) = (way IS NOT DISTINCT FROM 'witnessed')"),
    ("witness_is_another", "witness <> worker"),
)


def upgrade() -> None:
    op.create_table(
        "crews",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("vacancy", sa.UUID(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("registered_by", sa.UUID(), nullable=False),
        sa.Column("registered_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crews")),
        sa.ForeignKeyConstraint(
            ["vacancy"], ["vacancies.id"], name=op.f("fk_crews_vacancy_vacancies")
        ),
    )
    op.create_index("ix_crews_vacancy", "crews", ["vacancy"])
    op.create_index("ix_crews_registered_by", "crews", ["registered_by"])
    op.create_table(
        "crew_members",
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("crew", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("way", sa.Text()),
        sa.Column("consented_at", INSTANT),
        sa.Column("witness", sa.UUID()),
        sa.PrimaryKeyConstraint("application", name=op.f("pk_crew_members")),
        sa.ForeignKeyConstraint(["crew"], ["crews.id"], name=op.f("fk_crew_members_crew_crews")),
        sa.ForeignKeyConstraint(
            ["application", "worker"],
            ["applications.id", "applications.worker"],
            name=op.f("fk_crew_members_application_worker_applications"),
        ),
        *(
            sa.CheckConstraint(rule, name=op.f(f"ck_crew_members_{name}"))
            for name, rule in MEMBER_CHECKS
        ),
    )
    op.create_index("ix_crew_members_crew", "crew_members", ["crew", "place"])
    op.create_table(
        "crew_confirmations",
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("official", sa.UUID(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint(
            "application", "round", "official", name=op.f("pk_crew_confirmations")
        ),
        sa.ForeignKeyConstraint(
            ["application", "round"],
            ["application_rounds.application", "application_rounds.round"],
            name=op.f("fk_crew_confirmations_application_round_application_rounds"),
        ),
    )


def downgrade() -> None:
    op.drop_table("crew_confirmations")
    op.drop_table("crew_members")
    op.drop_table("crews")
