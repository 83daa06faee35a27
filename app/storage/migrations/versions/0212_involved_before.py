"""Who had any part in what a case goes on from judges no recourse in it, nor decides it anew."""

from alembic import op

revision = "0212"
down_revision = "0211"
branch_labels = None
depends_on = None

# As 0170 has it. A case that gives a lost right anew is one with the case of that right, and with
# the case in which it was contested; so is every one before.
BY_ANOTHER = """
CREATE OR REPLACE FUNCTION refuse_who_was_involved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    WITH RECURSIVE part(application) AS (
      SELECT NEW.application
      UNION
      SELECT b.application FROM part p
        JOIN applications a ON a.id = p.application AND a.restores IS NOT NULL
        JOIN LATERAL (
          SELECT r.application FROM authorisations r WHERE r.id = a.restores
          UNION ALL
          SELECT f.application FROM revocations v
            JOIN revocations w ON w.id = v.follows
            JOIN authorisations f ON f.id = w.authorisation
            WHERE v.authorisation = a.restores
        ) b ON true
    ), rights(id) AS (
      SELECT r.id FROM authorisations r JOIN part p ON p.application = r.application
    )
    SELECT FROM decisions d JOIN part p ON p.application = d.application
      WHERE d.official = NEW.decided_by
    UNION ALL
    SELECT FROM recommendations r JOIN part p ON p.application = r.application
      WHERE r.official = NEW.decided_by
    UNION ALL
    SELECT FROM suspensions s JOIN rights ON rights.id = s.authorisation
      WHERE NEW.decided_by IN (s.official, s.ended_by)
    UNION ALL
    SELECT FROM revocations v JOIN rights ON rights.id = v.authorisation
      WHERE NEW.decided_by IN (v.proposed_by, v.decided_by)
    UNION ALL
    SELECT FROM codecisions c JOIN rights ON rights.id = c.authorisation
      WHERE NEW.decided_by IN (c.asked_by, c.answered_by)
    UNION ALL
    SELECT FROM appeals o JOIN part p ON p.application = o.application
      WHERE o.id <> NEW.id AND o.decided_by = NEW.decided_by
  ) THEN
    RAISE EXCEPTION 'who had a part in the case does not judge the recourse'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'judged_by_another';
  END IF;
  RETURN NULL;
END $$
"""
BEFORE = """
CREATE OR REPLACE FUNCTION refuse_who_was_involved() RETURNS trigger LANGUAGE plpgsql AS $$
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
# As 0051 has it, and who proposed what was dropped (`{confirmed}` is "" then).
NOT_BY_TAKERS = """
CREATE OR REPLACE FUNCTION refuse_who_took_it_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM applications a JOIN revocations r ON r.authorisation = a.restores
      WHERE a.id = NEW.application{confirmed}
      AND NEW.official IN (r.proposed_by, r.decided_by)) THEN
    RAISE EXCEPTION 'who took a right back does not decide on it anew'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'not_by_takers';
  END IF;
  RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.execute(BY_ANOTHER)
    op.execute(NOT_BY_TAKERS.format(confirmed=""))


def downgrade() -> None:
    op.execute(NOT_BY_TAKERS.format(confirmed=" AND r.outcome = 'confirmed'"))
    op.execute(BEFORE)
