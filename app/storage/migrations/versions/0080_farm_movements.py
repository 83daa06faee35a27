"""Entries and exits of workers on farms, and foremen's links (decision 54)."""

import sqlalchemy as sa
from alembic import op

revision = "0080"
down_revision = "0078"
branch_labels = None
depends_on = None

MOVEMENTS, LINKS = "farm_movements", "foreman_links"
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_movements()
    _create_links()


def _create_movements() -> None:
    op.create_table(
        MOVEMENTS,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("farm", sa.UUID(), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("belonging", sa.Text(), nullable=False),
        sa.Column("happened_at", INSTANT, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", sa.UUID(), nullable=False),
        sa.Column("offline", sa.Boolean(), nullable=False),
        sa.Column("said", sa.Text()),
        sa.Column("said_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_farm_movements")),
        sa.ForeignKeyConstraint(["farm"], ["farms.id"], name=op.f("fk_farm_movements_farm_farms")),
        sa.ForeignKeyConstraint(
            ["application", "worker"],
            ["applications.id", "applications.worker"],
            name=op.f("fk_farm_movements_application_worker_applications"),
        ),
        sa.CheckConstraint(
            "direction IN ('entry', 'exit')", name=op.f("ck_farm_movements_direction")
        ),
        sa.CheckConstraint(
            "how IN ('permit', 'number', 'list')", name=op.f("ck_farm_movements_how")
        ),
        sa.CheckConstraint(
            "belonging IN ('authorised', 'change-asked', 'other-farm', 'no-right')",
            name=op.f("ck_farm_movements_belonging"),
        ),
        sa.CheckConstraint(
            "said IN ('own-choice', 'was-sent', 'not-me')", name=op.f("ck_farm_movements_said")
        ),
        sa.CheckConstraint(
            "(said IS NULL) = (said_at IS NULL) AND (said IS NULL OR belonging = 'other-farm')",
            name=op.f("ck_farm_movements_said_of_another_farm"),
        ),
    )
    op.create_index(f"ix_{MOVEMENTS}_farm", MOVEMENTS, ["farm", "happened_at"])
    op.create_index(f"ix_{MOVEMENTS}_application", MOVEMENTS, ["application", "happened_at"])


def _create_links() -> None:
    op.create_table(
        LINKS,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("farm", sa.UUID(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.UUID(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_foreman_links")),
        sa.ForeignKeyConstraint(["farm"], ["farms.id"], name=op.f("fk_foreman_links_farm_farms")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_foreman_links_token_hash")),
    )
    op.create_index(f"ix_{LINKS}_farm", LINKS, ["farm"])


def downgrade() -> None:
    op.drop_table(LINKS)
    op.drop_table(MOVEMENTS)
