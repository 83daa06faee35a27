"""Vacancies are judged again when a measure, a mandate or a registry's list changes (decision 55)."""

from alembic import op

revision = "0084"
down_revision = "0082"
branch_labels = None
depends_on = None

RUNS = "judging_runs"
NAME = "ck_judging_runs_cause"
BEFORE = ("wages", "employer", "day")
NEW = ("measure", "mandate", "registry")


def upgrade() -> None:
    _causes((*BEFORE, *NEW))


def downgrade() -> None:
    """Runs of the new causes were of who hires: they are kept under that name."""
    op.drop_constraint(op.f(NAME), RUNS, type_="check")
    op.execute(f"UPDATE {RUNS} SET cause = 'employer' WHERE cause NOT IN {BEFORE}")  # noqa: S608  names of this file
    op.create_check_constraint(op.f(NAME), RUNS, f"cause IN {BEFORE}")


def _causes(causes: tuple[str, ...]) -> None:
    op.drop_constraint(op.f(NAME), RUNS, type_="check")
    op.create_check_constraint(op.f(NAME), RUNS, f"cause IN {causes}")
