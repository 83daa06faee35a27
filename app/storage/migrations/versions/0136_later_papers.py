"""Papers that come after an application was handed in, as a photo or shown (decision 88)."""

import sqlalchemy as sa
from alembic import op

revision = "0136"
down_revision = "0133"
branch_labels = None
depends_on = None

TABLE = "shown_papers"
PAPERS = (
    "'identity-front', 'identity-back', 'criminal-record', 'health-certificate',"
    " 'work-experience', 'other'"
)
KINDS, MANY = (
    "'identity-front', 'identity-back', 'photo', 'answer', 'evidence'",
    "'answer', 'evidence'",
)


def upgrade() -> None:
    op.add_column("documents", sa.Column("paper", sa.Text()))
    _put_kinds(f"{KINDS}, 'late'", f"{MANY}, 'late'")
    op.create_check_constraint(
        op.f("ck_documents_paper_of_late"), "documents", "(kind = 'late') = (paper IS NOT NULL)"
    )
    op.create_check_constraint(op.f("ck_documents_paper"), "documents", f"paper IN ({PAPERS})")
    op.create_table(
        TABLE,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("official", sa.UUID(), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_by", sa.UUID()),
        sa.Column("taken_back_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shown_papers")),
        sa.ForeignKeyConstraint(
            ["application"],
            ["applications.id"],
            name=op.f("fk_shown_papers_application_applications"),
        ),
        sa.ForeignKeyConstraint(
            ["official", "agency"],
            ["postings.person", "postings.agency"],
            name=op.f("fk_shown_papers_official_agency_postings"),
        ),
        sa.CheckConstraint(f"paper IN ({PAPERS})", name=op.f("ck_shown_papers_paper")),
        sa.CheckConstraint(
            "(taken_back_by IS NULL) = (taken_back_at IS NULL)",
            name=op.f("ck_shown_papers_taken_back_together"),
        ),
    )
    op.create_index(
        "uq_shown_papers_standing",
        TABLE,
        ["application", "round", "paper"],
        unique=True,
        postgresql_where=sa.text("taken_back_at IS NULL"),
    )


def _put_kinds(kinds: str, several: str) -> None:
    op.drop_constraint(op.f("ck_documents_kind"), "documents", type_="check")
    op.create_check_constraint(op.f("ck_documents_kind"), "documents", f"kind IN ({kinds})")
    op.drop_index("uq_documents_current", "documents")
    op.create_index(
        "uq_documents_current",
        "documents",
        ["application", "kind"],
        unique=True,
        postgresql_where=sa.text(f"replaced_at IS NULL AND kind NOT IN ({several})"),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
    op.drop_constraint(op.f("ck_documents_paper"), "documents", type_="check")
    op.drop_constraint(op.f("ck_documents_paper_of_late"), "documents", type_="check")
    op.execute("UPDATE documents SET kind = 'answer' WHERE kind = 'late'")
    _put_kinds(KINDS, MANY)
    op.drop_column("documents", "paper")
