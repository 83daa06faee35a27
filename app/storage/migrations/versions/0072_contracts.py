"""Contracts: immutable versions under their digest, agreements and reports (decision 51)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None

CONTRACTS, AGREEMENTS, REPORTS = "contracts", "contract_agreements", "contract_reports"
INSTANT = sa.DateTime(timezone=True)
VERSION = ["application", "version", "digest"]
OF = [f"{CONTRACTS}.{name}" for name in VERSION]


def upgrade() -> None:
    _create_contracts()
    _create_agreements()
    _create_reports()


def _create_contracts() -> None:
    op.create_table(
        CONTRACTS,
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("vacancy", sa.UUID(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("drawn_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("application", "version", name=op.f("pk_contracts")),
        sa.UniqueConstraint(*VERSION, name=op.f("uq_contracts_application_version_digest")),
        sa.ForeignKeyConstraint(
            ["application", "worker"],
            ["applications.id", "applications.worker"],
            name=op.f("fk_contracts_application_worker_applications"),
        ),
        sa.ForeignKeyConstraint(
            ["vacancy"], ["vacancies.id"], name=op.f("fk_contracts_vacancy_vacancies")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_contracts_version")),
        sa.CheckConstraint(
            "digest = encode(sha256(convert_to(content, 'UTF8')), 'hex')",
            name=op.f("ck_contracts_digest_of_content"),
        ),
    )
    op.create_index(f"ix_{CONTRACTS}_vacancy", CONTRACTS, ["vacancy"])


def _create_agreements() -> None:
    op.create_table(
        AGREEMENTS,
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("read_aloud", sa.Boolean(), nullable=False),
        sa.Column("witness", sa.UUID()),
        sa.Column("accepted_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint(
            "application", "version", "party", name=op.f("pk_contract_agreements")
        ),
        sa.ForeignKeyConstraint(
            VERSION, OF, name=op.f("fk_contract_agreements_application_version_digest_contracts")
        ),
        sa.CheckConstraint(
            "(party = 'worker' AND way IN ('own', 'witnessed'))"
            " OR (party = 'employer' AND way IN ('answer', 'named', 'open', 'account'))",
            name=op.f("ck_contract_agreements_way_of_party"),
        ),
        sa.CheckConstraint(
            "(witness IS NOT NULL) = (way = 'witnessed')",
            name=op.f("ck_contract_agreements_witness_of_a_mark"),
        ),
        sa.CheckConstraint(
            "way <> 'witnessed' OR read_aloud",
            name=op.f("ck_contract_agreements_mark_after_reading"),
        ),
    )


def _create_reports() -> None:
    op.create_table(
        REPORTS,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("fields", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("reported_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_reports")),
        sa.ForeignKeyConstraint(
            VERSION, OF, name=op.f("fk_contract_reports_application_version_digest_contracts")
        ),
        sa.CheckConstraint("cardinality(fields) > 0", name=op.f("ck_contract_reports_fields")),
    )
    op.create_index(f"ix_{REPORTS}_application", REPORTS, ["application"])


def downgrade() -> None:
    op.drop_table(REPORTS)
    op.drop_table(AGREEMENTS)
    op.drop_table(CONTRACTS)
