"""Accounts are looked after: invitations, roles that two people give, locks, programs, openings.

Safe with the code before it, save that a role of four eyes takes the new code to be granted.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ROLES = (
    "'facilitator', 'employer', 'recruiter', 'setrass-analyst', 'setrass-officer',"
    " 'setrass-supervisor', 'inm-analyst', 'inm-officer', 'inm-supervisor', 'border-agent',"
    " 'post-supervisor', 'complaint-handler', 'labour-inspector', 'partner-authority',"
    " 'data-analyst', 'administrator', 'data-protection-officer', 'auditor'"
)
FOUR_EYES = (
    "'administrator', 'auditor', 'data-protection-officer', 'inm-officer', 'inm-supervisor',"
    " 'setrass-officer', 'setrass-supervisor'"
)
REASONS = "'left-service', 'lost-factor', 'suspected-misuse', 'long-unused', 'on-leave'"
SYSTEM = "00000000-0000-0000-0000-000000000000"


def upgrade() -> None:
    op.add_column("accounts", sa.Column("lock_reason", sa.Text()))
    op.add_column("accounts", sa.Column("signed_in_on", sa.Date()))
    op.add_column("accounts", sa.Column("opened_on", sa.Date()))
    _check("accounts", "lock_reason", f"lock_reason IN ({REASONS})")
    _check("accounts", "reason_of_lock", "lock_reason IS NULL OR disabled_at IS NOT NULL")
    op.add_column("grants", sa.Column("asked_by", sa.UUID()))
    _check(
        "grants",
        "four_eyes",
        f"role NOT IN ({FOUR_EYES}) OR granted_by = '{SYSTEM}'"
        " OR (asked_by IS NOT NULL AND asked_by <> granted_by AND asked_by <> person)",
    )
    _add_invitations()
    _add_pending_grants()
    _add_openings()
    op.add_column("api_clients", sa.Column("permissions", ARRAY(sa.Text())))
    op.add_column("api_clients", sa.Column("previous_secret_hash", sa.Text()))
    op.add_column("api_clients", sa.Column("previous_until", sa.DateTime(timezone=True)))
    op.add_column("api_clients", sa.Column("used_on", sa.Date()))
    _check(
        "api_clients",
        "previous_together",
        "(previous_secret_hash IS NULL) = (previous_until IS NULL)",
    )


def _check(table: str, name: str, rule: str) -> None:
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, rule)


def _add_invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("person", sa.UUID(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("invited_by", sa.UUID(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_invitations")),
        sa.ForeignKeyConstraint(
            ["person"], ["accounts.person"], name=op.f("fk_invitations_person_accounts")
        ),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitations_token_hash")),
        sa.CheckConstraint(
            "purpose IN ('invitation', 'reset')", name=op.f("ck_invitations_purpose")
        ),
        sa.CheckConstraint("invited_by <> person", name=op.f("ck_invitations_not_by_oneself")),
    )


def _add_pending_grants() -> None:
    op.create_table(
        "pending_grants",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("person", sa.UUID(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("post", sa.Text()),
        sa.Column("department", sa.Text()),
        sa.Column("employer", sa.UUID()),
        sa.Column("country", sa.Text()),
        sa.Column("asked_by", sa.UUID(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_grants")),
        sa.ForeignKeyConstraint(
            ["person"], ["accounts.person"], name=op.f("fk_pending_grants_person_accounts")
        ),
        sa.UniqueConstraint("person", "role", name=op.f("uq_pending_grants_person_role")),
        sa.CheckConstraint(f"role IN ({ROLES})", name=op.f("ck_pending_grants_role")),
        sa.CheckConstraint(
            "(post IS NOT NULL) = (role IN ('border-agent', 'post-supervisor'))",
            name=op.f("ck_pending_grants_post_of_role"),
        ),
        sa.CheckConstraint(
            "(employer IS NOT NULL) = (role = 'employer')",
            name=op.f("ck_pending_grants_employer_of_role"),
        ),
        sa.CheckConstraint(
            "(country IS NOT NULL) = (role = 'partner-authority')",
            name=op.f("ck_pending_grants_country_of_role"),
        ),
        sa.CheckConstraint("asked_by <> person", name=op.f("ck_pending_grants_not_by_oneself")),
    )


def _add_openings() -> None:
    op.create_table(
        "openings",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("person", sa.UUID(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True)),
        sa.Column("reviewed_by", sa.UUID()),
        sa.Column("justified", sa.Boolean()),
        sa.Column("note", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_openings")),
        sa.ForeignKeyConstraint(
            ["application"], ["applications.id"], name=op.f("fk_openings_application_applications")
        ),
        sa.CheckConstraint("ends_at > opened_at", name=op.f("ck_openings_ends_later")),
        sa.CheckConstraint(
            "(reviewed_at IS NULL) = (reviewed_by IS NULL)"
            " AND (reviewed_at IS NULL) = (justified IS NULL)"
            " AND (reviewed_at IS NULL) = (note IS NULL)",
            name=op.f("ck_openings_reviewed_together"),
        ),
        sa.CheckConstraint("reviewed_by <> person", name=op.f("ck_openings_not_by_oneself")),
    )
    op.create_index("ix_openings_person_ends_at", "openings", ["person", "ends_at"])
    op.create_index("ix_openings_opened_at", "openings", ["opened_at", "id"])


def downgrade() -> None:
    op.drop_constraint(op.f("ck_api_clients_previous_together"), "api_clients", type_="check")
    for name in ("used_on", "previous_until", "previous_secret_hash", "permissions"):
        op.drop_column("api_clients", name)
    for table in ("openings", "pending_grants", "invitations"):
        op.drop_table(table)
    op.drop_constraint(op.f("ck_grants_four_eyes"), "grants", type_="check")
    op.drop_column("grants", "asked_by")
    for name in ("reason_of_lock", "lock_reason"):
        op.drop_constraint(op.f(f"ck_accounts_{name}"), "accounts", type_="check")
    for name in ("opened_on", "signed_in_on", "lock_reason"):
        op.drop_column("accounts", name)
