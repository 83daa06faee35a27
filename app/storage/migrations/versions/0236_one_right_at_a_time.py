"""Nobody holds two rights of a programme on one day (decision 124)."""

from alembic import op

revision = "0236"
down_revision = "0235"
branch_labels = None
depends_on = None

# The worker's row is held, so that of two cases of one worker that are granted at once one sees the
# other's right. It is the last that a grant waits for, so nobody waits in a ring. An account that
# two people share has two numbers for life, once officials told them apart. One look after the
# other, and no join: a plan that was made while there were no rights would walk through all of them.
ONE_AT_A_TIME = """
CREATE FUNCTION refuse_second_right() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  number text;
  other uuid;
BEGIN
  PERFORM FROM workers WHERE person = NEW.worker FOR NO KEY UPDATE;
  SELECT worker_number INTO number FROM applications WHERE id = NEW.application;
  FOR other IN
    SELECT id FROM applications WHERE worker_number = number AND id <> NEW.application
  LOOP
    IF EXISTS (SELECT FROM authorisations r WHERE r.application = other
        AND r.programme = NEW.programme AND r.status IN ('granted', 'suspended')
        AND r.valid_from <= NEW.valid_until AND r.valid_until >= NEW.valid_from) THEN
      RAISE EXCEPTION 'a right of this person stands for these days'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'one_right_at_a_time';
    END IF;
  END LOOP;
  RETURN NULL;
END $$
"""


def upgrade() -> None:
    op.execute(ONE_AT_A_TIME)
    op.execute(
        "CREATE TRIGGER one_right_at_a_time AFTER INSERT ON authorisations FOR EACH ROW"
        " EXECUTE FUNCTION refuse_second_right()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER one_right_at_a_time ON authorisations")
    op.execute("DROP FUNCTION refuse_second_right")
