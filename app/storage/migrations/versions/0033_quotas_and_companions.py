"""The places of the quotas, by number; who travels with a worker.

What SETRASS approved before holds no place; it is counted from the next round on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0031"
branch_labels = None
depends_on = None

APPLICATION = ["application", "application_status", "round", "digest"]
APPROVAL = ["application", "round", "digest", "labour_agency", "labour_official", "labour_opinion"]


def upgrade() -> None:
    op.create_table(
        "quota_places",
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("season", sa.Date(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("thing", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("application_status", sa.Text(), nullable=False, server_default="under-review"),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("labour_agency", sa.Text(), nullable=False, server_default="setrass"),
        sa.Column("labour_official", sa.UUID(), nullable=False),
        sa.Column("labour_opinion", sa.Text(), nullable=False, server_default="approve"),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "programme", "season", "scope", "thing", "place", name=op.f("pk_quota_places")
        ),
        sa.UniqueConstraint("application", "scope", name=op.f("uq_quota_places_application_scope")),
        sa.CheckConstraint(
            "place BETWEEN 1 AND total", name=op.f("ck_quota_places_place_within_total")
        ),
        sa.CheckConstraint(
            "application_status IN ('under-review', 'approved')",
            name=op.f("ck_quota_places_holder_stands"),
        ),
        sa.CheckConstraint("labour_agency = 'setrass'", name=op.f("ck_quota_places_labour_agency")),
        sa.CheckConstraint(
            "labour_opinion = 'approve'", name=op.f("ck_quota_places_labour_opinion")
        ),
        sa.ForeignKeyConstraint(
            APPLICATION,
            [f"applications.{name}" for name in ("id", "status", "round", "digest")],
            name="fk_quota_places_application",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            APPROVAL,
            [
                f"decisions.{name}"
                for name in ("application", "round", "digest", "agency", "official", "opinion")
            ],
            name="fk_quota_places_labour_approval",
        ),
    )
    op.create_table(
        "companions",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("date_of_birth", sa.Date(), nullable=False),
        sa.Column("document", sa.LargeBinary()),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_companions")),
        sa.ForeignKeyConstraint(
            ["application", "worker"],
            ["applications.id", "applications.worker"],
            name=op.f("fk_companions_application_worker_applications"),
        ),
        sa.CheckConstraint(
            "relation IN ('child', 'spouse', 'other')", name=op.f("ck_companions_relation")
        ),
    )
    op.create_index("ix_companions_application", "companions", ["application"])


def downgrade() -> None:
    op.drop_table("companions")
    op.drop_table("quota_places")
