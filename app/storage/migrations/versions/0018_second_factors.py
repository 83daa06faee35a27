"""Second factors, paper codes, sign-ins in two steps, passkeys' challenges, known browsers.

Safe with the code before it, which asks for a password only.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
TABLES = (
    "known_browsers",
    "challenges",
    "enrolments",
    "sign_in_steps",
    "paper_codes",
    "factors",
)


def upgrade() -> None:
    _add_factors()
    op.create_table(
        "paper_codes",
        sa.Column("person", sa.UUID(), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT),
        sa.PrimaryKeyConstraint("person", "place", name=op.f("pk_paper_codes")),
        sa.CheckConstraint("place BETWEEN 0 AND 9", name=op.f("ck_paper_codes_place")),
    )
    op.create_table(
        "sign_in_steps",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("person", sa.UUID(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.Column("tries", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in_steps")),
        sa.UniqueConstraint("id", name=op.f("uq_sign_in_steps_id")),
        sa.CheckConstraint(
            "stage IN ('factor', 'enrol', 'codes', 'role')", name=op.f("ck_sign_in_steps_stage")
        ),
    )
    op.create_table(
        "enrolments",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolments")),
    )
    op.create_table(
        "challenges",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("subject", sa.UUID()),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_challenges")),
    )
    op.create_table(
        "known_browsers",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("person", sa.UUID(), nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", "person", name=op.f("pk_known_browsers")),
    )


def _add_factors() -> None:
    op.create_table(
        "factors",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("person", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("secret_sealed", sa.LargeBinary()),
        sa.Column("last_step", sa.BigInteger()),
        sa.Column("credential", sa.LargeBinary()),
        sa.Column("public_key", sa.LargeBinary()),
        sa.Column("sign_count", sa.BigInteger()),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_factors")),
        sa.UniqueConstraint("credential", name=op.f("uq_factors_credential")),
        sa.CheckConstraint("kind IN ('totp', 'passkey')", name=op.f("ck_factors_kind")),
        sa.CheckConstraint(
            "(kind = 'totp') = (secret_sealed IS NOT NULL AND last_step IS NOT NULL)",
            name=op.f("ck_factors_totp"),
        ),
        sa.CheckConstraint(
            "(kind = 'passkey') ="
            " (credential IS NOT NULL AND public_key IS NOT NULL AND sign_count IS NOT NULL)",
            name=op.f("ck_factors_passkey"),
        ),
    )
    op.create_index("ix_factors_person", "factors", ["person"])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
