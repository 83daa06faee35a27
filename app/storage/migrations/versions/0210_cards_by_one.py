"""Fraud takes no card back any more, and a card that said what is not so is followed by another."""

from alembic import op

revision = "0210"
down_revision = "0203"
branch_labels = None
depends_on = None

REASONS = "'lost', 'stolen', 'damaged', 'key-compromised', 'employer-changed', 'identity-changed'"

# A trigger, and no constraint: cards that one person revoked as fraud before stay as they were.
BY_TWO = """
CREATE FUNCTION refuse_fraud_by_one() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a right is taken back by two people, and no card for fraud by one'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'no_fraud_by_one';
END $$
"""


def upgrade() -> None:
    _put_reasons(f"{REASONS}, 'wrong-data'")
    op.execute(BY_TWO)
    op.execute(
        "CREATE TRIGGER no_fraud_by_one BEFORE UPDATE OF state, revocation_reason ON credentials"
        " FOR EACH ROW WHEN (NEW.revocation_reason = 'fraud'"
        " AND OLD.revocation_reason IS DISTINCT FROM 'fraud')"
        " EXECUTE FUNCTION refuse_fraud_by_one()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER no_fraud_by_one ON credentials")
    op.execute("DROP FUNCTION refuse_fraud_by_one")
    op.execute(
        "UPDATE credentials SET replacement_reason = 'damaged'"
        " WHERE replacement_reason = 'wrong-data'"
    )
    _put_reasons(REASONS)


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
