"""A batch of cards is ordered by one official and confirmed by another (domain 4.2, 4.3)."""

from alembic import op

revision = "0172"
down_revision = "0171"
branch_labels = None
depends_on = None

TABLE, NAME = "card_batches", "ck_card_batches_printed_by_another"


def upgrade() -> None:
    # Batches that one person printed before stay as they were: history is not written anew.
    op.create_check_constraint(
        op.f(NAME),
        TABLE,
        "state <> 'printed' OR (settled_by IS NOT NULL AND settled_by <> ordered_by)",
        postgresql_not_valid=True,
    )


def downgrade() -> None:
    op.drop_constraint(op.f(NAME), TABLE, type_="check")
