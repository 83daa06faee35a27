"""A measure against a right reaches the right that goes on from it (decision 115)."""

import sqlalchemy as sa
from alembic import op

revision = "0211"
down_revision = "0210"
branch_labels = None
depends_on = None

SAME = ["agency", "proposed_by", "decided_by"]
# As 0051 has it, and what was taken back along with that right (`{along}`).
ONLY_OVERTURNED = """
CREATE OR REPLACE FUNCTION refuse_without_recourse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM appeals a WHERE (a.authorisation = NEW.restores{along})
      AND a.ruling = 'overturned') THEN
    RAISE EXCEPTION 'nobody overturned that this right was taken back'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'only_overturned';
  END IF;
  RETURN NEW;
END $$
"""
ALONG = """ OR a.revocation IN
      (SELECT r.follows FROM revocations r WHERE r.authorisation = NEW.restores)"""


def upgrade() -> None:
    op.add_column("revocations", sa.Column("follows", sa.UUID()))
    op.create_foreign_key(
        op.f("fk_revocations_followed"),
        "revocations",
        "revocations",
        ["follows", *SAME],
        ["id", *SAME],
    )
    op.create_check_constraint(
        op.f("ck_revocations_follows_confirmed"),
        "revocations",
        "follows IS NULL OR outcome = 'confirmed'",
    )
    op.create_index(
        "ix_revocations_follows",
        "revocations",
        ["follows"],
        postgresql_where=sa.text("follows IS NOT NULL"),
    )
    op.add_column("suspensions", sa.Column("follows", sa.UUID()))
    op.create_foreign_key(
        op.f("fk_suspensions_follows_suspensions"),
        "suspensions",
        "suspensions",
        ["follows"],
        ["id"],
    )
    op.execute(ONLY_OVERTURNED.format(along=ALONG))


def downgrade() -> None:
    op.execute(ONLY_OVERTURNED.format(along=""))
    op.drop_column("suspensions", "follows")
    op.drop_index("ix_revocations_follows", "revocations")
    op.drop_constraint(op.f("fk_revocations_followed"), "revocations", type_="foreignkey")
    op.drop_column("revocations", "follows")
