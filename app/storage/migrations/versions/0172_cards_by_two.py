"""A batch of cards is ordered by one official and confirmed by another (domain 4.2, 4.3)."""

from alembic import op

revision = "0172"
down_revision = "0171"
branch_labels = None
depends_on = None

# A trigger, and no constraint: batches that one person printed before stay as they were.
BY_ANOTHER = """
CREATE FUNCTION refuse_cards_by_one() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.settled_by IS NULL OR NEW.settled_by = NEW.ordered_by THEN
    RAISE EXCEPTION 'who ordered a batch of cards does not confirm it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'printed_by_another';
  END IF;
  RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.execute(BY_ANOTHER)
    op.execute(
        "CREATE TRIGGER printed_by_another BEFORE INSERT OR UPDATE OF state ON card_batches"
        " FOR EACH ROW WHEN (NEW.state = 'printed') EXECUTE FUNCTION refuse_cards_by_one()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER printed_by_another ON card_batches")
    op.execute("DROP FUNCTION refuse_cards_by_one")
