"""Applications, what was handed in, the decisions on it, its files, the employer's word."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "applications",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.Column("receipt", sa.Text(), nullable=True),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("worker_name", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("vacancy", sa.UUID(), nullable=True),
        sa.Column("employer_name", sa.Text(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_by", sa.UUID(), nullable=True),
        sa.Column("held_by_name", sa.Text(), nullable=False),
        sa.Column("held_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status <> 'draft' OR round = 0", name=op.f("ck_applications_draft_has_no_round")
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'under-review', 'returned', 'approved', 'refused', 'lapsed', 'withdrawn')",
            name=op.f("ck_applications_status"),
        ),
        sa.CheckConstraint(
            "(held_by IS NULL) = (held_since IS NULL)", name=op.f("ck_applications_held_together")
        ),
        sa.CheckConstraint(
            "(round = 0) = (digest IS NULL)", name=op.f("ck_applications_round_has_digest")
        ),
        sa.CheckConstraint(
            "(round = 0) = (submitted_at IS NULL) AND (round = 0) = (receipt IS NULL) AND (round = 0) = (due_at IS NULL)",
            name=op.f("ck_applications_submitted_together"),
        ),
        sa.CheckConstraint("round >= 0 AND version >= 1", name=op.f("ck_applications_counts")),
        sa.ForeignKeyConstraint(
            ["id", "round", "digest", "worker"],
            [
                "application_rounds.application",
                "application_rounds.round",
                "application_rounds.digest",
                "application_rounds.worker",
            ],
            name="fk_applications_current_round",
            initially="DEFERRED",
            deferrable=True,
            use_alter=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applications")),
        sa.UniqueConstraint(
            "id", "status", "round", "digest", name=op.f("uq_applications_id_status_round_digest")
        ),
        sa.UniqueConstraint("id", "worker", name=op.f("uq_applications_id_worker")),
        sa.UniqueConstraint("receipt", name=op.f("uq_applications_receipt")),
    )
    op.create_index(
        "ix_applications_status_due_at", "applications", ["status", "due_at", "id"], unique=False
    )
    op.create_index("ix_applications_vacancy", "applications", ["vacancy"], unique=False)
    op.create_index("ix_applications_worker", "applications", ["worker"], unique=False)
    op.create_table(
        "application_rounds",
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "digest = encode(sha256(convert_to(content, 'UTF8')), 'hex')",
            name=op.f("ck_application_rounds_digest"),
        ),
        sa.CheckConstraint("round >= 1", name=op.f("ck_application_rounds_round")),
        sa.ForeignKeyConstraint(
            ["application", "worker"],
            ["applications.id", "applications.worker"],
            name=op.f("fk_application_rounds_application_worker_applications"),
        ),
        sa.PrimaryKeyConstraint("application", "round", name=op.f("pk_application_rounds")),
        sa.UniqueConstraint(
            "application",
            "round",
            "digest",
            "worker",
            name=op.f("uq_application_rounds_application_round_digest_worker"),
        ),
    )
    op.create_table(
        "documents",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("object_key", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("attached_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('identity-front', 'identity-back', 'photo')", name=op.f("ck_documents_kind")
        ),
        sa.CheckConstraint("size_bytes > 0", name=op.f("ck_documents_size")),
        sa.ForeignKeyConstraint(
            ["application"], ["applications.id"], name=op.f("fk_documents_application_applications")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("object_key", name=op.f("uq_documents_object_key")),
    )
    op.create_index(
        "uq_documents_current",
        "documents",
        ["application", "kind"],
        unique=True,
        postgresql_where=sa.text("replaced_at IS NULL"),
    )
    op.create_table(
        "acceptances",
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("vacancy", sa.UUID(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("worker_name", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(accepted IS NULL) = (answered_at IS NULL)",
            name=op.f("ck_acceptances_answered_together"),
        ),
        sa.ForeignKeyConstraint(
            ["application"],
            ["applications.id"],
            name=op.f("fk_acceptances_application_applications"),
        ),
        sa.ForeignKeyConstraint(
            ["vacancy"], ["vacancies.id"], name=op.f("fk_acceptances_vacancy_vacancies")
        ),
        sa.PrimaryKeyConstraint("application", "vacancy", name=op.f("pk_acceptances")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_acceptances_token_hash")),
    )
    op.create_table(
        "decisions",
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("official", sa.UUID(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("grounds", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(opinion = 'refuse') = (cardinality(grounds) > 0)",
            name=op.f("ck_decisions_refusal_grounds"),
        ),
        sa.CheckConstraint(
            "opinion IN ('approve', 'return', 'refuse')", name=op.f("ck_decisions_opinion")
        ),
        sa.CheckConstraint("official <> worker", name=op.f("ck_decisions_not_own_case")),
        sa.ForeignKeyConstraint(
            ["application", "round", "digest", "worker"],
            [
                "application_rounds.application",
                "application_rounds.round",
                "application_rounds.digest",
                "application_rounds.worker",
            ],
            name="fk_decisions_round",
        ),
        sa.ForeignKeyConstraint(
            ["official", "agency"],
            ["postings.person", "postings.agency"],
            name=op.f("fk_decisions_official_agency_postings"),
        ),
        sa.PrimaryKeyConstraint("application", "round", "agency", name=op.f("pk_decisions")),
        sa.UniqueConstraint(
            "application",
            "round",
            "digest",
            "agency",
            "official",
            "opinion",
            name="uq_decisions_six",
        ),
        sa.UniqueConstraint(
            "application", "round", "official", name=op.f("uq_decisions_application_round_official")
        ),
    )
    op.create_foreign_key(
        "fk_applications_current_round",
        "applications",
        "application_rounds",
        ["id", "round", "digest", "worker"],
        ["application", "round", "digest", "worker"],
        deferrable=True,
        initially="DEFERRED",
    )


def downgrade() -> None:
    op.drop_constraint("fk_applications_current_round", "applications", type_="foreignkey")
    op.drop_table("decisions")
    op.drop_table("acceptances")
    op.drop_index(
        "uq_documents_current",
        table_name="documents",
        postgresql_where=sa.text("replaced_at IS NULL"),
    )
    op.drop_table("documents")
    op.drop_table("application_rounds")
    op.drop_index("ix_applications_worker", table_name="applications")
    op.drop_index("ix_applications_vacancy", table_name="applications")
    op.drop_index("ix_applications_status_due_at", table_name="applications")
    op.drop_table("applications")
