"""Registrations of employers, their farms, and the lists of other registries (decision 48)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

PURPOSE = "ck_phone_codes_purpose"


def upgrade() -> None:
    op.drop_constraint(PURPOSE, "phone_codes")
    op.create_check_constraint(
        op.f(PURPOSE),
        "phone_codes",
        "purpose IN ('sign-in', 'new-phone', 'recovery', 'consent', 'registration')",
    )
    _create_registrations()
    _create_farms()
    _create_registries()


def _create_registrations() -> None:
    op.create_table(
        "employer_registrations",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("access_hash", sa.LargeBinary(), nullable=True),
        sa.Column("access_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("tax_number", sa.Text(), nullable=True),
        sa.Column("size", sa.Text(), nullable=True),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.Column("coffee_key", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.UUID(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("evidence", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("employer", sa.UUID(), nullable=True),
        sa.CheckConstraint(
            "(status = 'verified') = (employer IS NOT NULL)",
            name=op.f("ck_employer_registrations_verified_is_an_employer"),
        ),
        sa.CheckConstraint(
            "status <> 'verified' OR (decided_by IS NOT NULL AND tax_number IS NOT NULL)",
            name=op.f("ck_employer_registrations_verified_by_somebody"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'under-review', 'returned', 'verified', 'refused')",
            name=op.f("ck_employer_registrations_status"),
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL)",
            name=op.f("ck_employer_registrations_decided_together"),
        ),
        sa.ForeignKeyConstraint(
            ["employer"],
            ["employers.id"],
            name=op.f("fk_employer_registrations_employer_employers"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer_registrations")),
        sa.UniqueConstraint("access_hash", name=op.f("uq_employer_registrations_access_hash")),
    )
    op.create_index(
        "ix_employer_registrations_status",
        "employer_registrations",
        ["status", "handed_in_at", "id"],
        unique=False,
    )
    op.create_index(
        "uq_employer_registrations_employer", "employer_registrations", ["employer"], unique=True
    )
    op.create_index(
        "uq_employer_registrations_phone",
        "employer_registrations",
        ["phone"],
        unique=True,
        postgresql_where=sa.text("status <> 'refused'"),
    )


def _create_farms() -> None:
    op.create_table(
        "farms",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("registration", sa.UUID(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("housed", sa.Integer(), nullable=False),
        sa.Column("grower", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Numeric(precision=8, scale=5), nullable=True),
        sa.Column("longitude", sa.Numeric(precision=8, scale=5), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_farms_point_together")
        ),
        sa.CheckConstraint("housed BETWEEN 0 AND 2000", name=op.f("ck_farms_housed")),
        sa.CheckConstraint(
            "latitude BETWEEN 12.9 AND 16.6 AND longitude BETWEEN -89.4 AND -83.0",
            name=op.f("ck_farms_point_inside"),
        ),
        sa.ForeignKeyConstraint(
            ["registration"],
            ["employer_registrations.id"],
            name=op.f("fk_farms_registration_employer_registrations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_farms")),
    )
    op.create_index("ix_farms_registration", "farms", ["registration", "added_at"], unique=False)
    op.create_table(
        "registry_answers",
        sa.Column("registration", sa.UUID(), nullable=False),
        sa.Column("registry", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration"],
            ["employer_registrations.id"],
            name=op.f("fk_registry_answers_registration_employer_registrations"),
        ),
        sa.PrimaryKeyConstraint("registration", "registry", name=op.f("pk_registry_answers")),
    )


def _create_registries() -> None:
    op.create_table(
        "registry_imports",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("registry", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("imported_by", sa.UUID(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "source IN ('file', 'service')", name=op.f("ck_registry_imports_source")
        ),
        sa.CheckConstraint("rows > 0", name=op.f("ck_registry_imports_rows")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_imports")),
    )
    op.create_index(
        "ix_registry_imports_registry",
        "registry_imports",
        ["registry", "imported_at"],
        unique=False,
    )
    op.create_table(
        "registry_entries",
        sa.Column("registry", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("import_id", sa.UUID(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('active', 'suspended', 'ended')", name=op.f("ck_registry_entries_state")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["registry_imports.id"],
            name=op.f("fk_registry_entries_import_id_registry_imports"),
        ),
        sa.PrimaryKeyConstraint("registry", "number", name=op.f("pk_registry_entries")),
    )
    op.create_index(
        "ix_registry_entries_import_id", "registry_entries", ["import_id"], unique=False
    )
    op.create_index("ix_registry_entries_name_key", "registry_entries", ["name_key"], unique=False)
    op.create_index("ix_registry_entries_phone", "registry_entries", ["phone"], unique=False)


def downgrade() -> None:
    op.drop_table("registry_entries")
    op.drop_table("registry_imports")
    op.drop_table("registry_answers")
    op.drop_table("farms")
    op.drop_table("employer_registrations")
    op.execute("DELETE FROM phone_codes WHERE purpose = 'registration'")
    op.drop_constraint(PURPOSE, "phone_codes")
    op.create_check_constraint(
        op.f(PURPOSE),
        "phone_codes",
        "purpose IN ('sign-in', 'new-phone', 'recovery', 'consent')",
    )
