"""Questions to the worker within a round, and the status in which a case waits for the answers."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
FOUR = ["application", "round", "digest", "worker"]
STATUSES = (
    "'draft', 'under-review', {asked}'returned', 'approved', 'refused', 'lapsed', 'withdrawn'"
)
STANDS = "'under-review', {asked}'approved'"
KINDS = "'identity-front', 'identity-back', 'photo'{answer}"
CURRENT = "replaced_at IS NULL"


def upgrade() -> None:
    _allow("'asked', ", ", 'answer'")
    _requests()
    _items()


def _allow(asked: str, answer: str) -> None:
    """What a status, the holder of a place and a file may be."""
    for table, name, column, words in (
        ("applications", "status", "status", STATUSES.format(asked=asked)),
        ("quota_places", "holder_stands", "application_status", STANDS.format(asked=asked)),
        ("documents", "kind", "kind", KINDS.format(answer=answer)),
    ):
        constraint = op.f(f"ck_{table}_{name}")
        op.drop_constraint(constraint, table, type_="check")
        op.create_check_constraint(constraint, table, f"{column} IN ({words})")
    op.drop_index("uq_documents_current", table_name="documents")
    current = f"{CURRENT} AND kind <> 'answer'" if answer else CURRENT
    op.create_index(
        "uq_documents_current",
        "documents",
        ["application", "kind"],
        unique=True,
        postgresql_where=sa.text(current),
    )


def _requests() -> None:
    op.create_table(
        "info_requests",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("official", sa.UUID(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("answered_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_info_requests")),
        sa.UniqueConstraint("id", "worker", name=op.f("uq_info_requests_id_worker")),
        sa.ForeignKeyConstraint(
            FOUR, [f"application_rounds.{name}" for name in FOUR], name="fk_info_requests_round"
        ),
        sa.ForeignKeyConstraint(
            ["official", "agency"],
            ["postings.person", "postings.agency"],
            name=op.f("fk_info_requests_official_agency_postings"),
        ),
        sa.CheckConstraint("official <> worker", name=op.f("ck_info_requests_not_own_case")),
    )
    op.create_index("ix_info_requests_application", "info_requests", ["application", "round"])


def _items() -> None:
    op.create_table(
        "info_items",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("request", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("question", sa.LargeBinary()),
        sa.Column("answer", sa.LargeBinary()),
        sa.Column("document", sa.UUID()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_info_items")),
        sa.UniqueConstraint("request", "position", name=op.f("uq_info_items_request_position")),
        sa.ForeignKeyConstraint(
            ["request", "worker"],
            ["info_requests.id", "info_requests.worker"],
            name=op.f("fk_info_items_request_worker_info_requests"),
        ),
        sa.ForeignKeyConstraint(
            ["document"],
            ["documents.id"],
            name=op.f("fk_info_items_document_documents"),
            ondelete="SET NULL",
        ),
        sa.CheckConstraint(
            "kind IN ('document', 'fact', 'explanation')", name=op.f("ck_info_items_kind")
        ),
        sa.CheckConstraint("position BETWEEN 1 AND 5", name=op.f("ck_info_items_position")),
    )


def downgrade() -> None:
    op.drop_table("info_items")
    op.drop_table("info_requests")
    _allow("", "")
