"""An application may go on from a right of its worker; a right may get another employer."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


REASONS = "'lost', 'stolen', 'damaged', 'key-compromised'"


def _put_reasons(reasons: str) -> None:
    name = op.f("ck_credentials_replacement_together")
    op.drop_constraint(name, "credentials", type_="check")
    op.create_check_constraint(
        name,
        "credentials",
        "(replaces IS NULL) = (replacement = 0)"
        " AND (replaces IS NULL) = (replacement_reason IS NULL)"
        " AND replacement >= 0"
        f" AND replacement_reason IN ({reasons})",
    )


def upgrade() -> None:
    _renew()
    _put_reasons(f"{REASONS}, 'employer-changed'")
    _change_employer()


def _renew() -> None:
    op.add_column("applications", sa.Column("renews", sa.UUID()))
    op.create_foreign_key(
        "fk_applications_renewed_right",
        "applications",
        "authorisations",
        ["renews", "worker"],
        ["id", "worker"],
    )
    op.create_index(
        "uq_applications_renewal",
        "applications",
        ["renews"],
        unique=True,
        postgresql_where=sa.text("status NOT IN ('refused', 'lapsed', 'withdrawn')"),
    )


def _change_employer() -> None:
    op.create_table(
        "employer_changes",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("authorisation", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("vacancy", sa.UUID(), nullable=False),
        sa.Column("offer", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False, server_default="asked"),
        sa.Column("agency", sa.Text(), nullable=False, server_default="setrass"),
        sa.Column("official", sa.UUID()),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("note", sa.Text(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer_changes")),
        sa.ForeignKeyConstraint(
            ["vacancy"], ["vacancies.id"], name=op.f("fk_employer_changes_vacancy_vacancies")
        ),
        sa.ForeignKeyConstraint(
            ["authorisation", "worker"],
            ["authorisations.id", "authorisations.worker"],
            name="fk_employer_changes_right",
        ),
        sa.ForeignKeyConstraint(
            ["official", "agency"],
            ["postings.person", "postings.agency"],
            name="fk_employer_changes_official",
        ),
        *_checks(),
    )
    op.create_index(
        "uq_employer_changes_asked",
        "employer_changes",
        ["authorisation"],
        unique=True,
        postgresql_where=sa.text("outcome = 'asked'"),
    )
    op.create_index(
        "ix_employer_changes_outcome_asked_at", "employer_changes", ["outcome", "asked_at"]
    )


def _checks() -> list[sa.CheckConstraint]:
    texts = {
        "labour_decides": "agency = 'setrass'",
        "not_own_case": "official <> worker",
        "outcome": "outcome IN ('asked', 'granted', 'refused', 'withdrawn')",
        "decided_together": (
            "(outcome IN ('granted', 'refused')) = (official IS NOT NULL)"
            " AND (outcome = 'asked') = (decided_at IS NULL)"
        ),
        "offer_is_its_digest": ("digest = encode(sha256(convert_to(offer, 'UTF8')), 'hex')"),
    }
    return [
        sa.CheckConstraint(text, name=op.f(f"ck_employer_changes_{name}"))
        for name, text in texts.items()
    ]


def downgrade() -> None:
    op.execute(
        "UPDATE credentials SET replacement_reason = 'damaged'"
        " WHERE replacement_reason = 'employer-changed'"
    )
    op.drop_table("employer_changes")
    _put_reasons(REASONS)
    op.drop_index("uq_applications_renewal", "applications")
    op.drop_constraint("fk_applications_renewed_right", "applications", type_="foreignkey")
    op.drop_column("applications", "renews")
