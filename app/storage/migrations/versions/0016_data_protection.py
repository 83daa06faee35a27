"""Consents, requests about the own data, what was erased, what may not be, and counts of crossings.

Consents are made from what was accepted when an application was handed in.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

CONSENTS_OF_BEFORE = """
INSERT INTO consents (id, worker, application, purpose, text_version, given_at, expires_at)
SELECT gen_random_uuid(), worker, id, 'application', answers ->> 'consent', submitted_at,
       submitted_at + interval '5 years'
FROM applications WHERE round > 0 AND answers ->> 'consent' <> ''
"""


REFUSE = """
CREATE FUNCTION refuse_as_forbidden() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user IN ('vereda_app', 'vereda_worker') THEN
    RAISE EXCEPTION 'only an erasure may do this' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END $$
"""
TRIGGERS = {
    "applications_stand": (
        "applications",
        "BEFORE DELETE ON applications FOR EACH ROW WHEN (OLD.round > 0)",
    ),
    "credentials_keep_their_bytes": (
        "credentials",
        "BEFORE UPDATE ON credentials FOR EACH ROW WHEN ("
        "(NEW.payload IS DISTINCT FROM OLD.payload AND NEW.payload IS NOT NULL)"
        " OR (NEW.to_be_signed IS DISTINCT FROM OLD.to_be_signed"
        " AND NEW.to_be_signed IS NOT NULL))",
    ),
}
"""What the worker may do to erase, it may do for nothing else."""


def upgrade() -> None:
    _consents()
    _requests()
    _erasures()
    op.create_table(
        "daily_jobs",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_daily_jobs")),
    )
    op.create_table(
        "crossing_counts",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("offline", sa.Boolean(), nullable=False),
        sa.Column("crossings", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "month", "post", "direction", "verdict", "offline", name=op.f("pk_crossing_counts")
        ),
    )
    op.execute("UPDATE outbox SET payload = '{}' WHERE done_at IS NOT NULL")
    op.execute(CONSENTS_OF_BEFORE)
    op.execute(REFUSE)
    for name, (_table, when) in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION refuse_as_forbidden()")


def downgrade() -> None:
    for name, (table, _when) in TRIGGERS.items():
        op.execute(f"DROP TRIGGER {name} ON {table}")
    op.execute("DROP FUNCTION refuse_as_forbidden")
    for name in (
        "crossing_counts",
        "daily_jobs",
        "legal_holds",
        "erasures",
        "data_requests",
        "consents",
    ):
        op.drop_table(name)


def _consents() -> None:
    op.create_table(
        "consents",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("text_version", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("purpose IN ('application')", name=op.f("ck_consents_purpose")),
        sa.CheckConstraint("given_at < expires_at", name=op.f("ck_consents_expires_later")),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_at >= given_at",
            name=op.f("ck_consents_withdrawn_later"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
        sa.UniqueConstraint(
            "application",
            "purpose",
            "text_version",
            name=op.f("uq_consents_application_purpose_text_version"),
        ),
    )
    op.create_index("ix_consents_worker", "consents", ["worker"])


def _requests() -> None:
    op.create_table(
        "data_requests",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("words", sa.LargeBinary()),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.LargeBinary()),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("answered_by", sa.UUID()),
        sa.CheckConstraint("kind IN ('correction', 'erasure')", name=op.f("ck_data_requests_kind")),
        sa.CheckConstraint(
            "status IN ('open', 'done', 'declined')", name=op.f("ck_data_requests_status")
        ),
        sa.CheckConstraint(
            "(status = 'open') = (answered_at IS NULL)"
            " AND (answered_at IS NULL) = (answered_by IS NULL)",
            name=op.f("ck_data_requests_answered_together"),
        ),
        sa.CheckConstraint(
            "status <> 'open' OR words IS NOT NULL", name=op.f("ck_data_requests_open_has_words")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_requests")),
    )
    op.create_index(
        "uq_data_requests_open",
        "data_requests",
        ["application", "kind"],
        unique=True,
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_index("ix_data_requests_worker", "data_requests", ["worker"])
    op.create_index("ix_data_requests_status_asked_at", "data_requests", ["status", "asked_at"])


def _erasures() -> None:
    op.create_table(
        "erasures",
        sa.Column("case_id", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "cause IN ('time', 'asked', 'restored')", name=op.f("ck_erasures_cause")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_erasures")),
    )
    op.create_table(
        "legal_holds",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("placed_by", sa.UUID(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_by", sa.UUID()),
        sa.Column("lifted_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "reason IN ('court', 'complaint', 'audit')", name=op.f("ck_legal_holds_reason")
        ),
        sa.CheckConstraint(
            "(lifted_by IS NULL) = (lifted_at IS NULL)", name=op.f("ck_legal_holds_lifted_together")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_holds")),
    )
    op.create_index(
        "uq_legal_holds_standing",
        "legal_holds",
        ["application"],
        unique=True,
        postgresql_where=sa.text("lifted_at IS NULL"),
    )
