"""Identities at the agencies' own providers, and the sign-ins that were begun there."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "federated_identities",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("person", sa.UUID(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_federated_identities")),
        sa.UniqueConstraint("person", "issuer", name=op.f("uq_federated_identities_person_issuer")),
        sa.ForeignKeyConstraint(
            ["person"], ["accounts.person"], name=op.f("fk_federated_identities_person_accounts")
        ),
    )
    op.create_table(
        "federated_sign_ins",
        sa.Column("state_hash", sa.LargeBinary(), nullable=False),
        sa.Column("browser_hash", sa.LargeBinary(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("verifier", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("state_hash", name=op.f("pk_federated_sign_ins")),
    )


def downgrade() -> None:
    op.drop_table("federated_sign_ins")
    op.drop_table("federated_identities")
