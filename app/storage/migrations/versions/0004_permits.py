"""Rights, their credentials, status lists, and crossings at the border."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "crossings",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("agent", sa.UUID(), nullable=False),
        sa.Column("device_time", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("offline", sa.Boolean(), nullable=False),
        sa.Column("list_issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("anomalies", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.CheckConstraint("direction IN ('entry', 'exit')", name=op.f("ck_crossings_direction")),
        sa.CheckConstraint(
            "verdict IN ('green', 'amber', 'red', 'grey')", name=op.f("ck_crossings_verdict")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crossings")),
    )
    op.create_index("ix_crossings_device_time_id", "crossings", ["device_time", "id"], unique=False)
    op.create_index(
        "ix_crossings_number_device_time", "crossings", ["number", "device_time"], unique=False
    )
    op.create_table(
        "published_status_lists",
        sa.Column("list", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cwt", sa.LargeBinary(), nullable=False),
        sa.Column("jwt", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("list", name=op.f("pk_published_status_lists")),
    )
    op.create_table(
        "authorisations",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("application_status", sa.Text(), server_default="approved", nullable=False),
        sa.Column("labour_agency", sa.Text(), server_default="setrass", nullable=False),
        sa.Column("labour_official", sa.UUID(), nullable=False),
        sa.Column("labour_opinion", sa.Text(), server_default="approve", nullable=False),
        sa.Column("migration_agency", sa.Text(), server_default="inm", nullable=False),
        sa.Column("migration_official", sa.UUID(), nullable=False),
        sa.Column("migration_opinion", sa.Text(), server_default="approve", nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "application_status = 'approved'", name=op.f("ck_authorisations_application_approved")
        ),
        sa.CheckConstraint(
            "labour_agency = 'setrass'", name=op.f("ck_authorisations_labour_agency")
        ),
        sa.CheckConstraint(
            "labour_opinion = 'approve'", name=op.f("ck_authorisations_labour_opinion")
        ),
        sa.CheckConstraint(
            "migration_agency = 'inm'", name=op.f("ck_authorisations_migration_agency")
        ),
        sa.CheckConstraint(
            "migration_opinion = 'approve'", name=op.f("ck_authorisations_migration_opinion")
        ),
        sa.CheckConstraint(
            "labour_official <> migration_official", name=op.f("ck_authorisations_two_officials")
        ),
        sa.CheckConstraint("valid_from <= valid_until", name=op.f("ck_authorisations_validity")),
        sa.ForeignKeyConstraint(
            ["application", "application_status", "round", "digest"],
            ["applications.id", "applications.status", "applications.round", "applications.digest"],
            name="fk_authorisations_approved_application",
        ),
        sa.ForeignKeyConstraint(
            [
                "application",
                "round",
                "digest",
                "labour_agency",
                "labour_official",
                "labour_opinion",
            ],
            [
                "decisions.application",
                "decisions.round",
                "decisions.digest",
                "decisions.agency",
                "decisions.official",
                "decisions.opinion",
            ],
            name="fk_authorisations_labour_approval",
        ),
        sa.ForeignKeyConstraint(
            [
                "application",
                "round",
                "digest",
                "migration_agency",
                "migration_official",
                "migration_opinion",
            ],
            [
                "decisions.application",
                "decisions.round",
                "decisions.digest",
                "decisions.agency",
                "decisions.official",
                "decisions.opinion",
            ],
            name="fk_authorisations_migration_approval",
        ),
        sa.ForeignKeyConstraint(
            ["application", "worker"],
            ["applications.id", "applications.worker"],
            name=op.f("fk_authorisations_application_worker_applications"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authorisations")),
        sa.UniqueConstraint("application", name=op.f("uq_authorisations_application")),
    )
    op.create_index("ix_authorisations_worker", "authorisations", ["worker"], unique=False)
    op.create_table(
        "credentials",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("authorisation", sa.UUID(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("kid", sa.LargeBinary(), nullable=False),
        sa.Column("status_list", sa.Integer(), nullable=False),
        sa.Column("status_index", sa.Integer(), nullable=False),
        sa.Column("to_be_signed", sa.LargeBinary(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revocation_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'revoked') = (revoked_at IS NOT NULL) AND (revoked_at IS NULL) = (revocation_reason IS NULL)",
            name=op.f("ck_credentials_revoked_together"),
        ),
        sa.CheckConstraint(
            "state <> 'pending' OR text IS NULL", name=op.f("ck_credentials_pending_unsigned")
        ),
        sa.CheckConstraint(
            "state IN ('pending', 'issued', 'replaced', 'revoked')",
            name=op.f("ck_credentials_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('issued', 'replaced') OR text IS NOT NULL",
            name=op.f("ck_credentials_issued_text"),
        ),
        sa.CheckConstraint(
            "(text IS NULL) = (issued_at IS NULL)", name=op.f("ck_credentials_issued_together")
        ),
        sa.CheckConstraint("valid_from < expires", name=op.f("ck_credentials_validity")),
        sa.ForeignKeyConstraint(
            ["authorisation"],
            ["authorisations.id"],
            name=op.f("fk_credentials_authorisation_authorisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credentials")),
        sa.UniqueConstraint("number", name=op.f("uq_credentials_number")),
        sa.UniqueConstraint(
            "status_list", "status_index", name=op.f("uq_credentials_status_list_status_index")
        ),
    )
    op.create_index("ix_credentials_state", "credentials", ["state"], unique=False)
    op.create_index(
        "uq_credentials_standing",
        "credentials",
        ["authorisation"],
        unique=True,
        postgresql_where=sa.text("state IN ('pending', 'issued')"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_credentials_standing",
        table_name="credentials",
        postgresql_where=sa.text("state IN ('pending', 'issued')"),
    )
    op.drop_index("ix_credentials_state", table_name="credentials")
    op.drop_table("credentials")
    op.drop_index("ix_authorisations_worker", table_name="authorisations")
    op.drop_table("authorisations")
    op.drop_table("published_status_lists")
    op.drop_index("ix_crossings_number_device_time", table_name="crossings")
    op.drop_index("ix_crossings_device_time_id", table_name="crossings")
    op.drop_table("crossings")
