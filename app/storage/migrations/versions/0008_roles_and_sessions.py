"""Roles are granted, bounded and taken back; sessions know when somebody last proved themselves.

Not safe with the code before it: the role leaves the account. Nothing of it runs in production.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ROLES = (
    "'facilitator', 'employer', 'recruiter', 'setrass-analyst', 'setrass-officer',"
    " 'setrass-supervisor', 'inm-analyst', 'inm-officer', 'inm-supervisor', 'border-agent',"
    " 'post-supervisor', 'complaint-handler', 'labour-inspector', 'partner-authority',"
    " 'data-analyst', 'administrator', 'data-protection-officer', 'auditor'"
)
AGENCY_ROLES = (
    "'setrass-analyst', 'setrass-officer', 'setrass-supervisor', 'inm-analyst', 'inm-officer',"
    " 'inm-supervisor'"
)
OLD_ROLES = "'setrass-officer', 'inm-officer', 'border-agent', 'administrator'"
BOUNDS = (("department", sa.Text()), ("employer", sa.UUID()), ("country", sa.Text()))


def upgrade() -> None:
    _add_grants()
    op.execute(
        "INSERT INTO grants (id, person, role, post, granted_by, granted_at)"
        " SELECT gen_random_uuid(), person, role, post,"
        " '00000000-0000-0000-0000-000000000000', created_at FROM accounts"
    )
    op.drop_constraint(op.f("ck_accounts_role"), "accounts", type_="check")
    op.drop_column("accounts", "role")
    op.drop_column("accounts", "post")
    op.alter_column("accounts", "email", nullable=True)
    op.alter_column("accounts", "password_hash", nullable=True)
    op.add_column("accounts", sa.Column("phone", sa.Text()))
    op.add_column("accounts", sa.Column("identity_index", sa.LargeBinary()))
    op.create_unique_constraint(op.f("uq_accounts_phone"), "accounts", ["phone"])
    op.create_unique_constraint(op.f("uq_accounts_identity_index"), "accounts", ["identity_index"])
    op.create_check_constraint(
        op.f("ck_accounts_reachable"), "accounts", "email IS NOT NULL OR phone IS NOT NULL"
    )
    for name, kind in BOUNDS:
        op.add_column("api_clients", sa.Column(name, kind))
    _renew_sessions()


def _add_grants() -> None:
    op.create_table(
        "grants",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("person", sa.UUID(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("post", sa.Text()),
        sa.Column("department", sa.Text()),
        sa.Column("employer", sa.UUID()),
        sa.Column("country", sa.Text()),
        sa.Column("granted_by", sa.UUID(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.UUID()),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grants")),
        sa.ForeignKeyConstraint(
            ["person"], ["accounts.person"], name=op.f("fk_grants_person_accounts")
        ),
        sa.CheckConstraint(f"role IN ({ROLES})", name=op.f("ck_grants_role")),
        sa.CheckConstraint(
            "(post IS NOT NULL) = (role IN ('border-agent', 'post-supervisor'))",
            name=op.f("ck_grants_post_of_role"),
        ),
        sa.CheckConstraint(
            "(employer IS NOT NULL) = (role = 'employer')", name=op.f("ck_grants_employer_of_role")
        ),
        sa.CheckConstraint(
            "(country IS NOT NULL) = (role = 'partner-authority')",
            name=op.f("ck_grants_country_of_role"),
        ),
        sa.CheckConstraint(
            "(ended_by IS NULL) = (ended_at IS NULL)", name=op.f("ck_grants_ended_together")
        ),
        sa.CheckConstraint("granted_by <> person", name=op.f("ck_grants_not_by_oneself")),
    )
    op.create_index(
        "uq_grants_person_role",
        "grants",
        ["person", "role"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "uq_grants_one_agency_role",
        "grants",
        ["person"],
        unique=True,
        postgresql_where=sa.text(f"ended_at IS NULL AND role IN ({AGENCY_ROLES})"),
    )


def _renew_sessions() -> None:
    # Whoever is signed in signs in once more: nobody's last proof is known.
    op.execute("DELETE FROM sessions")
    op.drop_column("sessions", "name")
    op.drop_column("sessions", "post")
    op.add_column("sessions", sa.Column("id", sa.UUID(), nullable=False))
    op.add_column("sessions", sa.Column("way", sa.Text(), nullable=False))
    op.add_column("sessions", sa.Column("browser", sa.Text(), nullable=False))
    op.add_column("sessions", sa.Column("device", sa.UUID()))
    op.add_column("sessions", sa.Column("proven_at", sa.DateTime(timezone=True), nullable=False))
    op.create_unique_constraint(op.f("uq_sessions_id"), "sessions", ["id"])


def downgrade() -> None:
    op.execute("DELETE FROM sessions")
    op.drop_constraint(op.f("uq_sessions_id"), "sessions", type_="unique")
    for name in ("id", "way", "browser", "device", "proven_at"):
        op.drop_column("sessions", name)
    op.add_column("sessions", sa.Column("name", sa.Text(), nullable=False))
    op.add_column("sessions", sa.Column("post", sa.Text()))
    for name, _ in BOUNDS:
        op.drop_column("api_clients", name)
    _restore_accounts()
    op.drop_index("uq_grants_one_agency_role", table_name="grants")
    op.drop_index("uq_grants_person_role", table_name="grants")
    op.drop_table("grants")


def _restore_accounts() -> None:
    """Each account gets back the first of its old roles; who has none of them is locked."""
    op.drop_constraint(op.f("ck_accounts_reachable"), "accounts", type_="check")
    op.drop_column("accounts", "identity_index")
    op.execute("UPDATE accounts SET email = phone WHERE email IS NULL")
    op.execute("UPDATE accounts SET password_hash = '' WHERE password_hash IS NULL")
    op.drop_column("accounts", "phone")
    op.alter_column("accounts", "email", nullable=False)
    op.alter_column("accounts", "password_hash", nullable=False)
    op.add_column("accounts", sa.Column("role", sa.Text()))
    op.add_column("accounts", sa.Column("post", sa.Text()))
    op.execute(
        "UPDATE accounts SET role = held.role, post = held.post FROM grants AS held"  # noqa: S608
        f" WHERE held.person = accounts.person AND held.ended_at IS NULL"
        f" AND held.role IN ({OLD_ROLES})"
    )
    op.execute(
        "UPDATE accounts SET role = 'administrator', disabled_at = coalesce(disabled_at, now())"
        " WHERE role IS NULL"
    )
    op.alter_column("accounts", "role", nullable=False)
    op.create_check_constraint(op.f("ck_accounts_role"), "accounts", f"role IN ({OLD_ROLES})")
