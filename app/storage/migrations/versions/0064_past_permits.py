"""Registers of older permits; who cleared an earlier hit; counts of what workers answered."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None


WAIT = """
CREATE OR REPLACE FUNCTION decision_waits_for_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.agency = 'inm' AND EXISTS (
        SELECT FROM watch_checks w
        WHERE w.application = NEW.application AND w.round = NEW.round
        AND (w.state IN ('pending', 'hit') OR (w.state = 'cleared' AND w.reviewed_by = NEW.official){})
    ) THEN
        RAISE EXCEPTION 'a decision of migration waits for the check of its round'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_waits_for_check';
    END IF;
    RETURN NEW;
END $$;
"""
CLEARED = """
            OR (w.state <> 'upheld' AND NEW.official = ANY (w.cleared_by))"""


def upgrade() -> None:
    op.add_column(
        "watch_checks",
        sa.Column("cleared_by", postgresql.ARRAY(sa.UUID()), server_default="{}", nullable=False),
    )
    op.execute(WAIT.format(CLEARED))
    _add_counts()
    op.create_table(
        "register_imports",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("imported_by", sa.UUID(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by", sa.UUID(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by IS NULL)",
            name=op.f("ck_register_imports_undone_together"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_imports")),
    )
    op.create_index("ix_register_imports_imported_at", "register_imports", ["imported_at"])
    op.create_table("past_permits", *_columns(), *_constraints())
    op.create_index("uq_past_permits_row", "past_permits", ["import", "row"], unique=True)
    op.create_index(
        "ix_past_permits_worker",
        "past_permits",
        ["worker"],
        postgresql_where=sa.text("worker IS NOT NULL"),
    )
    op.create_index("ix_past_permits_document", "past_permits", ["document_index"])
    op.create_index("ix_past_permits_ends_on", "past_permits", ["ends_on"])
    op.create_index(
        "ix_past_permits_search_keys", "past_permits", ["search_keys"], postgresql_using="gin"
    )


def _add_counts() -> None:
    op.create_table(
        "return_counts",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("season", sa.Date(), nullable=False),
        sa.Column("told", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("told_answers", sa.Integer(), server_default="0", nullable=False),
        sa.Column("waiting", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_counts")),
        sa.UniqueConstraint("programme", "season", name=op.f("uq_return_counts_programme_season")),
    )
    op.add_column(
        "return_surveys",
        sa.Column("counted", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.create_index(
        "ix_return_surveys_uncounted",
        "return_surveys",
        ["answered_at"],
        postgresql_where=sa.text("answers IS NOT NULL AND NOT counted"),
    )


def _columns() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("import", sa.UUID(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("name_index", sa.LargeBinary(), nullable=False),
        sa.Column("document_index", sa.LargeBinary(), nullable=True),
        sa.Column("search_keys", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("told", sa.LargeBinary(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("standing", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("worker", sa.UUID(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.UUID(), nullable=True),
    ]


def _constraints() -> list[sa.Constraint]:
    checks = {
        "standing": "standing IN ('waiting', 'matched', 'unsure', 'alone')",
        "matched_to_somebody": "(standing = 'matched') = (worker IS NOT NULL)",
        "settled_together": "(settled_at IS NULL) = (settled_by IS NULL)",
        "matched_by_somebody": "standing <> 'matched' OR settled_at IS NOT NULL",
        "days": "starts_on <= ends_on",
    }
    return [
        *(
            sa.CheckConstraint(check, name=op.f(f"ck_past_permits_{name}"))
            for name, check in checks.items()
        ),
        sa.ForeignKeyConstraint(
            ["import"],
            ["register_imports.id"],
            name=op.f("fk_past_permits_import_register_imports"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_permits")),
        sa.UniqueConstraint("name_index", name=op.f("uq_past_permits_name_index")),
    ]


def downgrade() -> None:
    op.execute(WAIT.format(""))
    op.drop_column("watch_checks", "cleared_by")
    op.drop_column("return_surveys", "counted")
    op.drop_table("return_counts")
    op.drop_table("past_permits")
    op.drop_table("register_imports")
