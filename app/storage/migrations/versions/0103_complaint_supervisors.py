"""Supervising handlers of complaints, the duty list, and whom a step is about (decision 66).

The way down ends with an error where somebody holds the role, for the roles of before lack it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0103"
down_revision = "0102"
branch_labels = None
depends_on = None

BEFORE = (
    "'facilitator', 'employer', 'recruiter', 'setrass-analyst', 'setrass-officer',"
    " 'setrass-supervisor', 'inm-analyst', 'inm-officer', 'inm-supervisor', 'inm-second-look',"
    " 'border-agent', 'post-supervisor', 'complaint-handler', 'labour-inspector',"
    " 'partner-authority', 'data-analyst', 'administrator', 'data-protection-officer', 'auditor',"
    " 'consulate-officer', 'consulate-supervisor'"
)
FOUR_EYES_BEFORE = (
    "'administrator', 'auditor', 'data-protection-officer', 'inm-officer', 'inm-second-look',"
    " 'inm-supervisor', 'setrass-officer', 'setrass-supervisor', 'consulate-officer',"
    " 'consulate-supervisor'"
)
NEW = "'complaint-supervisor'"
SYSTEM = "00000000-0000-0000-0000-000000000000"


def upgrade() -> None:
    _set_roles(f"{BEFORE}, {NEW}", f"{FOUR_EYES_BEFORE}, {NEW}")
    op.add_column("complaint_steps", sa.Column("about", sa.UUID()))
    op.create_table(
        "complaint_duties",
        sa.Column("person", sa.UUID(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_complaint_duties")),
    )


def _set_roles(roles: str, four_eyes: str) -> None:
    for table in ("grants", "pending_grants"):
        _replace(table, "role", f"role IN ({roles})")
    _replace(
        "grants",
        "four_eyes",
        f"role NOT IN ({four_eyes}) OR granted_by = '{SYSTEM}'"
        " OR (asked_by IS NOT NULL AND asked_by <> granted_by AND asked_by <> person)",
    )


def _replace(table: str, name: str, rule: str) -> None:
    op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, rule)


def downgrade() -> None:
    op.drop_table("complaint_duties")
    op.drop_column("complaint_steps", "about")
    _set_roles(BEFORE, FOUR_EYES_BEFORE)
