"""Measures, mandates of recruiters, and warnings about offers (decision 48)."""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_measures()
    _create_reports()


def _create_measures() -> None:
    op.create_table(
        "measures",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("employer", sa.UUID(), nullable=True),
        sa.Column("registry", sa.Text(), nullable=True),
        sa.Column("licence", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.UUID(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("settled_by", sa.UUID(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('fine', 'grave-complaint', 'serious-complaint', 'suspension', 'bar')",
            name=op.f("ck_measures_kind"),
        ),
        sa.CheckConstraint(
            "(employer IS NULL) = (licence IS NOT NULL)", name=op.f("ck_measures_of_one")
        ),
        sa.CheckConstraint(
            "(licence IS NULL) = (registry IS NULL)", name=op.f("ck_measures_licence_of_registry")
        ),
        sa.CheckConstraint(
            "(settled_on IS NULL) = (settled_by IS NULL)", name=op.f("ck_measures_settled_together")
        ),
        sa.CheckConstraint(
            "ends_on IS NULL OR starts_on <= ends_on", name=op.f("ck_measures_days")
        ),
        sa.ForeignKeyConstraint(
            ["employer"], ["employers.id"], name=op.f("fk_measures_employer_employers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measures")),
    )
    op.create_index("ix_measures_employer", "measures", ["employer"], unique=False)
    op.create_index("ix_measures_licence", "measures", ["registry", "licence"], unique=False)
    op.create_table(
        "mandates",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("employer", sa.UUID(), nullable=False),
        sa.Column("registry", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("under", sa.UUID(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("given_by", sa.UUID(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_mandates_days")),
        sa.CheckConstraint("under <> id", name=op.f("ck_mandates_under_another")),
        sa.ForeignKeyConstraint(
            ["employer"], ["employers.id"], name=op.f("fk_mandates_employer_employers")
        ),
        sa.ForeignKeyConstraint(
            ["under"], ["mandates.id"], name=op.f("fk_mandates_under_mandates")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandates")),
    )
    op.create_index("ix_mandates_employer", "mandates", ["employer"], unique=False)
    op.create_index("ix_mandates_licence", "mandates", ["registry", "licence"], unique=False)
    op.create_index("ix_mandates_under", "mandates", ["under"], unique=False)


def _create_reports() -> None:
    op.create_table(
        "offer_reports",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("told", sa.LargeBinary(), nullable=False),
        sa.Column("phone_index", sa.LargeBinary(), nullable=True),
        sa.Column("licence_index", sa.LargeBinary(), nullable=True),
        sa.Column("name_index", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("judged_by", sa.UUID(), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(judged_at IS NULL) = (state = 'received')", name=op.f("ck_offer_reports_judged_at")
        ),
        sa.CheckConstraint(
            "state IN ('received', 'confirmed', 'dismissed')", name=op.f("ck_offer_reports_state")
        ),
        sa.CheckConstraint(
            "(judged_at IS NULL) = (judged_by IS NULL)",
            name=op.f("ck_offer_reports_judged_together"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_reports")),
    )
    op.create_index(
        "ix_offer_reports_licence_index", "offer_reports", ["licence_index"], unique=False
    )
    op.create_index("ix_offer_reports_name_index", "offer_reports", ["name_index"], unique=False)
    op.create_index("ix_offer_reports_phone_index", "offer_reports", ["phone_index"], unique=False)
    op.create_index(
        "ix_offer_reports_state", "offer_reports", ["state", "reported_at", "id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("offer_reports")
    op.drop_table("mandates")
    op.drop_table("measures")
