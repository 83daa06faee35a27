"""Who made a case, or saw its worker's mark, neither recommends nor decides on it (domain 4.3)."""

from alembic import op

revision = "0171"
down_revision = "0170"
branch_labels = None
depends_on = None

# It looks at other rows, so no constraint can say it.
NOT_BY_PREPARERS = """
CREATE FUNCTION refuse_who_prepared() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM applications a
      WHERE a.id = NEW.application AND a.assisted_by = NEW.official)
    OR EXISTS (SELECT FROM crew_members m JOIN crews c ON c.id = m.crew
      WHERE m.application = NEW.application AND NEW.official IN (c.registered_by, m.witness))
    OR EXISTS (SELECT FROM consents s
      WHERE s.application = NEW.application AND s.witness = NEW.official) THEN
    RAISE EXCEPTION 'who prepared a case does not decide on it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'not_by_preparers';
  END IF;
  RETURN NEW;
END $$
"""
TABLES = ("decisions", "recommendations")


def upgrade() -> None:
    op.execute(NOT_BY_PREPARERS)
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER not_by_preparers BEFORE INSERT ON {table} FOR EACH ROW"
            " EXECUTE FUNCTION refuse_who_prepared()"
        )


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"DROP TRIGGER not_by_preparers ON {table}")
    op.execute("DROP FUNCTION refuse_who_prepared")
