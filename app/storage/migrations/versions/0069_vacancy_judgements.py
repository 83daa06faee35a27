"""What was found in a vacancy, who set it aside until when, and the steps that officials record."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None

JUDGEMENTS, OVERRIDES, STEPS = "vacancy_judgements", "vacancy_overrides", "vacancy_steps"
INSTANT = sa.DateTime(timezone=True)
OVERRIDE_CHECKS = (
    ("never", "rule NOT IN ('R01', 'R04', 'R14', 'R15', 'R16', 'R30', 'R33', 'R35')"),
    ("two_people", "asked_by <> granted_by"),
    ("days", "given_on <= ends_on"),
    ("reason", "length(reason) >= 20"),
    ("severity", "severity IN ('block', 'warn')"),
)
STEP_CHECKS = (
    ("kind", "kind IN ('nationals-first', 'attested-minimum')"),
    ("days", "first_day <= last_day"),
    ("came_forward", "(kind = 'nationals-first') = (came_forward IS NOT NULL)"),
    ("per_day", "(kind = 'attested-minimum') = (per_day IS NOT NULL)"),
)


def upgrade() -> None:
    op.create_table(
        JUDGEMENTS,
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        *_of_vacancy(JUDGEMENTS),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("judged_on", sa.Date(), nullable=False),
        sa.Column("judged_at", INSTANT, nullable=False),
        sa.Column("facts_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("parameters_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("findings", postgresql.JSONB(), nullable=False),
    )
    op.create_index(f"ix_{JUDGEMENTS}_vacancy", JUDGEMENTS, ["vacancy", "id"])
    op.create_table(
        OVERRIDES,
        sa.Column("id", sa.UUID(), nullable=False),
        *_of_vacancy(OVERRIDES),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("rule", "code", "severity")),
        sa.Column("told_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("asked_by", sa.UUID(), nullable=False),
        sa.Column("granted_by", sa.UUID(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("granted_at", INSTANT, nullable=False),
        *_checks(OVERRIDES, OVERRIDE_CHECKS),
    )
    op.create_index(f"ix_{OVERRIDES}_vacancy", OVERRIDES, ["vacancy"])
    op.create_index(f"ix_{OVERRIDES}_ends_on", OVERRIDES, ["ends_on"])
    op.create_table(
        STEPS,
        sa.Column("id", sa.UUID(), nullable=False),
        *_of_vacancy(STEPS),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("came_forward", sa.Integer()),
        sa.Column("per_day", sa.Numeric(12, 2)),
        sa.Column("recorded_by", sa.UUID(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        *_checks(STEPS, STEP_CHECKS),
    )
    op.create_index(f"ix_{STEPS}_vacancy", STEPS, ["vacancy"])


def _of_vacancy(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("vacancy", sa.UUID(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(
            ["vacancy"], ["vacancies.id"], name=op.f(f"fk_{table}_vacancy_vacancies")
        ),
    )


def _checks(table: str, rules: tuple[tuple[str, str], ...]) -> list[sa.CheckConstraint]:
    return [sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}")) for name, rule in rules]


def downgrade() -> None:
    for table in (STEPS, OVERRIDES, JUDGEMENTS):
        op.drop_table(table)
