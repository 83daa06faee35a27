"""The watch list's checks, the role of the second look, and a decision that waits for both."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
BEFORE = (
    "'facilitator', 'employer', 'recruiter', 'setrass-analyst', 'setrass-officer',"
    " 'setrass-supervisor', 'inm-analyst', 'inm-officer', 'inm-supervisor', 'border-agent',"
    " 'post-supervisor', 'complaint-handler', 'labour-inspector', 'partner-authority',"
    " 'data-analyst', 'administrator', 'data-protection-officer', 'auditor'"
)
AGENCY_BEFORE = (
    "'setrass-analyst', 'setrass-officer', 'setrass-supervisor', 'inm-analyst', 'inm-officer',"
    " 'inm-supervisor'"
)
FOUR_EYES_BEFORE = (
    "'administrator', 'auditor', 'data-protection-officer', 'inm-officer', 'inm-supervisor',"
    " 'setrass-officer', 'setrass-supervisor'"
)
NEW = "'inm-second-look'"
SYSTEM = "00000000-0000-0000-0000-000000000000"
CHECKS = (
    ("state", "state IN ('pending', 'clear', 'hit', 'cleared', 'upheld')"),
    ("answered", "(state = 'pending') = (answered_at IS NULL)"),
    (
        "reviewed",
        "(state IN ('cleared', 'upheld')) = (reviewed_by IS NOT NULL)"
        " AND (reviewed_by IS NULL) = (reviewed_at IS NULL)",
    ),
)
WAIT = """
CREATE FUNCTION decision_waits_for_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.agency = 'inm' AND EXISTS (
        SELECT FROM watch_checks w
        WHERE w.application = NEW.application AND w.round = NEW.round
        AND (w.state IN ('pending', 'hit') OR (w.state = 'cleared' AND w.reviewed_by = NEW.official))
    ) THEN
        RAISE EXCEPTION 'a decision of migration waits for the check of its round'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_waits_for_check';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decision_waits_for_check BEFORE INSERT ON decisions
    FOR EACH ROW EXECUTE FUNCTION decision_waits_for_check();
"""


def upgrade() -> None:
    _set_roles(f"{BEFORE}, {NEW}", f"{AGENCY_BEFORE}, {NEW}", f"{FOUR_EYES_BEFORE}, {NEW}")
    op.create_table(
        "watch_checks",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("answered_at", INSTANT),
        sa.Column("found", sa.LargeBinary()),
        sa.Column("reviewed_by", sa.UUID()),
        sa.Column("reviewed_at", INSTANT),
        sa.Column("note", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_checks")),
        sa.UniqueConstraint("application", "round", name=op.f("uq_watch_checks_application_round")),
        sa.ForeignKeyConstraint(
            ["application", "round"],
            ["application_rounds.application", "application_rounds.round"],
            name=op.f("fk_watch_checks_application_round_application_rounds"),
        ),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_watch_checks_{name}")) for name, rule in CHECKS),
    )
    op.create_index(
        "ix_watch_checks_hit",
        "watch_checks",
        ["answered_at"],
        postgresql_where=sa.text("state = 'hit'"),
    )
    op.execute(WAIT)


def downgrade() -> None:
    op.execute("DROP TRIGGER decision_waits_for_check ON decisions")
    op.execute("DROP FUNCTION decision_waits_for_check()")
    op.drop_table("watch_checks")
    _set_roles(BEFORE, AGENCY_BEFORE, FOUR_EYES_BEFORE)


def _set_roles(roles: str, of_agencies: str, four_eyes: str) -> None:
    for table in ("grants", "pending_grants"):
        _replace(table, "role", f"role IN ({roles})")
    _replace(
        "grants",
        "four_eyes",
        f"role NOT IN ({four_eyes}) OR granted_by = '{SYSTEM}'"
        " OR (asked_by IS NOT NULL AND asked_by <> granted_by AND asked_by <> person)",
    )
    op.drop_index("uq_grants_one_agency_role", "grants")
    op.create_index(
        "uq_grants_one_agency_role",
        "grants",
        ["person"],
        unique=True,
        postgresql_where=sa.text(f"ended_at IS NULL AND role IN ({of_agencies})"),
    )


def _replace(table: str, name: str, rule: str) -> None:
    op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, rule)
