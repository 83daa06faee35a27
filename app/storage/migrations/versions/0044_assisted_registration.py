"""Who helps with a draft, and how somebody agreed who does not hand in themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0042"
branch_labels = None
depends_on = None

PURPOSES = "purpose IN ('sign-in', 'new-phone', 'recovery', 'consent')"
FORMER_PURPOSES = "purpose IN ('sign-in', 'new-phone', 'recovery')"


def upgrade() -> None:
    op.add_column("applications", sa.Column("assisted_by", sa.UUID()))
    op.create_index(
        "ix_applications_assisted_by",
        "applications",
        ["assisted_by"],
        postgresql_where=sa.text("assisted_by IS NOT NULL AND status = 'draft'"),
    )
    op.add_column("consents", sa.Column("way", sa.Text(), nullable=False, server_default="own"))
    op.add_column("consents", sa.Column("witness", sa.UUID()))
    for name, rule in (
        ("way", "way IN ('own', 'code', 'witnessed')"),
        ("witness_of_a_mark", "(way = 'witnessed') = (witness IS NOT NULL)"),
        ("witness_is_another", "witness <> worker"),
    ):
        op.create_check_constraint(op.f(f"ck_consents_{name}"), "consents", rule)
    _set_purposes(PURPOSES)


def downgrade() -> None:
    op.execute("DELETE FROM phone_codes WHERE purpose = 'consent'")
    _set_purposes(FORMER_PURPOSES)
    op.drop_column("consents", "witness")
    op.drop_column("consents", "way")
    op.drop_column("applications", "assisted_by")


def _set_purposes(rule: str) -> None:
    op.drop_constraint(op.f("ck_phone_codes_purpose"), "phone_codes")
    op.create_check_constraint(op.f("ck_phone_codes_purpose"), "phone_codes", rule)
