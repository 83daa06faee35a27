"""No right stands that goes on from one that was taken back (decision 123)."""

from alembic import op

revision = "0235"
down_revision = "0234"
branch_labels = None
depends_on = None

# One look after the other by its key, whatever the planner knows of the tables.
# At the commit, for the right before is taken back first and what goes on from it after that. What
# a recourse gives anew of it comes later, and of what was lost along too.
NONE_LEFT = """
CREATE FUNCTION refuse_what_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    WITH RECURSIVE later(id) AS (
      SELECT NEW.id
      UNION
      SELECT r.id FROM later l CROSS JOIN LATERAL (
          SELECT id FROM applications
            WHERE renews = l.id AND status NOT IN ('refused', 'lapsed', 'withdrawn')
          UNION ALL SELECT id FROM applications WHERE restores = l.id
        ) a
        JOIN authorisations r ON r.application = a.id
    ), taken(at) AS (
      SELECT decided_at FROM revocations WHERE id = NEW.revocation
    )
    SELECT FROM later l JOIN authorisations r ON r.id = l.id CROSS JOIN taken t
      WHERE r.status IN ('granted', 'suspended') AND r.granted_at < t.at
  ) THEN
    RAISE EXCEPTION 'a right goes on from one that was taken back'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'lost_with_the_right_before';
  END IF;
  RETURN NULL;
END $$
"""
# Who renews holds the right before, and who takes it back does: neither passes the other.
NOT_RENEWED = """
CREATE FUNCTION refuse_after_what_was_lost() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before uuid;
BEGIN
  SELECT renews INTO before FROM applications WHERE id = NEW.application;
  IF before IS NOT NULL
      AND EXISTS (SELECT FROM authorisations WHERE id = before AND status = 'revoked') THEN
    RAISE EXCEPTION 'a right that was taken back is not renewed'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'not_after_what_was_lost';
  END IF;
  RETURN NULL;
END $$
"""


def upgrade() -> None:
    op.execute(NONE_LEFT)
    op.execute(
        "CREATE CONSTRAINT TRIGGER lost_with_the_right_before AFTER UPDATE OF status"
        " ON authorisations DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
        " WHEN (NEW.status = 'revoked' AND OLD.status <> 'revoked')"
        " EXECUTE FUNCTION refuse_what_goes_on()"
    )
    op.execute(NOT_RENEWED)
    op.execute(
        "CREATE TRIGGER not_after_what_was_lost AFTER INSERT ON authorisations FOR EACH ROW"
        " EXECUTE FUNCTION refuse_after_what_was_lost()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER not_after_what_was_lost ON authorisations")
    op.execute("DROP FUNCTION refuse_after_what_was_lost")
    op.execute("DROP TRIGGER lost_with_the_right_before ON authorisations")
    op.execute("DROP FUNCTION refuse_what_goes_on")
