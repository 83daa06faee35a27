"""One official recommends and another decides; who decided before a recourse decides no more."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

FOUR = ["application", "round", "digest", "worker"]
CHECKS = (
    ("opinion", "opinion IN ('approve', 'refuse')"),
    ("not_own_case", "official <> worker"),
    ("refusal_grounds", "(opinion = 'refuse') = (cardinality(grounds) > 0)"),
)

# Both look at other rows, so no constraint can say them. The rows of a case are written by who
# holds its application, one after the other.
ANOTHER = """
CREATE FUNCTION refuse_who_took_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM recommendations r WHERE r.application = NEW.application
      AND r.round = NEW.round AND r.agency = NEW.agency AND r.official = NEW.official) THEN
    RAISE EXCEPTION 'who recommended does not decide'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'decided_by_another';
  END IF;
  IF NEW.round > 1 AND EXISTS (SELECT FROM appeals a
      JOIN decisions d ON d.application = a.application AND d.round <= a.round
      WHERE a.application = NEW.application AND a.round < NEW.round
      AND a.ruling = 'overturned' AND d.official = NEW.official) THEN
    RAISE EXCEPTION 'who decided before the recourse does not decide after it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'decided_by_another';
  END IF;
  RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.create_table(
        "recommendations",
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("official", sa.UUID(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("grounds", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("recommended_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("application", "round", "agency", name="pk_recommendations"),
        sa.ForeignKeyConstraint(
            FOUR, [f"application_rounds.{name}" for name in FOUR], name="fk_recommendations_round"
        ),
        sa.ForeignKeyConstraint(
            ["official", "agency"],
            ["postings.person", "postings.agency"],
            name=op.f("fk_recommendations_official_agency_postings"),
        ),
        *(
            sa.CheckConstraint(rule, name=op.f(f"ck_recommendations_{name}"))
            for name, rule in CHECKS
        ),
    )
    op.execute(ANOTHER)
    op.execute(
        "CREATE TRIGGER decided_by_another BEFORE INSERT ON decisions FOR EACH ROW"
        " EXECUTE FUNCTION refuse_who_took_part()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER decided_by_another ON decisions")
    op.execute("DROP FUNCTION refuse_who_took_part")
    op.drop_table("recommendations")
