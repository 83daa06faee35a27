"""Whoever prepared a case, or had another hand in it, judges no recourse and looks at no hit."""

from alembic import op

revision = "0234"
down_revision = "0243"
branch_labels = None
depends_on = None

# Cases that are one matter, as 0212 has it, and those whose right was lost along with one. Who
# looked again counts for a recourse alone: the same desk looks at whatever else the list finds.
HAD_A_PART = """
CREATE FUNCTION had_a_part(case_of uuid, who uuid, but_appeal uuid, looking boolean)
RETURNS boolean LANGUAGE sql STABLE AS $$
  WITH RECURSIVE part(application) AS (
    SELECT case_of
    UNION
    SELECT b.application FROM part p JOIN LATERAL (
      SELECT r.application FROM applications a JOIN authorisations r ON r.id = a.restores
        WHERE a.id = p.application
      UNION ALL
      SELECT f.application FROM applications a
        JOIN revocations v ON v.authorisation = a.restores
        JOIN revocations w ON w.id = v.follows
        JOIN authorisations f ON f.id = w.authorisation
        WHERE a.id = p.application
      UNION ALL
      SELECT l.application FROM authorisations r
        JOIN revocations v ON v.authorisation = r.id
        JOIN revocations w ON w.follows = v.id
        JOIN authorisations l ON l.id = w.authorisation
        WHERE r.application = p.application
    ) b ON true
  ), rights(id) AS (
    SELECT r.id FROM authorisations r JOIN part p ON p.application = r.application
  )
  SELECT EXISTS (
    SELECT FROM decisions d JOIN part p USING (application) WHERE d.official = who
    UNION ALL
    SELECT FROM recommendations r JOIN part p USING (application) WHERE r.official = who
    UNION ALL
    SELECT FROM suspensions s JOIN rights ON rights.id = s.authorisation
      WHERE who IN (s.official, s.ended_by)
    UNION ALL
    SELECT FROM revocations v JOIN rights ON rights.id = v.authorisation
      WHERE who IN (v.proposed_by, v.decided_by)
    UNION ALL
    SELECT FROM codecisions c JOIN rights ON rights.id = c.authorisation
      WHERE who IN (c.asked_by, c.answered_by)
    UNION ALL
    SELECT FROM appeals o JOIN part p USING (application)
      WHERE o.decided_by = who AND o.id IS DISTINCT FROM but_appeal
    UNION ALL
    SELECT FROM applications a JOIN part p ON p.application = a.id WHERE a.assisted_by = who
    UNION ALL
    SELECT FROM consents c JOIN part p USING (application) WHERE c.witness = who
    UNION ALL
    SELECT FROM contract_agreements g JOIN part p USING (application) WHERE g.witness = who
    UNION ALL
    SELECT FROM crew_members m JOIN part p USING (application) JOIN crews c ON c.id = m.crew
      WHERE who IN (c.registered_by, m.witness)
    UNION ALL
    SELECT FROM employer_changes e JOIN rights ON rights.id = e.authorisation
      WHERE e.official = who
    UNION ALL
    SELECT FROM identity_changes i JOIN rights ON rights.id = i.authorisation
      LEFT JOIN identity_approvals y ON y.change = i.id
      WHERE who IN (i.refused_by, y.official)
    UNION ALL
    SELECT FROM watch_checks w JOIN part p USING (application)
      WHERE NOT looking AND (w.reviewed_by = who OR who = ANY (w.cleared_by))
  )
$$
"""
BY_ANOTHER = """
CREATE OR REPLACE FUNCTION refuse_who_was_involved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF had_a_part(NEW.application, NEW.decided_by, NEW.id, false) THEN
    RAISE EXCEPTION 'who had a part in the case does not judge the recourse'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'judged_by_another';
  END IF;
  RETURN NULL;
END $$
"""
BEFORE = """
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
LOOKED = """
CREATE FUNCTION refuse_who_looks_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF had_a_part(NEW.application, NEW.reviewed_by, NULL, true) THEN
    RAISE EXCEPTION 'who had a part in the case takes no second look at it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'looked_by_another';
  END IF;
  RETURN NEW;
END $$
"""

# As 0171 has it, and who prepared the case whose lost right this one gives anew. Each decision asks
# it: one look after the other by its key, whatever the planner knows of the tables.
NOT_BY_PREPARERS = """
CREATE OR REPLACE FUNCTION refuse_who_prepared() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  part uuid := NEW.application;
  lost uuid;
BEGIN
  WHILE part IS NOT NULL LOOP
    IF EXISTS (SELECT FROM applications WHERE id = part AND assisted_by = NEW.official)
      OR EXISTS (SELECT FROM crew_members m JOIN crews c ON c.id = m.crew
        WHERE m.application = part AND NEW.official IN (c.registered_by, m.witness))
      OR EXISTS (SELECT FROM consents WHERE application = part AND witness = NEW.official) THEN
      RAISE EXCEPTION 'who prepared a case does not decide on it'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'not_by_preparers';
    END IF;
    SELECT restores INTO lost FROM applications WHERE id = part;
    SELECT application INTO part FROM authorisations WHERE id = lost;
  END LOOP;
  RETURN NEW;
END $$
"""
NOT_BY_PREPARERS_BEFORE = """
CREATE OR REPLACE FUNCTION refuse_who_prepared() RETURNS trigger LANGUAGE plpgsql AS $$
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


def upgrade() -> None:
    op.execute(NOT_BY_PREPARERS)
    op.execute(HAD_A_PART)
    op.execute(BY_ANOTHER)
    op.execute(LOOKED)
    # Only a look that is new: what the worker process asks and answers carries none.
    op.execute(
        "CREATE TRIGGER looked_by_another BEFORE UPDATE OF reviewed_by ON watch_checks"
        " FOR EACH ROW WHEN (NEW.reviewed_by IS NOT NULL"
        " AND NEW.reviewed_by IS DISTINCT FROM OLD.reviewed_by)"
        " EXECUTE FUNCTION refuse_who_looks_again()"
    )


def downgrade() -> None:
    op.execute(NOT_BY_PREPARERS_BEFORE)
    op.execute("DROP TRIGGER looked_by_another ON watch_checks")
    op.execute("DROP FUNCTION refuse_who_looks_again")
    op.execute(BEFORE)
    op.execute("DROP FUNCTION had_a_part")
