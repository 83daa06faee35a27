"""Who had any part in a case judges no recourse in it: the database looks at every part."""

from alembic import op

revision = "0170"
down_revision = "0163"
branch_labels = None
depends_on = None

# It looks at other rows, so no constraint can say it. The rows of a case are written by who
# holds its application, one after the other.
BY_ANOTHER = """
CREATE FUNCTION refuse_who_was_involved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM decisions d
      WHERE d.application = NEW.application AND d.official = NEW.decided_by)
    OR EXISTS (SELECT FROM recommendations r
      WHERE r.application = NEW.application AND r.official = NEW.decided_by)
    OR EXISTS (SELECT FROM suspensions s JOIN authorisations a ON a.id = s.authorisation
      WHERE a.application = NEW.application AND NEW.decided_by IN (s.official, s.ended_by))
    OR EXISTS (SELECT FROM appeals o WHERE o.application = NEW.application
      AND o.id <> NEW.id AND o.decided_by = NEW.decided_by) THEN
    RAISE EXCEPTION 'who had a part in the case does not judge the recourse'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'judged_by_another';
  END IF;
  RETURN NULL;
END $$
"""


def upgrade() -> None:
    op.execute(BY_ANOTHER)
    # After the row, so that the constraints of the table speak first.
    op.execute(
        "CREATE TRIGGER judged_by_another AFTER INSERT OR UPDATE OF decided_by ON appeals"
        " FOR EACH ROW WHEN (NEW.decided_by IS NOT NULL)"
        " EXECUTE FUNCTION refuse_who_was_involved()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER judged_by_another ON appeals")
    op.execute("DROP FUNCTION refuse_who_was_involved")
