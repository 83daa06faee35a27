"""Papers of employers as files: of registrations, of IRIS, of steps for a vacancy (decision 55)."""

import sqlalchemy as sa
from alembic import op

revision = "0085"
down_revision = "0084"
branch_labels = None
depends_on = None

PAPERS = "employer_papers"


def upgrade() -> None:
    op.create_table(
        PAPERS,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("registration", sa.UUID()),
        sa.Column("vacancy", sa.UUID()),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("object_key", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("attached_by", sa.UUID(), nullable=False),
        sa.Column("attached_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{PAPERS}")),
        sa.UniqueConstraint("object_key", name=op.f(f"uq_{PAPERS}_object_key")),
        sa.ForeignKeyConstraint(
            ["registration"],
            ["employer_registrations.id"],
            name=op.f(f"fk_{PAPERS}_registration_employer_registrations"),
        ),
        sa.ForeignKeyConstraint(
            ["vacancy"], ["vacancies.id"], name=op.f(f"fk_{PAPERS}_vacancy_vacancies")
        ),
        sa.CheckConstraint(
            "about IN ('registration', 'iris', 'verification', 'labour-market')",
            name=op.f(f"ck_{PAPERS}_about"),
        ),
        sa.CheckConstraint(
            "(registration IS NULL) = (vacancy IS NOT NULL)", name=op.f(f"ck_{PAPERS}_of_one")
        ),
        sa.CheckConstraint(
            "(about = 'labour-market') = (vacancy IS NOT NULL)",
            name=op.f(f"ck_{PAPERS}_about_vacancy"),
        ),
        sa.CheckConstraint(
            "media_type IN ('image/jpeg', 'application/pdf')",
            name=op.f(f"ck_{PAPERS}_media_type"),
        ),
        sa.CheckConstraint("size_bytes > 0", name=op.f(f"ck_{PAPERS}_size")),
    )
    op.create_index(f"ix_{PAPERS}_registration", PAPERS, ["registration"])
    op.create_index(f"ix_{PAPERS}_vacancy", PAPERS, ["vacancy"])


def downgrade() -> None:
    op.drop_table(PAPERS)
