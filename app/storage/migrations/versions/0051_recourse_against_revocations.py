"""Recourse against a revocation: what it is against, and the case in which it is decided anew."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

BY_TWO = ["id", "agency", "proposed_by", "decided_by"]
AGAINST_ONE = (
    "(opinion IS NULL) = (revocation IS NOT NULL)"
    " AND (revocation IS NULL) = (authorisation IS NULL)"
    " AND (revocation IS NULL) = (confirmed_by IS NULL)"
    " AND (revocation IS NULL) = (revocation_outcome IS NULL)"
    " AND (revocation IS NULL OR revocation_outcome = 'confirmed')"
)
BEFORE = "decided_by <> refused_by AND decided_by <> worker"
BY_ANOTHER = BEFORE + " AND (confirmed_by IS NULL OR decided_by <> confirmed_by)"
COLUMNS = ("revocation", "authorisation", "revocation_outcome", "confirmed_by")

# It looks at other rows, so no constraint can say it.
NOT_BY_TAKERS = """
CREATE FUNCTION refuse_who_took_it_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM applications a JOIN revocations r ON r.authorisation = a.restores
      WHERE a.id = NEW.application AND r.outcome = 'confirmed'
      AND NEW.official IN (r.proposed_by, r.decided_by)) THEN
    RAISE EXCEPTION 'who took a right back does not decide on it anew'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'not_by_takers';
  END IF;
  RETURN NEW;
END $$
"""
# A case that gives a right anew stands on a recourse that was given right, from its first day on.
ONLY_OVERTURNED = """
CREATE FUNCTION refuse_without_recourse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM appeals a WHERE a.authorisation = NEW.restores
      AND a.ruling = 'overturned') THEN
    RAISE EXCEPTION 'nobody overturned that this right was taken back'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'only_overturned';
  END IF;
  RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.add_column("applications", sa.Column("restores", sa.UUID()))
    op.create_unique_constraint(op.f("uq_applications_restores"), "applications", ["restores"])
    op.create_foreign_key(
        "fk_applications_restored_right",
        "applications",
        "authorisations",
        ["restores", "worker"],
        ["id", "worker"],
    )
    op.create_check_constraint(
        op.f("ck_applications_goes_on_from_one"),
        "applications",
        "renews IS NULL OR restores IS NULL",
    )
    op.create_unique_constraint(
        op.f("uq_authorisations_id_application"), "authorisations", ["id", "application"]
    )
    op.create_unique_constraint(
        op.f("uq_revocations_id_agency_proposed_by_decided_by"), "revocations", BY_TWO
    )
    op.create_index("ix_revocations_worker", "revocations", ["worker"])
    _widen_appeals()
    op.execute(NOT_BY_TAKERS)
    op.execute(
        "CREATE TRIGGER not_by_takers BEFORE INSERT ON decisions FOR EACH ROW"
        " EXECUTE FUNCTION refuse_who_took_it_back()"
    )
    op.execute(ONLY_OVERTURNED)
    op.execute(
        "CREATE TRIGGER only_overturned BEFORE INSERT OR UPDATE OF restores ON applications"
        " FOR EACH ROW WHEN (NEW.restores IS NOT NULL) EXECUTE FUNCTION refuse_without_recourse()"
    )


def _widen_appeals() -> None:
    op.alter_column("appeals", "opinion", nullable=True)
    for name in COLUMNS:
        kind = sa.Text() if name == "revocation_outcome" else sa.UUID()
        op.add_column("appeals", sa.Column(name, kind))
    op.create_foreign_key(
        "fk_appeals_confirmed_revocation",
        "appeals",
        "revocations",
        ["revocation", "authorisation", "revocation_outcome"],
        ["id", "authorisation", "outcome"],
    )
    op.create_foreign_key(
        "fk_appeals_revocation_by_two",
        "appeals",
        "revocations",
        ["revocation", "agency", "refused_by", "confirmed_by"],
        BY_TWO,
    )
    op.create_foreign_key(
        "fk_appeals_revoked_right",
        "appeals",
        "authorisations",
        ["authorisation", "application"],
        ["id", "application"],
    )
    op.create_check_constraint(op.f("ck_appeals_against_one"), "appeals", AGAINST_ONE)
    op.drop_constraint(op.f("ck_appeals_by_another"), "appeals", type_="check")
    op.create_check_constraint(op.f("ck_appeals_by_another"), "appeals", BY_ANOTHER)


def downgrade() -> None:
    op.execute("DROP TRIGGER only_overturned ON applications")
    op.execute("DROP FUNCTION refuse_without_recourse")
    op.execute("DROP TRIGGER not_by_takers ON decisions")
    op.execute("DROP FUNCTION refuse_who_took_it_back")
    # What was said against a revocation has no place in the tables of before.
    op.execute("DELETE FROM appeals WHERE revocation IS NOT NULL")
    op.drop_constraint(op.f("ck_appeals_by_another"), "appeals", type_="check")
    op.create_check_constraint(op.f("ck_appeals_by_another"), "appeals", BEFORE)
    op.drop_constraint(op.f("ck_appeals_against_one"), "appeals", type_="check")
    for name in ("revoked_right", "revocation_by_two", "confirmed_revocation"):
        op.drop_constraint(f"fk_appeals_{name}", "appeals", type_="foreignkey")
    for name in COLUMNS:
        op.drop_column("appeals", name)
    op.alter_column("appeals", "opinion", nullable=False)
    op.drop_index("ix_revocations_worker", "revocations")
    unique = (
        ("revocations", "uq_revocations_id_agency_proposed_by_decided_by"),
        ("authorisations", "uq_authorisations_id_application"),
    )
    for table, name in unique:
        op.drop_constraint(op.f(name), table, type_="unique")
    op.drop_constraint(op.f("ck_applications_goes_on_from_one"), "applications", type_="check")
    op.drop_constraint("fk_applications_restored_right", "applications", type_="foreignkey")
    op.drop_constraint(op.f("uq_applications_restores"), "applications", type_="unique")
    op.drop_column("applications", "restores")
