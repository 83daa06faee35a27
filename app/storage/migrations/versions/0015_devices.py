"""Border devices enrol with a key of their own; agents have a PIN for them."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "devices",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("enrolled_by", sa.UUID(), nullable=False),
        sa.Column("enrolled_at", INSTANT, nullable=False),
        sa.Column("revoked_by", sa.UUID()),
        sa.Column("revoked_at", INSTANT),
        sa.Column("seen_on", sa.Date()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devices")),
        sa.UniqueConstraint("public_key", name=op.f("uq_devices_public_key")),
        sa.CheckConstraint("octet_length(public_key) = 65", name=op.f("ck_devices_point")),
        sa.CheckConstraint(
            "(revoked_by IS NULL) = (revoked_at IS NULL)", name=op.f("ck_devices_revoked_together")
        ),
    )
    op.create_index("ix_devices_post", "devices", ["post"])
    op.create_table(
        "device_enrolments",
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made_by", sa.UUID(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_device_enrolments")),
    )
    op.create_table(
        "used_challenges",
        sa.Column("challenge_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("challenge_hash", name=op.f("pk_used_challenges")),
    )
    _add_pins()


def _add_pins() -> None:
    op.create_table(
        "agent_pins",
        sa.Column("person", sa.UUID(), nullable=False),
        sa.Column("pin_hash", sa.Text(), nullable=False),
        sa.Column("one_time", sa.Boolean(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("expires_at", INSTANT),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_agent_pins")),
        sa.ForeignKeyConstraint(
            ["person"], ["accounts.person"], name=op.f("fk_agent_pins_person_accounts")
        ),
        sa.CheckConstraint("wrong BETWEEN 0 AND 5", name=op.f("ck_agent_pins_wrong")),
        sa.CheckConstraint(
            "one_time = (expires_at IS NOT NULL)", name=op.f("ck_agent_pins_one_time_ends")
        ),
    )


def downgrade() -> None:
    op.execute("DELETE FROM sessions WHERE device IS NOT NULL")
    for table in ("agent_pins", "used_challenges", "device_enrolments", "devices"):
        op.drop_table(table)
